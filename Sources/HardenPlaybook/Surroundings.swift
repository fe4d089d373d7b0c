internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// What variables and facts are decided by while playbooks are read.
protocol Surroundings {
  /// The value of a fact.
  func fact(_ fact: Fact) -> Measured<String>
  /// How a condition comes out; nil where there is no host to ask.
  func outcome(of condition: Condition) -> Condition.Outcome?
}

/// A real host; a class, because a host cannot be copied.
final class HostSurroundings: Surroundings {
  private let host: Host

  init(_ host: consuming Host) { self.host = host }

  func fact(_ fact: Fact) -> Measured<String> { host.fact(fact) }

  func outcome(of condition: Condition) -> Condition.Outcome? { condition.evaluate(on: host) }
}

/// No host: every fact has some value of the right form.
struct NoSurroundings: Surroundings {
  func fact(_ fact: Fact) -> Measured<String> {
    switch fact {
    case .hostname: .known("localhost")
    case .os, .osFamily: .known("debian")
    case .osVersion: .known("12")
    case .kernel: .known("6.1.0")
    case .arch: .known("x86_64")
    case .selinux: .known("disabled")
    case .apparmor: .known("enabled")
    case .container, .virtualization: .known("none")
    case .uefi: .known("false")
    }
  }

  func outcome(of condition: Condition) -> Condition.Outcome? { nil }
}
