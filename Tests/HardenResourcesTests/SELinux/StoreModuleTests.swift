import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite struct StoreModuleTests {
  private let root: TemporaryRoot
  private let module = StoreModule(domain: "a_t", store: "/s")

  init() throws { root = try TemporaryRoot(withAccounts: false) }

  @Test func `it is found at any priority, and what turns it off is no place of it`() throws {
    for priority in ["100", "400", "disabled"] {
      root.makeDirectory("/s/modules/\(priority)/permissive_a_t")
    }
    root.makeDirectory("/s/modules/200/permissive_a_tt")
    let host = try Host(root: root.path)
    #expect(
      try module.places(on: host)
        == ["/s/modules/100/permissive_a_t", "/s/modules/400/permissive_a_t"])
    #expect(try module.isDisabled(on: host))
    #expect(try StoreModule(domain: "a_tt", store: "/s").isDisabled(on: host) == false)
  }

  @Test func `it is made with the folders that are missing, and goes with all its files`() throws {
    root.makeDirectory("/s/modules")
    var observation = Observation(planes: [])
    let made = try module.creation(&observation, on: Host(root: root.path))
    #expect(
      made.map(\.target) == [
        "/s/modules/400", module.folder, "\(module.folder)/cil", "\(module.folder)/lang_ext",
      ])
    #expect(
      observation.contents.map { String(decoding: $0.raw, as: UTF8.self) }
        == ["(typepermissive a_t)", "cil"])
    for file in ["cil", "hll", "lang_ext"] { root.write("\(module.folder)/\(file)", file) }
    let gone = try module.removal(of: module.folder, on: Host(root: root.path))
    #expect(
      gone.map(\.target) == ["cil", "hll", "lang_ext"].map { "\(module.folder)/\($0)" } + [
        module.folder
      ])
  }
}
