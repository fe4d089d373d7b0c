package import HardenModel
internal import SystemPackage

extension Host {
  /// This host as it would be once `steps` were done, with what the kernel is known to change
  /// along; `contents` are the bytes of files that they write.
  package func after(_ steps: [Step], contents: [Digest: [UInt8]]) throws(SystemError) -> Host {
    var host = try draft()
    for step in steps {
      switch step {
      case .setSysctl(let order): host.plan(order)
      case .editFile(let order): try host.plan(order)
      case .writeFile(let order): try host.plan(order, contents: contents)
      case .setAttributes(let order): try host.plan(order)
      case .setMountAttributes(let order): try host.plan(order)
      case .bindMount(let order): try host.plan(order)
      case .loadModule(let order): host.planned.modules[order.name] = order.isLoaded
      case .setSELinux(let order):
        if let domain = order.domain {
          host.planned.domains[domain] = order.after
        } else {
          host.planned.selinux[order.boolean] = order.after
        }
      case .setUnit(.run(let unit, let isRunning)): host.planned.units[unit] = isRunning
      case .setUnit(.restart(let unit, _)): host.planned.restarts.insert(unit)
      case .setUnit(.reload): host.planned.hasReadUnits = true
      case .setUnit(.reread(let unit, _, let paths)):
        host.planned.rereads[unit] = Set(
          try paths.map { path throws(SystemError) in try host.canonical(path, last: .follow) })
      case .editAccount(let order): try host.plan(order)
      case .editRows(let order): try host.plan(order, contents: contents)
      case .editAuditRules(let order): try host.plan(order)
      case .setAuditStatus(let order): try host.plan(order)
      case .compileAuditRules:
        try host.plan(compiled: AugenRules.of(host).content)
      }
      host.memory.forget(host.planned.changes)
    }
    return host
  }

  private mutating func plan(_ order: SetSysctl) {
    planned.set(order.key, to: order.after)
    for effect in order.effects + order.keeps { planned.set(effect.key, to: effect.after) }
  }

  private mutating func plan(_ order: EditFile) throws(SystemError) {
    let path = try canonical(order.path)
    var file = PlannedState.PlannedFile()
    file.content = order.format.applying(
      order.edits, to: try contents(path, limit: Self.contentLimit) ?? [])
    let isNew = try inode(path) == nil
    file.inode = try inode(path, orNew: .file, order.creation ?? Attributes())
    file.xattrs = try plannedXattrs(path)
    if isNew { file.xattrs.merge(try labels(of: path, form: .file(.zero))) { $1 } }
    planned.set(path, to: file)
  }

  private mutating func plan(_ order: EditAuditRules) throws(SystemError) {
    var state = try auditState()
    state.rules = order.applied(to: state.rules)
    planned.audit = state
  }

  private mutating func plan(_ order: SetAuditStatus) throws(SystemError) {
    var state = try auditState()
    for (setting, value) in order.after { state.status[setting] = value }
    planned.audit = state
  }

  private mutating func plan(compiled content: [UInt8]) throws(SystemError) {
    let path = try canonical(CompileAuditRules.path)
    var file = PlannedState.PlannedFile()
    file.content = content
    file.inode = try inode(path, orNew: .file, CompileAuditRules.attributes)
    file.xattrs = try plannedXattrs(path)
    if try inode(path) == nil { file.xattrs.merge(try labels(of: path, form: .file(.zero))) { $1 } }
    planned.set(path, to: file)
  }

  private mutating func plan(_ order: WriteFile, contents: [Digest: [UInt8]]) throws(SystemError) {
    let path = try canonical(order.path)
    let form: Inode.Form
    var file = PlannedState.PlannedFile()
    switch order.after.form {
    case .absent, .special:
      planned.set(path, to: file)
      return
    case .file(let digest):
      form = .file
      file.content = contents[digest]
    case .directory: form = .directory
    case .link(let target):
      form = .link
      file.target = target
    }
    let isNew = try inode(path) == nil
    file.inode = merged(
      try inode(path, orNew: form, Attributes()), try accounts(), order.after.attributes, form: form
    )
    file.xattrs = try plannedXattrs(path)
    if isNew { file.xattrs.merge(try labels(of: path, form: order.after.form)) { $1 } }
    file.xattrs.merge(order.after.attributes.xattrs) { $1 }
    planned.set(path, to: file)
  }

  /// The label that something new gets.
  private func labels(of path: String, form: FileState.Form) throws(SystemError) -> [String: Bytes?]
  {
    try labelled(FileState(form), at: path).attributes.xattrs
  }

  private mutating func plan(_ order: SetAttributes) throws(SystemError) {
    let path = try canonical(order.path)
    guard let current = try inode(path) else { return }
    var file = PlannedState.PlannedFile()
    if current.form == .file { file.content = try plannedContent(path) }
    file.inode = merged(current, try accounts(), order.after, form: current.form)
    file.xattrs = try plannedXattrs(path).merging(order.after.xattrs) { $1 }
    planned.set(path, to: file)
  }

  private mutating func plan(_ order: SetMountAttributes) throws(SystemError) {
    guard var mount = try mount(order.path) else { return }
    mount.flags = mount.flags.subtracting(order.touched).union(order.after)
    planned.mounts[order.path] = mount
  }

  private mutating func plan(_ order: BindMount) throws(SystemError) {
    planned.mounts[order.path] =
      order.isMounted ? MountPoint(path: order.path, flags: Set(order.flags)) : nil
  }

  func inode(_ path: String, orNew form: Inode.Form, _ attributes: Attributes)
    throws(SystemError) -> Inode
  {
    if let inode = try inode(path) { return inode }
    let new = Inode(
      form: form, owner: 0, group: 0, mode: Mode(form == .directory ? 0o755 : 0o644), links: 1,
      size: 0, modified: Timestamp(seconds: 0), identity: Inode.Identity())
    return merged(new, try accounts(), attributes, form: form)
  }

  private func merged(
    _ inode: Inode, _ accounts: AccountNames, _ attributes: Attributes, form: Inode.Form
  ) -> Inode {
    var inode = inode
    inode.form = form
    // A name that no row has yet gets a number that no inode has.
    if let owner = attributes.owner { inode.owner = accounts.user(owner) ?? .max }
    if let group = attributes.group { inode.group = accounts.group(group) ?? .max }
    if let mode = attributes.mode { inode.mode = mode }
    return inode
  }
}
