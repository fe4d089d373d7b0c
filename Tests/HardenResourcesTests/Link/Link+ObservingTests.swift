import HardenCore
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct LinkObservingTests {
  private func observe(_ root: TemporaryRoot, _ link: Link) throws -> Observation {
    try link.proved(on: root)
  }

  @Test func `made, changed, taken away`() throws {
    let root = try TemporaryRoot()
    let wanted = Link(path: "/etc/a", target: "b")
    #expect(try observe(root, wanted).lines == ["file - -> b"])
    root.link("/etc/a", to: "c")
    #expect(try observe(root, wanted).lines == ["file c -> b"])
    #expect(try observe(root, Link(path: "/etc/a", target: "c")).holds)
    #expect(try observe(root, Link(path: "/etc/a", target: nil)).lines == ["file c -> -"])
    #expect(try observe(root, Link(path: "/etc/none", target: nil)).holds)
  }

  @Test func `what is no link stays`() throws {
    let root = try TemporaryRoot()
    root.write("/etc/a", "")
    for target in ["b", nil] {
      #expect(
        try observe(root, Link(path: "/etc/a", target: target)).standing
          == .refused("what stands there is no link; move it away first"))
    }
    #expect(
      try observe(root, Link(path: "/none/a", target: "b")).notes == [
        "its directory /none has to be made first"
      ])
  }
}
