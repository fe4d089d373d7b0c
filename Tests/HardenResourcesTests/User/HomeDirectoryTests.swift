import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct HomeDirectoryTests {
  private func observation(_ root: TemporaryRoot, _ path: String = "/home/bob") throws
    -> Observation
  {
    var observation = Observation(planes: [])
    try HomeDirectory(path, of: "bob", group: "users").add(
      to: &observation, Host(root: root.path))
    return observation
  }

  @Test func `made from the skeleton, path by path`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/home")
    root.write("/etc/login.defs", "HOME_MODE 0700\n")
    root.write("/etc/skel/.profile", "umask 077\n", mode: 0o640)
    root.write("/etc/skel/.config/app", "x", mode: 0o600)
    root.link("/etc/skel/link", to: ".profile")
    let found = try observation(root)
    let made = found.steps.compactMap { step -> String? in
      guard case .writeFile(let order) = step else { return nil }
      let mode = order.after.attributes.mode.map { " \($0)" } ?? ""
      #expect(order.before == .absent)
      #expect(order.after.attributes.owner == .name("bob"))
      #expect(order.after.attributes.group == .name("users"))
      return order.path + mode
    }
    #expect(
      made == [
        "/home/bob 0700", "/home/bob/.config 0755", "/home/bob/.config/app 0600",
        "/home/bob/.profile 0640", "/home/bob/link",
      ])
    #expect(found.contents.count == 2 && found.notes == [])
  }

  @Test func `one that is there is left alone, and a file in its place is refused`() throws {
    let root = try TemporaryRoot()
    root.makeDirectory("/home/bob")
    #expect(try observation(root).steps == [])
    #expect(try observation(root).holds)
    root.write("/home/file", "")
    #expect(
      try observation(root, "/home/file").standing
        == .refused("its home /home/file is no directory")
    )
    #expect(
      try observation(root, "/srv/x/bob").notes == ["its directory /srv/x has to be made first"])
  }
}
