import Foundation
import HardenModel
import HardenResources
import HardenSystem
import HardenTestSupport
import HardenViews
import Testing

@testable import HardenPlaybook

@Suite struct PlaybookLoaderTests {
  @Test(arguments: PlaybookFixture.all)
  func `each fixture says what it said`(fixture: PlaybookFixture) throws {
    let loaded = try fixture.load()
    try Snapshot.check(fixture.text(loaded), at: "Fixtures/playbooks/\(fixture)/diagnostics.txt")
    let hasErrors = loaded.diagnostics.contains { $0.severity == .error }
    #expect((loaded.baseline == nil) == hasErrors)
  }

  @Test func `every code that reading reports has a fixture`() throws {
    var seen: Set<DiagnosticCode> = []
    for fixture in PlaybookFixture.all {
      seen.formUnion(try fixture.load().diagnostics.map(\.code))
    }
    // These two belong to plans.
    let missing = Set(DiagnosticCode.allCases).subtracting(seen)
    #expect(missing == [.contradiction, .notConverging])
  }

  @Test func `a complete playbook becomes controls and resources`() throws {
    let fixture = try #require(PlaybookFixture.all.first { $0.name == "complete" })
    let baseline = try #require(fixture.load().baseline)
    #expect(baseline.playbooks == ["go-build-host"])
    #expect(
      baseline.controls.map(\.id) == ["pointers", "account-files", "toolchain", "keys-reviewed"])
    #expect(baseline.controls.allSatisfy { $0.playbook == "go-build-host" })
    #expect(baseline.sources.count == 4)
    let toolchain = baseline.controls[2]
    #expect(toolchain.title == "The toolchain in /usr/local/go belongs to root")
    #expect(toolchain.isRisky && toolchain.after == ["pointers"] && toolchain.severity == .high)
    #expect(toolchain.refs == ["cis-debian12": ["7.1.1", "7.1.2"], "pci-dss-4": ["2.2.6"]])
    #expect(
      toolchain.resources.map(\.address.description) == [
        "file[/usr/local/go/bin/go]", "file[/usr/local/go/bin/gofmt]", "file[/etc/motd]",
        "file[/etc/issue]",
      ])
    let files = toolchain.resources.compactMap { $0.desired as? File }
    #expect(files[0].isMissingAllowed)
    #expect(files[2].content?.text == "/usr/local/go on build\n")
    #expect(files[3].content?.text == "costs $${price}\n")
    let accounts = baseline.controls[1].resources.first?.desired as? File
    #expect(accounts?.attributes.mode == .atMost(Mode(0o640)))
    #expect(baseline.waivers.map(\.ticket) == ["SEC-4711"])
    #expect(baseline.controls[3].manual != nil)
  }

  @Test func `checking needs no host and no values`() {
    let folder = PlaybookFixture.root.path()
    let loader = PlaybookLoader(catalog: catalog)
    let request = LoadRequest(
      paths: ["\(folder)/complete/playbook.yaml"], library: "\(folder)/library", version: "0.1.0",
      today: Loading.today)
    #expect(loader.check(request).diagnostics == [])
    #expect(loader.check(request).baseline?.controls.count == 4)
  }

  @Test func `variables without any value are fine to check and not to load`() throws {
    let loading = try Loading()
    let text = Loading.playbook(
      "vars: {where: {type: path}, kind: {type: choice, options: [a, b]}, all: {type: list}}\n"
        + "controls:\n  - {id: a, ensure: [file: {path: \"${where}\", content: \"${kind}\"}]}\n")
    let loaded = try loading.load(text)
    #expect(Loading.codes(loaded) == ["H0102 3:8", "H0102 3:29", "H0102 3:68"])
    let path = loading.folder.outside("/playbook.yaml")
    let request = LoadRequest(paths: [path], version: "0.1.0")
    #expect(PlaybookLoader(catalog: catalog).check(request).diagnostics == [])
  }

  @Test func `what is not a regular file is refused at once`() throws {
    let loading = try Loading()
    mkfifo(loading.folder.outside("/pipe"), 0o600)
    let sparse = loading.folder.outside("/sparse")
    loading.folder.write("/sparse", "")
    truncate(sparse, 1 << 30)
    for (path, code) in [
      (loading.folder.outside("/pipe"), DiagnosticCode.unreadable),
      (loading.folder.path, .unreadable), ("/dev/zero", .unreadable), ("/dev/tty", .unreadable),
      (loading.folder.outside("/none"), .unreadable), (sparse, .tooLarge),
    ] {
      let memory = Memory.peak
      let clock = ContinuousClock()
      var loaded: LoadedPlaybooks?
      let time = try clock.measure {
        loaded = try loading.load(LoadRequest(paths: [path], version: "0.1.0"))
      }
      #expect(loaded?.diagnostics.map(\.code) == [code], "\(path)")
      #expect(time < .milliseconds(100), "\(path): \(time)")
      #expect(Memory.peak - memory < 64 << 20, "\(path)")
    }
  }

  @Test(arguments: 0..<4)
  func `damaged playbooks never crash the loader`(round: Int) throws {
    let seed = UInt64.random(in: 0 ... .max)
    var random = SeededRandom(seed)
    let fixture = try #require(PlaybookFixture.all.filter { $0.name == "complete" }.first)
    let whole = try Array(
      String(
        contentsOf: PlaybookFixture.root.appending(path: "\(fixture)/playbook.yaml"),
        encoding: .utf8
      ).utf8)
    let pieces = ["${", "}", "[", "{", ": ", "- ", "&a ", "*a", "!!x ", "\n", "\"", "0644", "~"]
    let loading = try Loading()
    for _ in 0..<60 {
      var bytes = whole
      for _ in 0..<Int.random(in: 1...4, using: &random) {
        let place = Int.random(in: 0..<bytes.count, using: &random)
        let end = min(bytes.count, place + Int.random(in: 0..<30, using: &random))
        bytes.replaceSubrange(place..<end, with: (pieces.randomElement(using: &random) ?? "").utf8)
      }
      let loaded = try loading.load(String(decoding: bytes, as: UTF8.self))
      let hasErrors = loaded.diagnostics.contains { $0.severity == .error }
      #expect((loaded.baseline == nil) == hasErrors, "seed \(seed)")
      _ = DiagnosticView(loaded.diagnostics, texts: loaded.texts).text(.coloured)
    }
  }

  @Test func `two playbooks need two names`() throws {
    let loading = try Loading()
    loading.folder.write("/a.yaml", Loading.playbook("controls:\n" + Loading.control("a")))
    loading.folder.write("/b.yaml", Loading.playbook("controls:\n" + Loading.control("b")))
    let paths = ["/a.yaml", "/b.yaml"].map(loading.folder.outside)
    let loaded = try loading.load(LoadRequest(paths: paths, version: "0.1.0"))
    #expect(loaded.diagnostics.map(\.code) == [.wrongValue])
  }

  @Test func `a profile that selects nothing is an error`() throws {
    let loaded = try Loading().load(
      Loading.playbook("profiles: {none: {tags: [x]}}\ncontrols:\n" + Loading.control("a")),
      profile: "none")
    #expect(loaded.diagnostics.map(\.code) == [.nothingToDo])
  }

  @Test(arguments: ["server-baseline", "go-build-host", "container-host"])
  func `the second level of a shipped playbook holds the first`(name: String) throws {
    let path = Snapshot.repository.appending(path: "Playbooks/\(name).yaml").path()
    let loading = try Loading()
    let levels = try ["level-1", "level-2", nil].map { profile in
      let loaded = try loading.load(
        LoadRequest(paths: [path], profile: profile, version: Loading.version))
      #expect(loaded.diagnostics == [])
      return Set((loaded.baseline?.controls ?? []).map(\.id))
    }
    #expect(levels[0].count >= 150)
    #expect(levels[0].isStrictSubset(of: levels[1]) && levels[1] == levels[2])
  }
}

/// What the process has used.
enum Memory {
  /// The most memory that was resident, in bytes.
  static var peak: Int {
    var usage = rusage()
    getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return Int(usage.ru_maxrss) << 10
  }
}
