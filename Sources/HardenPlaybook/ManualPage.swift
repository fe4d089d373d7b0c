internal import HardenModel
package import HardenCore

/// The documentation page of a kind, in Markdown.
package struct ManualPage {
  private let manual: Manual

  /// The page of the kind that `manual` describes.
  package init(_ manual: Manual) { self.manual = manual }

  /// The page's text, ending in a line feed.
  package var text: String {
    var lines = ["# \(manual.kind)", "", manual.summary, ""]
    lines += ["## Fields", "", "| Field | Looks like | |", "| --- | --- | --- |"]
    lines += manual.fields.map { field in
      let name = field.isRequired ? "`\(field.name)` (required)" : "`\(field.name)`"
      return "| \(name) | \(Self.cell(field.shape.words)) | \(Self.cell(field.summary)) |"
    }
    lines += ["", "## What it does", "", manual.details, ""]
    lines += ["Planes: \(manual.planes)", "", "Undo: \(manual.undo)", ""]
    lines += ["## Example", "", "```yaml", "ensure:", manual.entry(indent: "  "), "```"]
    return lines.joined(separator: "\n") + "\n"
  }

  /// A bar would end the cell of a table.
  private static func cell(_ text: String) -> String {
    text.split(at: "|", omittingEmptySubsequences: false).joined(separator: "\\|")
  }
}
