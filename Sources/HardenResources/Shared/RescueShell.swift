internal import HardenModel
internal import HardenSystem

/// The shells that systemd gives at the console when a boot stops, or when somebody asks for one.
///
/// sulogin asks for root's password there. Where root has none it gives no shell at all, unless it is
/// forced to, and no other account is of use.
struct RescueShell {
  /// Units that give a locked root no shell, with their files.
  private(set) var closed: [(unit: String, place: Place)] = []
  /// Whether all of them give one to everybody at the console.
  private(set) var isForced = false

  /// The variable that forces it.
  static let variable = "SYSTEMD_SULOGIN_FORCE"

  /// Looks at the units of `host`.
  init(_ host: borrowing Host) throws(SystemError) {
    var forced = 0
    let kernel = host.isLive ? try host.text("/proc/cmdline") ?? "" : ""
    let isForcedByKernel = kernel.words().contains {
      $0 == "\(Self.variable)=1" || $0 == "systemd.setenv=\(Self.variable)=1"
    }
    for unit in ["emergency.service", "rescue.service"] {
      guard let name = UnitName(unit) else { continue }
      let file = try UnitFile(name, host)
      guard let path = file.path, file.mask == nil else { continue }
      if isForcedByKernel {
        forced += 1
      } else if try Self.isForced(file, host) {
        forced += 1
      } else {
        closed.append((unit, Place(path)))
      }
    }
    isForced = forced > 0 && closed.isEmpty
  }

  private static func isForced(_ file: UnitFile, _ host: borrowing Host) throws(SystemError) -> Bool
  {
    var command = ""
    var isSet = false
    for line in try file.assignments("Service", host) {
      switch line.key {
      case "Environment":
        // An empty line takes back those before it.
        if line.text.isEmpty { isSet = false }
        for word in line.words.map({ $0.filter { $0 != "\"" && $0 != "'" } }) {
          if word.hasPrefix("\(variable)=") { isSet = word == "\(variable)=1" }
        }
      case "ExecStart": command = line.text.isEmpty ? "" : command + line.text + " "
      default: break
      }
    }
    return isSet && command.contains("sulogin-shell") || !command.contains("sulogin")
      || command.contains("sulogin --force") || command.contains("sulogin -e")
  }

  /// Who would have no shell there, in the words of a sentence.
  var lacking: String {
    closed.map { "\($0.unit) (\($0.place))" }.joined(separator: " and ")
  }

  /// Files by which a boot may stop.
  private static let bootFiles = ["/etc/fstab", "/etc/crypttab", "/etc/selinux/config"]

  /// What else the plan that `host` is laid under changes of a boot; nil when it changes nothing.
  static func bootChange(on host: borrowing Host) throws(SystemError) -> String? {
    for path in bootFiles where try host.isPlanned(path) { return path }
    return nil
  }
}
