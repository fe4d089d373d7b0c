package import HardenModel
internal import HardenSystem

/// A plan as bytes: what `--out` saves, what an apply reads, and what a run keeps.
package enum PlanFile {
  /// Canonical JSON, sealed, and a final newline.
  package static func encode(_ plan: Plan) throws(Failure) -> [UInt8] {
    var open = plan
    open.seal = .zero
    let bytes = try json(open)
    return (resealed(bytes, from: .zero, to: Digest(of: bytes)) ?? bytes) + [0x0A]
  }

  /// Reads a plan and checks that nothing in it was changed since it was written.
  package static func decode(_ bytes: [UInt8]) throws(Failure) -> Plan {
    let plan: Plan
    do { plan = try JSON.decode(bytes) } catch {
      throw .unreadable("this is no plan of harden, or it was damaged")
    }
    guard plan.format <= Plan.currentFormat else {
      throw .unreadable("the plan has format \(plan.format) and needs a newer harden")
    }
    let open = resealed(bytes.last == 0x0A ? bytes.dropLast() : bytes, from: plan.seal, to: .zero)
    guard let open, Digest(of: open) == plan.seal, plan.id == PlanIdentity.id(of: plan),
      plan.contents.allSatisfy({ Digest(of: $0.value.raw).description == $0.key })
    else { throw .unreadable("the plan was changed after it was made") }
    return plan
  }

  /// `bytes` with another seal; nil when it is not in them.
  ///
  /// No text holds what is looked for,
  /// because quotes within a text are escaped.
  private static func resealed(_ bytes: [UInt8], from old: Digest, to new: Digest) -> [UInt8]? {
    let (found, wanted) = (Array("\"seal\":\"\(old)\"".utf8), Array("\"seal\":\"\(new)\"".utf8))
    let start = bytes.indices.last { bytes[$0] == 0x22 && bytes[$0...].starts(with: found) }
    return start.map { bytes[..<$0] + wanted + bytes[($0 + found.count)...] }
  }

  private static func json(_ plan: Plan) throws(Failure) -> [UInt8] {
    do { return try JSON.encode(plan) } catch { throw .unreadable("\(error)") }
  }

  /// Whether `bytes` look like a plan and not like a playbook.
  package static func looksLike(_ bytes: [UInt8]) -> Bool {
    bytes.first { $0 != 0x20 && $0 != 0x0A && $0 != 0x09 } == 0x7B
  }
}

/// The digest by which plans, staleness and runs tell equal from moved.
///
/// It covers, for each change, its address, and what was observed and is wanted on each plane. Never whole files, inodes, times or numbers of
/// accounts, so equal hosts give equal ids.
package enum PlanIdentity {
  /// The id of `plan`.
  static func id(of plan: Plan) -> Digest {
    var fields: [String?] = [plan.kind.rawValue]
    // What nobody can make so is no part of what will be done.
    for change in plan.changes where change.action != .unmet {
      fields += self.fields(change.address, change.planes)
    }
    for step in plan.steps { fields.append(step.step.target) }
    fields += plan.undoes.map { "\($0)" }
    return Digest(ofFields: fields)
  }

  /// The digest of one resource's planes as observed and wanted.
  static func observed(_ address: Address, _ planes: [PlaneState]) -> Digest {
    Digest(ofFields: fields(address, planes))
  }

  /// The digest of what a resource is to be, whatever it is now.
  static func wanted(_ planes: [PlaneState]) -> Digest {
    Digest(ofFields: planes.flatMap { [$0.plane.rawValue, $0.wanted] })
  }

  /// The digest of what a resource is now; of one that is as a run left it, that of what it wanted.
  static func found(_ planes: [PlaneState]) -> Digest {
    Digest(ofFields: planes.flatMap { [$0.plane.rawValue, $0.observed] })
  }

  private static func fields(_ address: Address, _ planes: [PlaneState]) -> [String?] {
    [address.description]
      + planes.flatMap { [$0.plane.rawValue, $0.observed, $0.wanted, $0.holds ? "1" : "0"] }
  }
}
