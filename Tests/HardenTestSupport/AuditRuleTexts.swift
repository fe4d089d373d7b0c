/// Random lines of audit rules: most of them good, some with something out of place.
package enum AuditRuleTexts {
  /// One line.
  package static func line(_ random: inout SeededRandom) -> String {
    var words = Int.random(in: 0..<4, using: &random) == 0 ? watch(&random) : rule(&random)
    if Int.random(in: 0..<8, using: &random) == 0 { spoil(&words, &random) }
    return words.joined(separator: " ")
  }

  private static func pick<Item>(_ items: [Item], _ random: inout SeededRandom) -> Item {
    items[Int.random(in: 0..<items.count, using: &random)]
  }

  private static func watch(_ random: inout SeededRandom) -> [String] {
    var words = [
      "-w",
      pick(
        [
          "/etc", "/etc/passwd", "/etc/ssh/", "/var/log//", "/no/such/folder", "/", "/a\\ b",
          "/x\\\\y",
        ],
        &random),
    ]
    if Bool.random(using: &random) { words += ["-p", letters(&random)] }
    for _ in 0..<Int.random(in: 0..<3, using: &random) { words += ["-k", key(&random)] }
    if Int.random(in: 0..<6, using: &random) == 0 { words += ["-F", field("exit", &random)] }
    return words
  }

  private static func letters(_ random: inout SeededRandom) -> String {
    String("rwxa".filter { _ in Bool.random(using: &random) }) + pick(["", "", "a", "R"], &random)
  }

  private static func key(_ random: inout SeededRandom) -> String {
    pick(["identity", "a", "key-1", "time_change", String(repeating: "k", count: 200)], &random)
  }

  private static func rule(_ random: inout SeededRandom) -> [String] {
    let list = pick(["exit", "exit", "exit", "user", "task", "exclude", "filesystem"], &random)
    let action = pick(["always", "always", "never"], &random)
    let both = Bool.random(using: &random) ? "\(action),\(list)" : "\(list),\(action)"
    var words = [pick(["-a", "-a", "-a", "-A"], &random), both]
    if list == "exit" {
      if Int.random(in: 0..<3, using: &random) > 0 {
        words += [
          "-F", pick(["arch=b64", "arch=b32", "arch=x86_64", "arch!=b64", "arch=i386"], &random),
        ]
      }
      for _ in 0..<Int.random(in: 0..<4, using: &random) { words += ["-S", calls(&random)] }
      if Int.random(in: 0..<6, using: &random) == 0 {
        words += [
          "-C", pick(["uid!=euid", "auid=obj_uid", "egid!=gid", "suid=fsuid", "uid=gid"], &random),
        ]
      }
    }
    for _ in 0..<Int.random(in: 0..<5, using: &random) { words += ["-F", field(list, &random)] }
    if Bool.random(using: &random) {
      words += Bool.random(using: &random) ? ["-k", key(&random)] : ["-F", "key=\(key(&random))"]
    }
    return words
  }

  private static func calls(_ random: inout SeededRandom) -> String {
    let names = [
      "open", "openat", "chmod", "execve", "socketcall", "stime", "all", "59", "mount", "umount2",
    ]
    return (0..<Int.random(in: 1..<4, using: &random)).map { _ in pick(names, &random) }
      .joined(separator: ",")
  }

  private static func field(_ list: String, _ random: inout SeededRandom) -> String {
    let sign = pick(["=", "!=", ">=", "<=", ">", "<", "&", "&="], &random)
    let plain = Bool.random(using: &random) ? "=" : sign
    switch list {
    case "exclude":
      return pick(
        [
          "msgtype=CWD", "msgtype=1300", "uid\(plain)0", "pid=1", "subj_type=init_t",
          "msgtype=NONE",
        ], &random)
    case "filesystem": return pick(["fstype=tracefs", "fstype=debugfs", "fstype=ext4"], &random)
    case "task": return pick(["uid\(plain)root", "auid\(plain)1000", "gid=0"], &random)
    case "user":
      return pick(
        ["msgtype\(plain)USER_LOGIN", "uid\(plain)0", "auid=unset", "pid\(plain)7"], &random)
    default: break
    }
    return pick(
      [
        "auid\(sign)1000", "auid!=unset", "auid!=-1", "auid\(plain)4294967295", "uid\(plain)root",
        "euid\(plain)0", "gid\(plain)daemon", "egid=0x10", "obj_uid=0", "exit\(plain)-EACCES",
        "exit=-EPERM", "exit=EPERM", "exit\(plain)-13", "success=1", "success=0",
        "path=/etc/passwd",
        "path=/usr/bin/su\\ x", "dir=/etc/", "dir=/etc", "perm=wa", "perm=rwxa", "perm=x",
        "filetype=dir", "filetype=file", "inode=12", "inode!=012", "devmajor=8", "devminor=0x1",
        "a0&0x40", "a1&=2", "a2=-1", "a3\(plain)017", "ppid=1", "pid\(plain)100", "pers=0x8",
        "subj_user=system_u", "subj_role=system_r", "subj_type=crond_t", "subj_sen=s0",
        "subj_clr=s0",
        "obj_user=u", "obj_role=r", "obj_type=etc_t", "obj_lev_low=s0", "obj_lev_high=s1",
        "exe=/usr/bin/su", "exe!=/usr/bin/su", "sessionid=3", "sessionid=unset", "saddr_fam=2",
        "saddr_fam=10", "suid=5", "sgid=3", "fsuid=1", "fsgid=1", "fstype=tracefs", "msgtype=CWD",
      ], &random)
  }

  private static func spoil(_ words: inout [String], _ random: inout SeededRandom) {
    switch Int.random(in: 0..<6, using: &random) {
    case 0: words.append("extra")
    case 1: words.removeLast()
    case 2: words.swapAt(0, words.count - 1)
    case 3: words += ["-F", pick(["nosuch=1", "auid=nosuchuser", "uid", "=5", "perm=z"], &random)]
    case 4: words += ["-S", "nosuchcall"]
    default: words = Array(words.dropFirst(2)) + words.prefix(2)
    }
  }
}
