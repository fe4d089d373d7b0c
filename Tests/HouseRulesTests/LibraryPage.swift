import Foundation
import HardenCore
import HardenPlaybook
import HardenResources
import HardenTestSupport

/// The page on the playbooks that come along: how many controls each has, what they answer, and
/// which clauses of which standard they cite.
struct LibraryPage {
  static let playbooks = [
    "server-baseline", "go-toolchain", "go-build-host", "go-runtime-fips", "container-host",
  ]
  /// Standards with their titles, in the order of the page.
  static let standards: [(name: String, title: String)] = [
    ("cis-debian12", "CIS Benchmark for Debian 12"),
    ("stig-rhel9", "DISA STIG for RHEL 9"),
    ("pci-dss-4", "PCI DSS 4"),
    ("gbt-22239", "GB/T 22239-2019, third level"),
    ("jrt-0171", "JR/T 0171-2020"),
    ("gdpr", "GDPR, Regulation (EU) 2016/679"),
    ("iso-27001", "ISO/IEC 27001:2022, Annex A"),
    ("nist-800-53", "NIST SP 800-53, revision 5"),
    ("requirement", "Requirements of this page"),
  ]

  /// The controls of each playbook, by its name.
  let controls: [String: [Control]]

  /// Reads every playbook of the library.
  init() {
    let loader = PlaybookLoader(catalog: catalog)
    controls = Dictionary(
      uniqueKeysWithValues: Self.playbooks.map { name in
        let path = Snapshot.repository.appending(path: "Playbooks/\(name).yaml").path()
        let loaded = loader.check(LoadRequest(paths: [path], version: "0.1.0"))
        return (name, loaded.baseline?.controls ?? [])
      })
  }

  /// Every control of the library once.
  var all: [Control] {
    var seen: Set<String> = []
    return Self.playbooks.flatMap { controls[$0] ?? [] }.filter { seen.insert($0.id).inserted }
  }

  /// The whole page.
  var text: String {
    """
    # Playbooks that come along, and what they answer

    Written by `make docs` from `Playbooks/`; a test fails when it is stale. Playbooks are tried on
    trees that stand for Debian 12 and 13, Ubuntu 22.04 and 24.04 and RHEL 9 (`Fixtures/hosts`): planned,
    applied, planned again without changes, and rolled back to the byte. What they are made of is tried
    on a Debian 12 that runs; Debian 13, Ubuntu and RHEL 9 are checked on a fixture tree only.

    | Playbook | Controls | of level 1 | that a person checks | Resources |
    | --- | --- | --- | --- | --- |
    \(Self.playbooks.map(row).joined(separator: "\n"))

    ## What is asked for, and which controls answer

    A control that only a person can check stands in *italics*; it names the command.

    | Asked for | First by | Controls | Beside them | Later |
    | --- | --- | --- | --- | --- |
    \(Requirement.all.map(row).joined(separator: "\n"))

    ## Standards

    `harden report --matrix NAME PLAYBOOK` prints each clause with its controls and verdicts on a
    host. A clause counts as automatic when at least one control that cites it can be applied.

    | Standard | Name | Clauses cited | of these automatic | Controls that cite it |
    | --- | --- | --- | --- | --- |
    \(Self.standards.map(row).joined(separator: "\n"))

    CIS numbers are those of the benchmark for Debian 12, STIG numbers those of its second version
    for RHEL 9; the clauses of the other standards are general, and each is cited by the controls
    that serve it. Citing is no certificate: an auditor decides what is enough.

    """
  }

  private func row(_ playbook: String) -> String {
    let controls = controls[playbook] ?? []
    let counts = [
      controls.count, controls.count { $0.tags.contains("l1") },
      controls.count { $0.manual != nil }, controls.reduce(0) { $0 + $1.resources.count },
    ]
    return "| `\(playbook)` | \(counts.map(String.init).joined(separator: " | ")) |"
  }

  private func row(_ requirement: Requirement) -> String {
    let answering = citing(requirement.id, of: "requirement").map {
      $0.manual == nil ? "`\($0.id)`" : "*`\($0.id)`*"
    }
    let cells = [
      requirement.title, "`\(requirement.playbook)`", answering.joined(separator: ", "),
      requirement.answer ?? "", requirement.later.joined(separator: "; "),
    ]
    return "| \(cells.joined(separator: " | ")) |"
  }

  private func row(_ standard: (name: String, title: String)) -> String {
    let citing = all.filter { $0.refs[standard.name] != nil }
    let clauses = Set(citing.flatMap { $0.refs[standard.name] ?? [] })
    let automatic = Set(citing.filter { $0.manual == nil }.flatMap { $0.refs[standard.name] ?? [] })
    return
      "| \(standard.title) | `\(standard.name)` | \(clauses.count) | \(automatic.count) | \(citing.count) |"
  }

  /// The controls that cite `clause` of `standard`, in order.
  func citing(_ clause: String, of standard: String) -> [Control] {
    all.filter { $0.refs[standard]?.contains(clause) == true }
  }
}
