package import HardenModel
package import HardenSystem

extension Condition {
  /// Looks at `host`, which may be the planned one.
  package func evaluate(on host: borrowing Host) -> Outcome {
    switch self {
    case .test(let test, let values): return test.evaluate(values, on: host)
    case .all(let parts):
      var unmeasured: Outcome?
      for part in parts {
        switch part.evaluate(on: host) {
        case .holds: continue
        case .fails(let why): return .fails(why)
        case .unmeasured(let why): unmeasured = unmeasured ?? .unmeasured(why)
        }
      }
      return unmeasured ?? .holds
    case .any(let parts):
      var reasons: [String] = []
      var unmeasured: Outcome?
      for part in parts {
        switch part.evaluate(on: host) {
        case .holds: return .holds
        case .fails(let why): reasons.append(why)
        case .unmeasured(let why): unmeasured = unmeasured ?? .unmeasured(why)
        }
      }
      return unmeasured ?? .fails(reasons.joined(separator: "; "))
    case .not(let part):
      switch part.evaluate(on: host) {
      case .holds:
        if case .test(let test, _) = part, !test.isPresence { return .fails(part.summary) }
        return .fails("\(part.summary) is true")
      case .fails: return .holds
      case .unmeasured(let why): return .unmeasured(why)
      }
    }
  }
}

extension Condition.Test {
  /// Whether the host has or is one of `values`.
  fileprivate func evaluate(_ values: [String], on host: borrowing Host) -> Condition.Outcome {
    switch self {
    case .exists:
      presence(values) { path throws(SystemError) in
        .known(try host.inodeFollowing(path) != nil)
      }
    case .command:
      presence(values) { name throws(SystemError) in .known(try host.hasCommand(name)) }
    case .package:
      presence(values) { name throws(SystemError) in try host.isInstalled(package: name) }
    case .unit: presence(values) { name throws(SystemError) in .known(try host.hasUnit(name)) }
    case .mounted: presence(values) { path throws(SystemError) in try host.isMounted(path) }
    case .pamModule:
      presence(values) { name throws(SystemError) in .known(try host.hasLoginModule(name)) }
    case .variable(_, let value): compare(.known(value), values, ==)
    case .osFamily: family(values, on: host)
    case .osVersion: compare(host.fact(.osVersion), values, Self.versions)
    case .kernel: compare(host.fact(.kernel), values, Self.versions)
    case .container: compare(host.fact(.container), values, Self.kinds)
    case .virtualization: compare(host.fact(.virtualization), values, Self.kinds)
    case .os, .arch, .selinux, .apparmor, .uefi: fact(key, values, on: host)
    case .fact(let name): fact(name, values, on: host)
    }
  }

  /// Whether any of `values` is there.
  private func presence(
    _ values: [String], _ isThere: (String) throws(SystemError) -> Measured<Bool>
  ) -> Condition.Outcome {
    var unmeasured: String?
    for value in values {
      do throws(SystemError) {
        switch try isThere(value) {
        case .known(true): return .holds
        case .known(false): continue
        case .unmeasured(let why): unmeasured = unmeasured ?? "\(key) \(value): \(why)"
        }
      } catch {
        unmeasured = unmeasured ?? error.description
      }
    }
    return unmeasured.map { .unmeasured($0) }
      ?? .fails("\(Condition.test(self, values: values).summary) is false")
  }

  /// Whether what was read satisfies any of `values`.
  private func compare(
    _ actual: Measured<String>, _ values: [String], _ matches: (String, String) -> Bool
  ) -> Condition.Outcome {
    switch actual {
    case .unmeasured(let why): .unmeasured(why)
    case .known(let actual):
      values.contains { matches(actual, $0) }
        ? .holds : .fails("\(key) is \(actual), not \(values.joined(separator: " or "))")
    }
  }

  private func fact(_ name: String, _ values: [String], on host: borrowing Host)
    -> Condition.Outcome
  {
    guard let fact = Fact(rawValue: name) else { return .unmeasured("there is no fact '\(name)'") }
    return compare(host.fact(fact), values, ==)
  }

  /// A system belongs to every family that it names.
  private func family(_ values: [String], on host: borrowing Host) -> Condition.Outcome {
    do throws(SystemError) {
      let families = try host.systemRelease().families
      return values.contains(where: families.contains)
        ? .holds
        : .fails(
          "\(key) is \(families.joined(separator: ", ")), not \(values.joined(separator: " or "))")
    } catch {
      return .unmeasured(error.description)
    }
  }

  private static func versions(_ actual: String, _ wanted: String) -> Bool {
    VersionBound(wanted)?.accepts(actual) ?? false
  }

  /// `true` and `false` ask whether there is any kind at all.
  private static func kinds(_ actual: String, _ wanted: String) -> Bool {
    switch wanted {
    case "true": actual != "none"
    case "false": actual == "none"
    default: actual == wanted
    }
  }
}
