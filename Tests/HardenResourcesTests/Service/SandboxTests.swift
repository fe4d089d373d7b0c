import Testing

@testable import HardenResources

@Suite struct SandboxTests {
  @Test func `values, lists, and nothing at all`() throws {
    let entry = try Entry<Service>(
      """
      {unit: web, sandbox: {NoNewPrivileges: true, ProtectSystem: strict, UMask: "0077",
       SystemCallFilter: ["@system-service", "~@mount"], CapabilityBoundingSet: ""}}
      """)
    #expect(entry.messages == [])
    #expect(
      entry.resources.first?.sandbox == [
        "NoNewPrivileges": "true", "ProtectSystem": "strict", "UMask": "0077",
        "SystemCallFilter": "@system-service ~@mount", "CapabilityBoundingSet": "",
      ])
  }

  @Test(arguments: [
    ("{NoNewPriviliges: true}", "'NoNewPriviliges' is no sandboxing directive that harden knows"),
    ("{PrivateTmp: 'yes'}", "PrivateTmp: expected true or false, found 'yes'"),
    ("{ProtectSystem: all}", "ProtectSystem: 'all' is none of false, full, strict, true"),
    ("{ProtectHome: [true, tmpfs]}", "ProtectHome: it takes one value and no list"),
    ("{ReadOnlyPaths: \"a\\nExecStart=/x\"}", "ReadOnlyPaths: a value is one line of text"),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<Service>("{unit: web, sandbox: \(yaml)}").messages == [message])
  }

  @Test func `one spelling of true and false`() {
    #expect(Sandbox.normal("yes") == "true" && Sandbox.normal("0") == "false")
    #expect(Sandbox.normal("strict") == "strict")
  }
}
