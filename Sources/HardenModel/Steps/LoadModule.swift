/// Loading a kernel module, or taking an unused one out of the running kernel.
package struct LoadModule: Hashable, Sendable, Codable {
  /// The module, with underscores, as the kernel names it.
  package var name: String
  /// Whether it is loaded afterwards; before, it is the other way round.
  package var isLoaded: Bool

  /// The module `name`, loaded or taken out.
  package init(_ name: String, isLoaded: Bool) {
    self.name = name
    self.isLoaded = isLoaded
  }
}
