package import HardenCore
package import HardenModel
package import HardenSystem

extension HostProbe {
  /// A pattern of certificates stands for each file that is there.
  package func instances(on host: borrowing Host) throws(SystemError) -> [HostProbe] {
    guard case .certificate(let pattern, let days) = question, Glob.isPattern(pattern) else {
      return [self]
    }
    let files = try PathPattern.files(pattern, on: host)
    guard !files.isEmpty else { return [self] }
    return files.map {
      HostProbe(.certificate(path: $0, days: days), isMissingAllowed: isMissingAllowed)
    }
  }

  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    switch question {
    case .fips(let isOn, let isOnCommandLine):
      return try fips(isOn, isOnCommandLine, host)
    case .digest(let path, let digests):
      let wanted = digests.map(\.description).joined(separator: " or ")
      guard let found = try host.digest(ofFile: path) else { return missing(path, wanted) }
      return Self.file(found.description, wanted, holds: digests.contains(found))
    case .elf(let path, let isStatic, let isPositionIndependent):
      return try program(path, isStatic, isPositionIndependent, host)
    case .certificate(let path, let days): return try certificate(path, days, host)
    case .absentPattern(let files, let pattern, let isIgnoringCase):
      return try absence(of: pattern, isIgnoringCase, in: files, host)
    case .asked(.unit(let name), _): return try unit(name, host)
    case .asked:
      return Observation(
        host.isLive
          ? .unmeasured("a sealed planner connects to nothing and runs nothing; use a canary")
          : .notApplicable("an image has nothing that runs"))
    }
  }

  private static func file(
    _ observed: String?, _ wanted: String, holds: Bool, at place: Place? = nil, notes: [String] = []
  ) -> Observation {
    Observation(
      probing: [
        PlaneState(.file, observed: observed, wanted: wanted, holds: holds, observedAt: place)
      ], notes: notes)
  }

  private func missing(_ path: String, _ wanted: String) -> Observation {
    isMissingAllowed
      ? Observation(.notApplicable("there is no \(path)"))
      : Self.file(nil, wanted, holds: false, notes: ["there is no \(path)"])
  }

  // MARK: The kernel and the service manager

  private func fips(_ isOn: Bool, _ isOnCommandLine: Bool, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    guard host.isLive else { return Observation(.unmeasured("only the running host knows FIPS")) }
    let flag = try host.sysctl(SysctlKey(path: "crypto/fips_enabled"))
    guard let found = Self.fips(flag) else {
      return Observation(
        .unmeasured("/proc/sys/crypto/fips_enabled \(flag.map { "says '\($0)'" } ?? "is missing")"))
    }
    let word = { (isOn: Bool) in isOn ? "on" : "off" }
    var planes = [
      PlaneState(.now, observed: word(found), wanted: word(isOn), holds: found == isOn)
    ]
    if isOnCommandLine {
      let words = (try host.text("/proc/cmdline") ?? "").split { $0 == " " || $0 == "\n" }
      let last = words.last { $0.hasPrefix("fips=") }.map(String.init)
      let wanted = "fips=\(isOn ? 1 : 0)"
      planes.append(
        PlaneState(
          .boot, observed: last ?? "no fips=", wanted: wanted,
          holds: last == wanted || !isOn && last == nil, observedAt: Place("/proc/cmdline")))
    }
    return Observation(probing: planes)
  }

  /// What the kernel's flag says; nil where it tells nothing.
  static func fips(_ flag: String?) -> Bool? { ["0": false, "1": true][flag ?? ""] }

  private func unit(_ name: String, _ host: borrowing Host) throws(SystemError) -> Observation {
    guard host.isLive else { return Observation(.notApplicable("an image has nothing that runs")) }
    guard host.hasServiceManager else {
      return Observation(.notApplicable("no systemd runs here"))
    }
    let state = try host.units().states[name]?.active ?? "inactive"
    return Observation(
      probing: [
        PlaneState(
          .now, observed: state, wanted: "active", holds: ["active", "reloading"].contains(state))
      ])
  }

  // MARK: Programs

  private func program(
    _ path: String, _ isStatic: Bool?, _ isPositionIndependent: Bool?, _ host: borrowing Host
  ) throws(SystemError) -> Observation {
    let linked = { (isStatic: Bool) in isStatic ? "static" : "dynamic" }
    let placed = { (isPIE: Bool) in isPIE ? "PIE" : "no PIE" }
    let words = { (isStatic: Bool?, isPIE: Bool?) in
      [isStatic.map(linked), isPIE.map(placed)].compactMap(\.self).joined(separator: ", ")
    }
    let wanted = words(isStatic, isPositionIndependent)
    guard try host.inodeFollowing(path) != nil else { return missing(path, wanted) }
    // Borrowed values cannot be captured by closures that escape; this one does not.
    let program = try ELFProgram.read { offset, count throws(SystemError) in
      try host.piece(of: path, from: offset, count: count) ?? []
    }
    switch program {
    case .failure(let mistake): return Observation(.unmeasured("\(path): \(mistake.message)"))
    case .success(let found):
      return Self.file(
        words(
          isStatic.map { _ in found.isStatic },
          isPositionIndependent.map { _ in found.isPositionIndependent }), wanted,
        holds: isStatic ?? found.isStatic == found.isStatic
          && isPositionIndependent ?? found.isPositionIndependent == found.isPositionIndependent)
    }
  }

  // MARK: Certificates

  private func certificate(_ path: String, _ days: Int, _ host: borrowing Host)
    throws(SystemError) -> Observation
  {
    let wanted = "\(days) days left at least"
    guard let bytes = try host.contents(path, last: .follow) else { return missing(path, wanted) }
    let certificates: [Certificate]
    do throws(Certificate.Mistake) { certificates = try Certificate.all(in: bytes) } catch {
      return Observation(.unmeasured("\(path): \(error.message)"))
    }
    guard let end = certificates.map(\.end).min() else {
      return Observation(.unmeasured("\(path): there is no certificate in it"))
    }
    let left = Self.days(from: CurrentProcess.time, to: end)
    let day = CalendarDay.text(of: end)
    return Self.file(
      left < 0 ? "expired on \(day)" : "\(left) days left, until \(day)", wanted,
      holds: left >= Int64(days), at: Place(path))
  }

  /// How many whole days are left; less than none once it is over.
  static func days(from now: Int64, to end: Int64) -> Int64 {
    end < now ? -1 : (end - now) / 86_400
  }

  // MARK: Patterns

  private func absence(
    of pattern: String, _ isIgnoringCase: Bool, in files: String, _ host: borrowing Host
  ) throws(SystemError) -> Observation {
    let expression: LinePattern
    do throws(LinePattern.Mistake) {
      expression = try LinePattern(pattern, ignoringCase: isIgnoringCase)
    } catch { throw SystemError(refusing: pattern, error.message) }
    let paths = try PathPattern.files(files, on: host)
    guard !paths.isEmpty else {
      return Observation(
        .notApplicable(Glob.isPattern(files) ? "no file is \(files)" : "there is no \(files)"))
    }
    var places: [Place] = []
    var unread: SystemError?
    for path in paths {
      do throws(SystemError) {
        let content = try host.contents(path, last: .follow) ?? []
        places += expression.lines(of: content).map { Place(path, line: $0) }
      } catch { unread = unread ?? error }
    }
    // A line that was found is enough, whatever could not be read besides.
    if places.isEmpty, let unread { throw unread }
    let more = places.dropFirst()
    let shown = more.prefix(Self.mostPlaces).map(\.description).joined(separator: ", ")
    let rest = more.count > Self.mostPlaces ? " and \(more.count - Self.mostPlaces) more" : ""
    return Self.file(
      places.isEmpty ? "no line matches" : "a line matches", "no line matches",
      holds: places.isEmpty, at: places.first, notes: more.isEmpty ? [] : ["so do \(shown)\(rest)"])
  }

  private static let mostPlaces = 5
}
