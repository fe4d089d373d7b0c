/// Turning enforcement, or one boolean, of the running SELinux on or off.
package struct SetSELinux: Hashable, Sendable, Codable {
  /// The boolean; nil is enforcement itself.
  package var boolean: String?
  /// Whether it must be on before.
  package var before: Bool
  /// Whether it is on afterwards.
  package var after: Bool

  /// `boolean`, or enforcement, going from `before` to `after`.
  package init(_ boolean: String?, before: Bool, after: Bool) {
    self.boolean = boolean
    self.before = before
    self.after = after
  }

  /// What the step changes, as plans print it.
  package var target: String { boolean.map { "selinux boolean \($0)" } ?? "selinux enforcement" }

  /// What `isOn` means to people.
  package func text(_ isOn: Bool) -> String {
    boolean == nil ? (isOn ? "enforcing" : "permissive") : (isOn ? "on" : "off")
  }
}
