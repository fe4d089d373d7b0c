package import HardenCore
package import HardenModel
package import HardenSystem

extension Link {
  package func observe(_ host: borrowing Host, for owner: Owner) throws(SystemError) -> Observation
  {
    do throws(SystemError) {
      if let inode = try host.inode(path), inode.form != .link {
        return Observation(.refused("what stands there is no link; move it away first"))
      }
      let found = try host.linkTarget(path)
      let plane = PlaneState(.file, observed: found, wanted: target, holds: found == target)
      guard plane.differs else { return Observation(planes: [plane]) }
      let before = found.map { FileState(.link($0)) } ?? .absent
      let after = target.map { FileState(.link($0)) } ?? .absent
      return Observation(
        planes: [plane], steps: [.writeFile(WriteFile(path: path, before: before, after: after))],
        notes: target == nil ? [] : try PathPlace.parentNote(path, on: host))
    } catch {
      return try PathPlace.observation(error)
    }
  }
}
