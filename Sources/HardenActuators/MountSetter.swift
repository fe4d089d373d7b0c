internal import HardenModel
internal import HardenSystem

/// Changes flags of a live mount.
enum MountSetter: Actuator {
  static func standing(of order: SetMountAttributes, on host: borrowing Host) throws(SystemError)
    -> Standing
  {
    let found = try flags(order, host)
    if found == Set(order.after) { return .after }
    return found == Set(order.before) ? .before : .neither(found.sorted().text)
  }

  static func capture(_ order: SetMountAttributes, on host: borrowing Host) throws(SystemError)
    -> Capture
  {
    // Where nothing is mounted yet, an earlier step of the run mounts it, and its undoing unmounts.
    Capture(.mount(try host.mount(order.path)?.flags.sorted(in: order.touched)))
  }

  static func perform(
    _ order: SetMountAttributes, on host: borrowing WritableHost, content: Content,
    temporary: String
  ) throws(SystemError) {
    try host.setMountFlags(order.after, of: order.touched, at: order.path)
  }

  static func undo(
    _ order: SetMountAttributes, before: Image, after: Image?, on host: borrowing Host
  ) throws(SystemError) -> Undo {
    guard case .mount(let original?) = before else { return Undo() }
    // Without the mount its flags are gone as well.
    guard let mount = try host.mount(order.path) else { return Undo() }
    var undo = Undo()
    var current: Set<MountFlag> = []
    var wanted: Set<MountFlag> = []
    // Flag by flag; the access times are one of them.
    for group in Self.groups(order.touched) {
      let was = Set(original).intersection(group)
      let done = Set(order.after).intersection(group)
      let now = mount.flags.intersection(group)
      if now == was { continue }
      guard now == done else {
        undo.conflicts.append(
          Conflict(
            "mount \(order.path)", before: was.sorted().text, after: done.sorted().text,
            found: now.sorted().text))
        continue
      }
      current.formUnion(now)
      wanted.formUnion(was)
    }
    if current != wanted {
      undo.steps = [
        .setMountAttributes(
          SetMountAttributes(
            path: order.path, before: current.sorted(), after: wanted.sorted()))
      ]
    }
    return undo
  }

  private static func groups(_ touched: Set<MountFlag>) -> [Set<MountFlag>] {
    let times = touched.intersection(MountFlag.accessTimes)
    return touched.subtracting(times).sorted().map { [$0] } + (times.isEmpty ? [] : [times])
  }

  private static func flags(_ order: SetMountAttributes, _ host: borrowing Host)
    throws(SystemError) -> Set<MountFlag>
  {
    guard let mount = try host.mount(order.path) else {
      throw SystemError(refusing: order.path, "nothing is mounted there")
    }
    return mount.flags.intersection(order.touched)
  }
}
