internal import CHarden
internal import Glibc
package import HardenModel
internal import SystemPackage

/// Mounts are changed through descriptors, so that a path that is swapped meanwhile is harmless.
extension WritableHost {
  /// Sets `after` and clears the rest of `touched` on what is mounted at `path`; no other flag
  /// changes.
  ///
  /// The corresponding system call is `mount_setattr`.
  package func setMountFlags(_ after: [MountFlag], of touched: Set<MountFlag>, at path: String)
    throws(SystemError)
  {
    let mount = try host.root.open(path, flags: charden_O_PATH)
    let set = after.reduce(UInt64(0)) { $0 | $1.bit }
    // The access times are one field: it is cleared whole whenever one of them is set.
    let clear = touched.reduce(UInt64(0)) { $0 | (after.contains($1) ? 0 : $1.mask) }
    let times = after.contains { MountFlag.accessTimes.contains($0) } ? UInt64(0x70) : 0
    try calls.make("mount_setattr", path) {
      Int(charden_mount_setattr(mount.number, set, clear | times))
    }
  }

  /// Mounts the directory at `path` onto itself; it has `flags` before anybody can see it.
  ///
  /// The corresponding system calls are `open_tree`, `mount_setattr` and `move_mount`.
  package func bindMount(_ path: String, flags: [MountFlag]) throws(SystemError) {
    let place = try host.root.open(path, flags: charden_O_PATH | O_DIRECTORY)
    let copy = charden_clone_mount(place.number)
    guard copy >= 0 else { throw SystemError("open_tree", path, .init(rawValue: -copy)) }
    let mount = OwnedDescriptor(copy)
    let set = flags.reduce(UInt64(0)) { $0 | $1.bit }
    let clear = flags.contains { MountFlag.accessTimes.contains($0) } ? UInt64(0x70) : 0
    let result = charden_mount_setattr(mount.number, set, clear)
    guard result >= 0 else { throw SystemError("mount_setattr", path, .init(rawValue: -result)) }
    try calls.make("move_mount", path) {
      Int(charden_attach_mount(mount.number, place.number))
    }
  }

  /// Takes away what is mounted at `path`; whoever uses it keeps it until they are done.
  ///
  /// The corresponding system call is `umount2` with `MNT_DETACH`.
  package func unmount(_ path: String) throws(SystemError) {
    let mount = try host.root.open(path, flags: charden_O_PATH | O_DIRECTORY)
    try calls.make("umount2", path) { Int(charden_detach_mount(mount.number)) }
  }
}
