import Glibc
import HardenSystem

// harden-seal LAYERS DIRECTORY PORT
//
// Gives up what a planner gives up, with the layers that are named (`files,calls,capabilities`, or
// `none`), then tries everything that a planner must not do, and prints for each what came of it:
// the name of the attempt and 0 or the number of the error. DIRECTORY holds `file`, `socket` (listened
// on) and `other`; PORT is listened on at 127.0.0.1.

let words = CommandLine.arguments
let layers = words[1].split(separator: ",").compactMap { Seal.Layer(rawValue: String($0)) }
let directory = words[2]
let file = "\(directory)/file"
if !layers.isEmpty {
  var seal = Seal(layers)
  seal.finish(layers)
}

/// syscall(2), which is variadic and so hidden, for calls that the library does not show either; the
/// numbers are those of x86-64.
let call = unsafeBitCast(
  dlsym(nil, "syscall"), to: (@convention(c) (Int, Int, Int, Int, Int, Int) -> Int).self)

/// The address of `text` for a system call.
func address(_ text: String) -> Int { Int(bitPattern: strdup(text)) }

/// Prints what came of an attempt.
func attempt(_ name: String, _ make: () -> Int) {
  errno = 0
  let answer = make()
  print(name, answer < 0 ? errno : 0)
}

/// Opens a socket, connects it and closes it.
func connect(_ family: Int32, _ address: UnsafeRawPointer, _ length: Int) -> Int {
  let number = socket(family, Int32(SOCK_STREAM.rawValue), 0)
  guard number >= 0 else { return -1 }
  defer { close(number) }
  return Int(
    Glibc.connect(number, address.assumingMemoryBound(to: sockaddr.self), socklen_t(length)))
}

attempt("write") { Int(open(file, O_WRONLY)) }
// struct open_how: its flags are out of a filter's sight.
attempt("openat2") {
  var how: (UInt64, UInt64, UInt64) = (UInt64(O_WRONLY), 0, 0)
  return withUnsafeMutablePointer(to: &how) {
    call(437, Int(AT_FDCWD), address(file), Int(bitPattern: $0), 24, 0)
  }
}
attempt("create") { Int(open("\(directory)/new", O_WRONLY | O_CREAT, 0o600)) }
attempt("empty") { Int(open(file, O_RDONLY | O_TRUNC)) }
attempt("truncate") { Int(truncate(file, 3)) }
attempt("chmod") { Int(chmod(file, 0o777)) }
attempt("chown") { Int(chown(file, 1, 1)) }
attempt("label") { call(188, address(file), address("user.x"), address("y"), 1, 0) }
attempt("flags") {
  let number = open(file, O_RDONLY)
  defer { close(number) }
  // FS_IOC_SETFLAGS: the file is to be left out of dumps.
  return call(16, Int(number), 0x4008_6602, address("\u{40}\0\0\0"), 0, 0)
}
attempt("times") { Int(utimes(file, nil)) }
attempt("mkdir") { Int(mkdir("\(directory)/folder", 0o700)) }
attempt("link") { Int(symlink("x", "\(directory)/link")) }
attempt("rename") { Int(rename("\(directory)/other", "\(directory)/moved")) }
attempt("unlink") { Int(unlink("\(directory)/moved")) }
attempt("parameter") { Int(open("/proc/sys/net/ipv4/ip_forward", O_WRONLY)) }
attempt("mount") { Int(mount("tmpfs", directory, "tmpfs", 0, nil)) }
attempt("namespace") { call(272, 0x0002_0000, 0, 0, 0, 0) }
// No module is in it: whoever may load one gets past the question of who he is.
attempt("module") { call(313, Int(open("/dev/null", O_RDONLY)), address(""), 0, 0, 0) }
// There is no such process: whoever may trace gets as far as being told so.
attempt("trace") { call(101, 16, 0x7FFF_FFFF, 0, 0, 0) }
attempt("signal") { Int(kill(getppid(), 0)) }
attempt("execute") {
  var child = pid_t()
  let status = posix_spawn(&child, "/bin/true", nil, nil, [nil], nil)
  errno = status
  return status == 0 ? 0 : -1
}
attempt("unit") {
  var address = sockaddr_un()
  address.sun_family = sa_family_t(AF_UNIX)
  withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: "\(directory)/socket".utf8) }
  return connect(AF_UNIX, &address, MemoryLayout<sockaddr_un>.size)
}
attempt("connect") {
  var address = sockaddr_in()
  address.sin_family = sa_family_t(AF_INET)
  address.sin_port = UInt16(words[3]).map(\.bigEndian) ?? 0
  address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
  return connect(AF_INET, &address, MemoryLayout<sockaddr_in>.size)
}
attempt("audit") {
  // Setting nothing at all: the kernel asks who may before it looks at what.
  let number = socket(AF_NETLINK, Int32(SOCK_RAW.rawValue), 9)
  guard number >= 0 else { return -1 }
  defer { close(number) }
  var message = [UInt32](repeating: 0, count: 14)
  message[0] = 56
  message[1] = 1001 | (5 << 16)  // AUDIT_SET, a request with an answer.
  guard send(number, &message, 56, 0) == 56 else { return -1 }
  var answer = [Int32](repeating: 0, count: 256)
  guard recv(number, &answer, 1024, 0) > 0 else { return -1 }
  errno = -answer[4]
  return answer[4] == 0 ? 0 : -1
}
attempt("read") { Int(open(file, O_RDONLY)) }
attempt("list") { opendir(directory) == nil ? -1 : 0 }
