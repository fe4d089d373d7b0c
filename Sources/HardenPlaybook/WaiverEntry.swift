internal import HardenCore
internal import HardenModel
internal import HardenSystem

/// One entry of `waivers:`.
struct WaiverEntry: FieldValue {
  /// The waiver.
  var waiver: Waiver

  private enum Keys {
    static let control = Field<Identifier>(
      "control", required: true, verbatim: true, "the id of the waived control")
    static let until = Field<Day>(
      "until", required: true, verbatim: true, "the last day on which it counts")
    static let owner = Field<String>(
      "owner", required: true, verbatim: true, "who answers for it")
    static let reason = Field<String>(
      "reason", required: true, verbatim: true, "why")
    static let ticket = Field<String>(
      "ticket", verbatim: true, "where it was agreed")
  }

  static func read(_ node: Node, _ reading: inout Reading) -> WaiverEntry? {
    var fields = Fields(node, of: "waiver", reading: reading)
    let control = fields.read(Keys.control)
    let at = fields.node(Keys.control)?.range ?? node.range
    let until = fields.read(Keys.until)
    let owner = fields.read(Keys.owner)
    let reason = fields.read(Keys.reason)
    let ticket = fields.read(Keys.ticket)
    reading = fields.finish()
    guard let control, let until, let owner, let reason else { return nil }
    return WaiverEntry(
      waiver: Waiver(
        control: control.text, until: until.text, owner: owner, reason: reason, ticket: ticket,
        at: at))
  }

  static var shape: Shape {
    .object([
      Keys.control.spec, Keys.until.spec, Keys.owner.spec, Keys.reason.spec, Keys.ticket.spec,
    ])
  }

  /// A file that holds nothing but waivers.
  enum File {
    private static let waivers = Field<[WaiverEntry]>(
      "waivers", required: true, verbatim: true, "accepted exceptions")

    static func read(_ root: Node, _ reading: inout Reading) -> [Waiver] {
      var fields = Fields(root, of: "the waivers file", reading: reading)
      let waivers = fields.read(waivers)
      reading = fields.finish()
      return (waivers ?? []).map(\.waiver)
    }
  }
}

/// A day as `YYYY-MM-DD`.
struct Day: FieldValue {
  /// The day's text.
  let text: String

  static func read(_ node: Node, _ reading: inout Reading) -> Day? {
    reading.parsed(
      node, expected: "a day", form: "a day",
      help: "write it as YYYY-MM-DD, for example 2027-03-31"
    ) { CalendarDay.isValid($0) ? Day(text: $0) : nil }
  }

  static var shape: Shape { .pattern("^[0-9]{4}-[0-9]{2}-[0-9]{2}$", example: "2027-03-31") }
}
