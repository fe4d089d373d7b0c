import Testing

@testable import HardenResources

@Suite struct UnitNameTests {
  @Test func `the parts of a name`() throws {
    let plain = try #require(UnitName(written: "nginx"))
    #expect(plain.text == "nginx.service" && plain.type == "service" && plain.instance == nil)
    let instance = try #require(UnitName("a-b@c-d.timer"))
    #expect(instance.prefix == "a-b" && instance.instance == "c-d" && instance.type == "timer")
    #expect(instance.template?.text == "a-b@.timer" && !instance.isTemplate)
    let template = try #require(UnitName("a@.socket"))
    #expect(template.isTemplate && template.template == nil)
    #expect(template.instantiated("x")?.text == "a@x.socket")
    #expect(UnitName(written: "php8.2-fpm")?.text == "php8.2-fpm.service")
  }

  @Test(arguments: [
    "", ".service", "@x.service", "a/b.service", "a b.service", "x.exe", "é.service",
  ])
  func `what is no name`(text: String) {
    #expect(UnitName(text) == nil)
  }

  @Test func `what stands behind a percent sign`() throws {
    let name = try #require(UnitName("a-b@c.service"))
    #expect(name.expand("x-%i-%p-%j-%%") == "x-c-a-b-b-%")
    #expect(name.expand("%n %N") == "a-b@c.service a-b@c")
    #expect(name.expand("%H") == nil && name.expand("%") == nil)
  }
}
