import Testing

@Suite struct MirroredTestsTests {
  /// Sources without a test file of their own, each with the place that tests them.
  static let exceptions: [String: String] = [
    "Sources/HardenCore/FieldValue.swift": "a protocol; FieldValuesTests",
    "Sources/HardenCore/FindableKind.swift": "a protocol; FoundHostTests",
    "Sources/HardenCore/Found.swift": "values; FoundPlaybookTests",
    "Sources/HardenCore/Probing/ProbeFields.swift": "ProbeEntryTests, HostProbe+ReadingTests",
    "Sources/HardenCore/ResourceKind.swift": "a protocol; ResourceEntryTests",
    "Sources/HardenCore/Shape.swift": "cases without code; SchemaShapeTests",
    "Sources/HardenPlaybook/Explanations/NameExplanations.swift": "texts; CodeExplanationTests",
    "Sources/HardenPlaybook/Explanations/PlanExplanations.swift": "texts; CodeExplanationTests",
    "Sources/HardenPlaybook/LoadRequest.swift": "declarations; PlaybookLoaderTests",
    "Sources/HardenPlaybook/Unread.swift": "a wrapper without code; ScopeBuilderTests",
    "Sources/HardenActuators/Actuator.swift":
      "a protocol and plain values; the actuators' own tests",
    "Sources/HardenSystem/Audit/AuditDraft.swift": "AuditLineTests compare it with auditctl",
    "Sources/HardenSystem/Audit/AuditFieldReader.swift": "AuditLineTests compare it with auditctl",
    "Sources/HardenSystem/Audit/AuditNames.swift": "look-ups; AuditLineTests",
    "Sources/HardenSystem/Audit/AuditSocket.swift": "Host+AuditTests, AuditRuleEditorTests",
    "Sources/HardenSystem/Audit/WritableHost+Audit.swift": "AuditRuleEditorTests",
    "Sources/HardenResources/AuditRule/AuditRule.swift": "AuditRule+ReadingTests",
    "Sources/HardenResources/AuditRule/AuditOrder.swift": "AuditRule+ObservingTests",
    "Sources/HardenSystem/SealedChild.swift": "a fork; the verbs' tests apply and save through it",
    "Sources/HardenResources/AuditRule/AuditSources.swift": "AuditRule+ObservingTests",
    "Sources/HardenResources/AuditRule/AuditWanted.swift": "AuditRule+ObservingTests",
    "Sources/HardenResources/Service/ServiceNow.swift": "ServiceTests in AcceptanceTests",
    "Sources/HardenResources/Setting/SettingReader.swift": "RereadingTests in AcceptanceTests",
    "Sources/HardenSystem/Host+Rereading.swift": "RereadingTests in AcceptanceTests",
    "Sources/HardenSystem/WritableHost+Restarting.swift": "RereadingTests in AcceptanceTests",
    "Sources/HardenEngine/Failure.swift": "ApplierTests, and the exit codes in AcceptanceTests",
    "Sources/HardenEngine/Journal/Journal.swift": "RecoveryTests, and the sweep of make crash",
    "Sources/HardenEngine/Journal/JournalCodec.swift": "JournalReaderTests",
    "Sources/HardenEngine/Journal/JournalRecord.swift": "values; JournalReaderTests",
    "Sources/HardenEngine/Planning/Convergence.swift": "PlannerTests, KernelTests",
    "Sources/HardenEngine/Planning/PlanFilling.swift": "PlannerTests",
    "Sources/HardenEngine/Planning/Selected.swift": "PlannerTests",
    "Sources/HardenEngine/Running/Run.swift": "ApplierTests, and the sweep of make crash",
    "Sources/HardenEngine/Running/RunCreation.swift": "ApplierTests, and the sweep of make crash",
    "Sources/HardenEngine/Running/RunResult+Plan.swift": "RollbackPlannerTests",
    "Sources/HardenEngine/Running/Undoing.swift": "RollbackPlannerTests, ConflictTests",
    "Sources/HardenActuators/AccountCapture.swift": "AccountEditorTests",
    "Sources/HardenModel/Accounts/AccountFile.swift": "names; AccountTableTests",
    "Sources/HardenModel/Accounts/AccountRow.swift": "values; AccountBook+UnitsTests",
    "Sources/HardenModel/Steps/EditAccount.swift": "values; AccountEditorTests",
    "Sources/HardenModel/Steps/EditRows.swift": "values; RowEditorTests",
    "Sources/HardenResources/Probe/HostProbe.swift": "HostProbe+ReadingTests",
    "Sources/HardenResources/Shared/AccountPlanes.swift": "User+ObservingTests",
    "Sources/HardenModel/ExitCode.swift": "values; ReportExitTests",
    "Sources/HardenModel/FileState.swift": "values; GoldenJournalsTests read them from disk",
    "Sources/HardenModel/Image.swift": "values; JournalReaderTests",
    "Sources/HardenModel/OnReboot.swift": "two cases; ConfirmTermsTests",
    "Sources/HardenModel/Outcome.swift": "values without behaviour",
    "Sources/HardenModel/Place.swift": "values without behaviour",
    "Sources/HardenModel/Plan.swift": "values; PlanFileTests",
    "Sources/HardenModel/PlanCounts.swift": "the views' tests print every count",
    "Sources/HardenModel/Principal.swift": "values; the kinds' tests",
    "Sources/HardenModel/StepTraits.swift": "StepTests, PlannerTests",
    "Sources/HardenModel/Verdict.swift": "values; PlannerTests",
    "Sources/HardenSystem/Capture.swift": "the actuators' tests",
    "Sources/HardenSystem/DirectoryListing.swift": "DirectoryWalkTests",
    "Sources/HardenSystem/ExtendedAttributes.swift": "the actuators' tests",
    "Sources/HardenSystem/Inode.swift": "RootDirectoryTests, the kinds' tests",
    "Sources/HardenSystem/Interruption.swift": "the program's own signals; RunningTests",
    "Sources/HardenSystem/NetlinkSocket.swift": "Host+AuditTests, RoutingRuleTests",
    "Sources/HardenSystem/OwnedDescriptor.swift": "RootDirectoryTests",
    "Sources/HardenSystem/PlannedState.swift": "values; PlannerTests",
    "Sources/HardenModel/RunSummary.swift": "values without behaviour",
    "Sources/HardenViews/JSON/VisibleJSON.swift": "JSONDocumentTests, ReportFormatTests",
    "Sources/HardenViews/Reports/AssessmentJSON.swift": "ReportFormatTests",
    "Sources/HardenViews/Reports/AssessmentText.swift": "ReportFormatTests, ReportVerbTests",
    "Sources/HardenViews/Reports/HTMLStyle.swift": "HTMLReportTests",
    "Sources/HardenViews/Reports/InSpecReport.swift": "ReportFormatTests, ForeignReadersTests",
    "Sources/HardenViews/Reports/JUnitReport.swift": "ReportFormatTests, ForeignReadersTests",
    "Sources/HardenViews/Reports/MatrixText.swift": "ReportVerbTests",
    "Sources/HardenViews/Reports/OSCALReport.swift": "ReportFormatTests, ForeignReadersTests",
    "Sources/HardenViews/Reports/PrometheusReport.swift": "ReportFormatTests, ForeignReadersTests",
    "Sources/HardenViews/Reports/SARIFReport.swift": "ReportFormatTests, ForeignReadersTests",
    "Sources/HardenViews/Reports/Sentences.swift": "ForeignReadersTests",
    "Sources/harden/Manual/Declaration.swift": "values; VerbPageTests",
    "Sources/harden/Options/ReportOptions.swift": "ReportVerbTests",
    "Sources/harden/Verb.swift": "a protocol; each verb has its tests",
  ]

  @Test func `every source has its test`() {
    let tests = Set(SourceTree.paths("Tests"))
    let sources = SourceTree.files("Sources").map(\.path)
    let missing = sources.filter { Self.exceptions[$0] == nil && !tests.contains(Self.mirror($0)) }
    #expect(missing.isEmpty, "\(missing.count) without a test:\n\(missing.joined(separator: "\n"))")
    let needless = Self.exceptions.keys.filter {
      !sources.contains($0) || tests.contains(Self.mirror($0))
    }
    #expect(needless.isEmpty, "exceptions that are none: \(needless)")
  }

  /// `Sources/harden/Console.swift` is tested by `Tests/HardenTests/ConsoleTests.swift`.
  private static func mirror(_ source: String) -> String {
    let parts = source.split(separator: "/")
    let target = parts[1] == "harden" ? "Harden" : parts[1]
    let rest = parts.dropFirst(2).joined(separator: "/").dropLast(".swift".count)
    return "Tests/\(target)Tests/\(rest)Tests.swift"
  }

  @Test func `every test has its source`() {
    let sources = Set(SourceTree.paths("Sources"))
    for path in SourceTree.paths("Tests") where path.hasSuffix("Tests.swift") {
      let parts = path.split(separator: "/")
      let target = parts[1].dropLast("Tests".count)
      guard Self.mirrored.contains(String(target)) else { continue }
      let rest = parts.dropFirst(2).joined(separator: "/").dropLast("Tests.swift".count)
      let source = "Sources/\(target == "Harden" ? "harden" : target)/\(rest).swift"
      #expect(sources.contains(source), "\(path) tests no file of that name")
    }
  }

  /// Targets whose tests mirror sources.
  static let mirrored: Set<String> = Set(ImportsTests.arrows.keys).subtracting(["harden"])
    .union(["Harden"])
}
