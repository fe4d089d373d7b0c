import HardenModel
import Testing

@testable import HardenResources

@Suite struct SELinuxConfigTests {
  @Test(
    arguments: [(String, SELinuxConfig.Mode, Int?)]([
      ("SELINUX=enforcing\nSELINUXTYPE=a\n", SELinuxConfig.Mode.enforcing, 1),
      ("# SELINUX=disabled\nSELINUX=Permissive\nSELINUXTYPE=a", .permissive, 2),
      ("SELINUX=\nSELINUX= disabled \nSELINUX=enforcing\nSELINUXTYPE=a\n", .disabled, 2),
      (" SELINUX=disabled\nSELINUXTYPE=a\n", .permissive, nil),
    ]))
  func `the first line with a mode counts`(text: String, mode: SELinuxConfig.Mode, line: Int?)
    throws
  {
    let config = try #require(SELinuxConfig(text))
    #expect(config.mode == mode && config.line?.number == line && config.policy == "a")
  }

  @Test func `without a policy's name there is no SELinux`() {
    #expect(SELinuxConfig("SELINUX=enforcing\nSELINUXTYPE=\n") == nil)
    #expect(SELinuxConfig("") == nil)
  }

  @Test func `one line changes and no other byte`() throws {
    let text = "# SELINUX=disabled\n SELINUX=x\nSELINUX=permissive \r\nSELINUXTYPE=a"
    let config = try #require(SELinuxConfig(text))
    let step = config.step(to: .enforcing, for: Address(kind: "selinux", name: "mode"))
    guard case .editFile(let order) = step else { return }
    let after = order.format.applying(order.edits, to: Array(text.utf8))
    #expect(
      String(decoding: after, as: UTF8.self)
        == "# SELINUX=disabled\n SELINUX=x\nSELINUX=enforcing\nSELINUXTYPE=a")
  }
}
