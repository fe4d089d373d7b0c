internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// Finds the steps that make a host as wanted, and proves that they do.
///
/// Every resource is observed on the host; the steps are laid over it; then everything is observed
/// again on the planned host, until nothing differs any more. What differs although its own steps
/// were planned is at war with somebody else, and that is reported instead of applied.
struct Convergence {
  /// One control with its resources, as far as they matter here.
  struct Asker {
    var resource: Resource
    var after: [String]
    var condition: Condition?
  }

  /// What was found of one resource (of one instance, for patterns).
  struct Finding {
    /// Its index is what steps name as asker.
    var resource: Resource
    var observation: Observation
    /// Whether it was as wanted until another step of this plan.
    var isSideEffect = false
    /// Whether it has no steps of its own, and other steps of this plan make it as wanted.
    var isMended = false

    /// Whether the resource could not be compared until other steps were planned.
    var isOpen: Bool { observation.standing != .measured }

    /// Takes what a later round found of it when it needs no steps: what could only be looked at
    /// stays as it is now, also where other steps make it as wanted.
    mutating func settle(_ later: Observation) {
      switch (observation.standing, later.standing) {
      case (.unmet, .unmet): break
      case (_, .unmet):
        (isSideEffect, isMended) = (observation.holds, false)
        observation = later
      case (.unmet, .measured):
        isMended = true
        observation.standing = .measured
      default: if isOpen { observation = later }
      }
    }

    /// Adds what a later round found to differ.
    mutating func add(_ later: Observation) {
      guard !isOpen else {
        // It was waiting for another step, such as the user that it names being made.
        observation = later
        return
      }
      isSideEffect = isSideEffect || observation.holds
      for plane in later.planes where plane.differs {
        let index = observation.planes.firstIndex { $0.plane == plane.plane }
        if let index, observation.planes[index].holds {
          observation.planes[index] = plane
        } else if index == nil {
          observation.planes.append(plane)
        }
      }
      observation.standing = later.standing
      observation.steps += later.steps
      observation.risks += later.risks.filter { !observation.risks.contains($0) }
      observation.notes += later.notes.filter { !observation.notes.contains($0) }
    }
  }

  private(set) var findings: [Finding] = []
  private(set) var conditions: [String: Condition.Outcome] = [:]
  private(set) var diagnostics: [Diagnostic] = []
  private(set) var steps = StepSet()
  private(set) var contents: [Digest: [UInt8]] = [:]
  private(set) var secrets: [Digest: String] = [:]
  private var known: [Key: Int] = [:]
  private var stepped: [Int: Set<String>] = [:]

  private struct Key: Hashable {
    var address: Address
    var owner: Owner
  }

  private static let mostRounds = 6

  /// Compares `askers` with `host` until the planned host is as wanted; `manual` holds the conditions
  /// of controls that ask for no resource, by their ids.
  init(_ askers: [Asker], manual: [String: Condition] = [:], on host: borrowing Host)
    throws(SystemError)
  {
    self.manual = manual
    try observe(askers, on: host)
    var round = 0
    while stepsAdded, diagnostics.isEmpty {
      round += 1
      guard round < Self.mostRounds else {
        reportWar(nil)
        return
      }
      let planned = try host.after(steps.entries.map(\.step).ordered, contents: contents)
      try observe(askers, on: planned)
    }
  }

  private var stepsAdded = false
  private let manual: [String: Condition]

  private mutating func observe(_ askers: [Asker], on host: borrowing Host) throws(SystemError) {
    stepsAdded = false
    for (control, condition) in manual where conditions[control] != .holds {
      conditions[control] = condition.evaluate(on: host)
    }
    for asker in askers {
      let control = asker.resource.owner.control
      if let condition = asker.condition {
        let outcome = try host.once("condition \(control)") { condition.evaluate(on: $0) }
        if conditions[control] != .holds { conditions[control] = outcome }
        guard conditions[control] == .holds else { continue }
      }
      for finding in observe(asker.resource, on: host) { record(finding) }
    }
  }

  private func observe(_ resource: Resource, on host: borrowing Host) -> [(Resource, Observation)] {
    func open(_ desired: some ResourceKind) -> [(Resource, Observation)] {
      do throws(SystemError) {
        var found: [(Resource, Observation)] = []
        for instance in try desired.instances(on: host) {
          let one = Resource(instance, owner: resource.owner, at: resource.at)
          do throws(SystemError) {
            found.append((one, try instance.observe(host, for: resource.owner)))
          } catch {
            found.append((one, Observation(.unmeasured("\(error)"))))
          }
        }
        return found
      } catch {
        return [(resource, Observation(.unmeasured("\(error)")))]
      }
    }
    return open(resource.desired)
  }

  private mutating func record(_ found: (resource: Resource, observation: Observation)) {
    let key = Key(address: found.resource.address, owner: found.resource.owner)
    let differs = found.observation.differs
    let index = known[key] ?? findings.count
    if index == findings.count {
      known[key] = index
      findings.append(
        Finding(resource: found.resource, observation: found.observation))
    } else if differs {
      // A resource may need more once other steps are done, but never the same thing again.
      let again = found.observation.steps.contains { stepped[index]?.contains($0.wish) == true }
      guard !again, !found.observation.steps.isEmpty else {
        reportWar(index)
        return
      }
      findings[index].add(found.observation)
    } else if case .refused = found.observation.standing {
      // What the steps lead to is nothing that harden could keep.
      if rival(of: index) != nil { reportWar(index) }
      findings[index].observation.standing = found.observation.standing
    } else {
      // It stands on what other steps make, and needs nothing more.
      findings[index].settle(found.observation)
    }
    // What several steps break only together shows once all of them are laid over the host.
    let risks = findings[index].observation.risks
    findings[index].observation.risks += found.observation.risks.filter { !risks.contains($0) }
    guard differs else { return }
    stepsAdded = true
    stepped[index, default: []].formUnion(found.observation.steps.map(\.wish))
    for content in found.observation.contents { contents[Digest(of: content.raw)] = content.raw }
    for (source, content) in found.observation.secrets {
      contents[Digest(of: content.raw)] = content.raw
      secrets[Digest(of: content.raw)] = source
    }
    for step in found.observation.steps {
      do throws(StepSet.Contradiction) { try steps.add(step, for: index) } catch {
        reportContradiction(error)
      }
    }
  }

  private mutating func reportContradiction(_ clash: StepSet.Contradiction) {
    let (one, other) = (findings[clash.first].resource, findings[clash.second].resource)
    diagnostics.append(
      Diagnostic(
        .contradiction,
        "\(other.address) wants something else of \(clash.unit) than \(one.address)",
        at: other.at, help: "let one of them go, or give one a condition",
        notes: [.init("\(one.owner.control) asks for it here", at: one.at)]))
  }

  /// Reports that the resource at `index` differs although its steps were planned.
  private mutating func reportWar(_ index: Int?) {
    guard let index = index ?? stepped.keys.max() else { return }
    let loser = findings[index]
    let rival = rival(of: index)
    diagnostics.append(
      Diagnostic(
        .notConverging,
        rival.map {
          "\(loser.resource.address) and \(findings[$0].resource.address) undo each other"
        }
          ?? "\(loser.resource.address) is not as wanted after its own steps",
        at: loser.resource.at, help: "let one of them go, or give one a condition",
        notes: rival.map { [.init("the other one stands here", at: findings[$0].resource.at)] }
          ?? []
      ))
  }

  /// Another finding with steps for what the one at `index` is about.
  private func rival(of index: Int) -> Int? {
    findings.indices.last { other in
      other != index && stepped[other] != nil
        && (findings[other].resource.address == findings[index].resource.address
          || touches(other, index))
    }
  }

  /// Whether the steps of `other` change what the steps of `index` change.
  private func touches(_ other: Int, _ index: Int) -> Bool {
    findings[other].observation.steps.contains { theirs in
      findings[index].observation.steps.contains { ours in
        switch (theirs, ours) {
        case (.setSysctl(let left), .setSysctl(let right)):
          left.key == right.key || left.key.affected.contains { right.key.matches($0) }
        case (.editFile(let left), .editFile(let right)):
          // Many resources share a file; only the same unit of it is the same thing.
          left.path == right.path
            && left.edits.contains { edit in right.edits.contains { $0.unit == edit.unit } }
        case (.editAuditRules(let left), .editAuditRules(let right)):
          left.edits.contains { edit in right.edits.contains { $0.rule == edit.rule } }
        default: theirs.target == ours.target
        }
      }
    }
  }

  /// All steps in the order of work.
  func ordered(_ askers: [Asker]) -> [StepSet.Entry] {
    var ofControl: [String: [Int]] = [:]
    for (index, finding) in findings.enumerated() {
      ofControl[finding.resource.owner.control, default: []].append(index)
    }
    var chains: [(Int, Int)] = []
    for asker in askers where !asker.after.isEmpty {
      let key = asker.resource.owner.control
      for second in ofControl[key] ?? [] {
        for first in asker.after.flatMap({ ofControl[$0] ?? [] }) { chains.append((first, second)) }
      }
    }
    return Ordering.sorted(steps.entries, chains: chains)
  }
}

extension Step {
  /// What is asked for; asked for twice by one resource, it was in vain the first time.
  fileprivate var wish: String {
    guard case .editAuditRules(let order) = self else { return target }
    // The same line is another rule to the kernel once a folder that it names is there.
    return target + order.edits.map { "\($0.rule.hashValue)" }.joined()
  }
}

extension [Step] {
  /// In the order of work as far as steps alone tell, for laying them over a host.
  var ordered: [Step] {
    Ordering.sorted(map { StepSet.Entry(step: $0, askers: []) }, chains: []).map(\.step)
  }
}
