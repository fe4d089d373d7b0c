/// Files that look like those of a kernel with SELinux enforcing, in front of its own; the guest has
/// the real ones.
package enum PolicyInFront {
  /// What it is asked last: the type of the process, of the file, and the class.
  package static let asked = "u:r:mount_t:s0 u:object_r:lib_t:s0 7\0"
  private static let start = "u:r:init_t:s0 u:object_r:mount_exec_t:s0 2\0"

  /// Puts it in front of the calling thread's mounts, after `change`; it labels `program` and the
  /// directory `target`, which must exist, and answers `allowed`.
  package static func put(
    in root: TemporaryRoot, program: String, target: String, allowed: String,
    _ change: (TemporaryRoot) -> Void = { _ in }
  ) throws {
    root.write("/sys/selinux/enforce", "1")
    root.write("/sys/selinux/class/process/index", "2")
    root.write("/sys/selinux/class/dir/index", "7")
    root.write("/sys/selinux/class/dir/perms/mounton", "11")
    // A question overwrites as many bytes as it has, and what follows is read as its answer.
    root.write("/sys/selinux/create", start.map { _ in "#" }.joined() + "u:r:mount_t:s0\0")
    root.write("/sys/selinux/access", asked.map { _ in "#" }.joined() + "\(allowed)\0")
    root.write("/current", "u:r:init_t:s0\0\n")
    root.write("/program", "")
    try Shell.run(
      """
      setfattr -n security.selinux -v u:object_r:mount_exec_t:s0 \(root.outside("/program"))
      setfattr -n security.selinux -v u:object_r:lib_t:s0 \(target)
      """)
    change(root)
    try Namespace.bind(root.outside("/sys"), at: "/sys/fs")
    try Namespace.bind(root.outside("/current"), at: "/proc/1/attr/current")
    try Namespace.bind(root.outside("/program"), at: program)
  }
}
