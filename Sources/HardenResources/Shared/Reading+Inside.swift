internal import HardenCore
internal import HardenModel

extension Reading {
  /// Reads the mapping `node` inside a value; `owner` names it in messages.
  mutating func inside<Value>(
    _ node: Node, of owner: String, _ read: (inout Fields) -> Value
  ) -> Value {
    var fields = Fields(node, of: owner, reading: self)
    let value = read(&fields)
    self = fields.finish()
    return value
  }
}
