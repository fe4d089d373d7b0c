import Testing

@testable import HardenResources

@Suite struct EnvironmentTests {
  @Test func `one resource for each variable and place`() throws {
    let entry = try Entry<Environment>(
      "{name: go, where: [profile.d, environment.d], variables: {B: '2', A: one}}")
    #expect(entry.messages == [])
    #expect(
      entry.resources.map(\.address.description) == [
        "environment[/etc/profile.d/zz-go.sh A]", "environment[/etc/profile.d/zz-go.sh B]",
        "environment[/etc/environment.d/zz-go.conf A]",
        "environment[/etc/environment.d/zz-go.conf B]",
      ])
    let go = try Entry<Environment>(
      "{name: go, where: go, file: /usr/local/go/go.env, variables: {GOFLAGS: -trimpath}}")
    #expect(go.resources.first?.file == "/usr/local/go/go.env")
  }

  @Test(arguments: [
    (
      "{name: a/b, where: profile.d, variables: {A: b}}", "'a/b' cannot be the name of a file there"
    ),
    ("{name: a, where: go, variables: {A: b}}", "environment needs 'file' for go"),
    (
      "{name: a, where: profile.d, file: /x, variables: {A: b}}", "only go has a file of its own"
    ),
    ("{name: a, where: profile.d, variables: {1A: b}}", "'1A' cannot be the name of a variable"),
    (
      "{name: a, where: environment.d, variables: {A: $HOME}}",
      "A cannot be set in environment.d: quotes, backslashes, $ and # mean something else there"
    ),
    (
      "{name: a, where: elsewhere, variables: {A: b}}",
      "'elsewhere' is none of profile.d, environment.d, go"
    ),
  ])
  func `mistakes are reported`(yaml: String, message: String) throws {
    #expect(try Entry<Environment>(yaml).messages.first == message)
  }
}
