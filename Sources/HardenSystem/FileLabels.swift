internal import CHarden
internal import Glibc
internal import HardenModel

/// What the SELinux policy of a host says about the labels of files.
///
/// libselinux is opened when it is first needed: hosts without SELinux do not have to have it.
@safe package final class FileLabels {
  private typealias Open = @convention(c) (UInt32, UnsafeRawPointer?, UInt32) -> OpaquePointer?
  private typealias Lookup =
    @convention(c) (
      OpaquePointer, UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>, UnsafePointer<CChar>, CInt
    ) -> CInt
  private typealias Close = @convention(c) (OpaquePointer) -> Void

  /// `struct selinux_opt`.
  @unsafe private struct Option {
    var type: CInt
    var value: UnsafePointer<CChar>?
  }

  private let library: UnsafeMutableRawPointer
  private let handle: OpaquePointer
  private let lookup: Lookup
  private let close: Close

  /// The policy whose file contexts are at `path`; nil where it, or the library, is missing.
  init?(contexts path: String) {
    guard let library = unsafe dlopen("libselinux.so.1", RTLD_NOW | RTLD_LOCAL) else { return nil }
    unsafe self.library = unsafe library
    guard let open = unsafe dlsym(library, "selabel_open"),
      let lookup = unsafe dlsym(library, "selabel_lookup_raw"),
      let close = unsafe dlsym(library, "selabel_close")
    else {
      unsafe dlclose(library)
      return nil
    }
    unsafe self.lookup = unsafe unsafeBitCast(lookup, to: Lookup.self)
    unsafe self.close = unsafe unsafeBitCast(close, to: Close.self)
    let opened = unsafe path.withCString { text -> OpaquePointer? in
      // SELABEL_CTX_FILE, SELABEL_OPT_PATH
      var option = unsafe Option(type: 3, value: text)
      return unsafe unsafeBitCast(open, to: Open.self)(0, &option, 1)
    }
    guard let opened = unsafe opened else {
      unsafe dlclose(library)
      return nil
    }
    unsafe handle = unsafe opened
  }

  deinit {
    unsafe close(handle)
    unsafe dlclose(library)
  }

  /// The label of what has the type and permission bits `mode` at `path`; nil where the policy says
  /// nothing of it.
  ///
  /// The library call is `selabel_lookup_raw`.
  package func label(of path: String, mode: UInt32) -> String? {
    var found: UnsafeMutablePointer<CChar>?
    guard unsafe lookup(handle, &found, path, CInt(mode)) == 0, let text = unsafe found else {
      return nil
    }
    defer { unsafe free(text) }
    return unsafe String(validatingCString: text)
  }

  /// Whether the policy that is in force knows `context`; nil where nobody can say.
  ///
  /// What security_check_context(3) does.
  package func knows(_ context: String) -> Bool? {
    switch SELinuxQuestion.ask("context", context) {
    case .words: true
    case .unknown: false
    case .none: nil
    }
  }
}

extension Host {
  /// The attribute that holds a label.
  package static let labelAttribute = "security.selinux"

  /// The name of the host's SELinux policy; nil where SELinux is off or not there.
  package func policyName() throws(SystemError) -> String? {
    if isLive, try inode("/sys/fs/selinux/enforce") == nil { return nil }
    guard let text = try text("/etc/selinux/config") else { return nil }
    let setting = { (name: String) in
      text.split(at: "\n").last { $0.hasPrefix("\(name)=") }?.dropFirst(name.count + 1)
        .filter { $0 != " " && $0 != "\t" && $0 != "\r" }
    }
    guard setting("SELINUX") != "disabled", let name = setting("SELINUXTYPE"), !name.isEmpty else {
      return nil
    }
    return name
  }

  /// What the host's policy says about labels; nil where it has none.
  package func fileLabels() throws(SystemError) -> FileLabels? {
    try once("file labels") { host throws(SystemError) -> FileLabels? in
      guard let policy = try host.policyName() else { return nil }
      let path = "/etc/selinux/\(policy)/contexts/files/file_contexts"
      return FileLabels(contexts: host.isLive ? path : host.rootPath + path)
    }
  }

  /// `state`, made anew at `path`, with the label that the policy has for it: what a new file
  /// inherits from its directory or from the process may be one that others cannot read.
  func labelled(_ state: FileState, at path: String) throws(SystemError) -> FileState {
    let type: UInt32? =
      switch state.form {
      case .file: UInt32(S_IFREG)
      case .directory: UInt32(S_IFDIR)
      case .absent, .link, .special: nil
      }
    guard let type, state.attributes.xattrs[Self.labelAttribute] == nil,
      let label = try fileLabels()?.label(of: try canonical(path), mode: type)
    else { return state }
    var state = state
    state.attributes.xattrs[Self.labelAttribute] = Bytes(Array(label.utf8) + [0])
    return state
  }
}
