import Foundation
import Glibc
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenResources

@Suite(.enabled(if: Namespace.isAvailable)) struct MountNamespacesTests {
  @Test func `without services nobody keeps old flags, and an image has none`() throws {
    let root = try TemporaryRoot()
    #expect(try MountNamespaces.notes("/tmp", on: HardenSystem.Host(root: root.path)) == [])
    let notes = try MountNamespaces.notes("/no/such/mount", on: HardenSystem.Host())
    #expect(notes == [])
  }
}
