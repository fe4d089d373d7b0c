/// Turning enforcement, one boolean or one permissive domain of the running SELinux on or off.
package struct SetSELinux: Hashable, Sendable, Codable {
  /// The boolean; nil is enforcement itself, unless a domain is named.
  package var boolean: String?
  /// The domain that is permissive while it is on.
  package var domain: String?
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

  /// Whether `domain` is permissive, going from `before` to `after`.
  package init(permissive domain: String, before: Bool, after: Bool) {
    self.domain = domain
    self.before = before
    self.after = after
  }

  /// What the step changes, as plans print it.
  package var target: String {
    if let domain { return "selinux domain \(domain)" }
    return boolean.map { "selinux boolean \($0)" } ?? "selinux enforcement"
  }

  /// What `isOn` means to people.
  package func text(_ isOn: Bool) -> String {
    if domain != nil { return isOn ? "permissive" : "enforcing" }
    return boolean == nil ? (isOn ? "enforcing" : "permissive") : (isOn ? "on" : "off")
  }
}
