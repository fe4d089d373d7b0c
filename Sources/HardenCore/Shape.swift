/// What a value looks like, for the JSON schema, the manual and messages.
package indirect enum Shape: Hashable, Sendable {
  /// Any text.
  case text
  /// Text of a form that people know, with a regular expression (ECMA 262) and an example.
  case pattern(String, example: String)
  /// `true` or `false`.
  case boolean
  /// A whole number.
  case integer(ClosedRange<Int>)
  /// One of these words.
  case choice([String])
  /// A list.
  case list(Shape)
  /// A mapping from any key to this.
  case mapping(Shape)
  /// A mapping with these keys and no others.
  case object([FieldSpec])
  /// Any of these.
  case either([Shape])
  /// A shape that the schema defines once under this name, because it contains itself or depends
  /// on the catalogue.
  case named(String)
}
