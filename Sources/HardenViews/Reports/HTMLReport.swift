internal import HardenModel

/// An assessment as one HTML page that can be mailed, filtered and printed: no script, nothing from
/// the network, and nothing in it that others wrote can become markup.
struct HTMLReport {
  let assessment: Assessment

  /// The page.
  var text: String {
    let title = "\(assessment.host.name): \(assessment.playbooks.joined(separator: ", "))"
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src '\(HTMLStyle.digest)'">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta name="color-scheme" content="light dark">
      <title>\(Markup.text(title))</title>
      <style>\(HTMLStyle.text)</style>
      </head>
      <body>
      <main>
      \(head)\(filter)\(assessment.rows.map(Self.control).joined())</main>
      </body>
      </html>

      """
  }

  // MARK: What it is about

  private var head: String {
    let host = assessment.host
    var facts: [(String, String)] = [
      ("Host", host.name), ("System", host.system), ("Looked at", Moment.text(assessment.at)),
      ("Plan", assessment.plan.short), ("harden", assessment.tool),
    ]
    if let kernel = host.kernel { facts.insert(("Kernel", kernel), at: 2) }
    if host.root != "/" { facts.insert(("Root", host.root), at: 1) }
    if let run = assessment.run, let word = assessment.word {
      facts.append(("Run", "\(run): \(word)"))
    }
    var out = "<h1>\(Markup.text(assessment.playbooks.joined(separator: ", ")))</h1>\n<dl>"
    for (name, value) in facts { out += "<dt>\(name)</dt><dd>\(Markup.text(value))</dd>" }
    out += "</dl>\n"
    let remarks = (assessment.failure.map { [$0] } ?? []) + assessment.warnings
    if !remarks.isEmpty {
      out += "<ul class=\"remarks\">"
      out += remarks.map { "<li>\(Markup.text($0))</li>" }.joined() + "</ul>\n"
    }
    return out
  }

  // MARK: The filter: one radio button a verdict, and style rules that hide the rest

  private var filter: String {
    var out = "<input type=\"radio\" name=\"show\" id=\"all\" checked>"
    out += "<label for=\"all\">all \(assessment.rows.count)</label>\n"
    for verdict in Verdict.allCases where assessment.count(verdict) > 0 {
      let name = Self.name(verdict)
      out += "<input type=\"radio\" name=\"show\" id=\"\(name)\"><label for=\"\(name)\" "
      out += "class=\"\(name)\">\(verdict.rawValue) \(assessment.count(verdict))</label>\n"
    }
    return out
  }

  /// The class and the button of `verdict`.
  static func name(_ verdict: Verdict) -> String { "v-\(verdict)" }

  // MARK: Controls

  private static func control(_ row: Assessment.Row) -> String {
    let control = row.control
    let isOpen = control.verdict.isOpen || control.verdict == .unmeasured
    var out = "<details class=\"\(name(control.verdict))\"\(isOpen ? " open" : "")><summary>"
    out += "<b>\(control.verdict.rawValue)</b> <code>\(Markup.text(control.id))</code> "
    out += "<span>\(Markup.text(control.title))</span></summary>\n"
    if let reason = control.reason { out += "<p class=\"reason\">\(Markup.text(reason))</p>\n" }
    if let why = control.why { out += "<p>\(Markup.text(why))</p>\n" }
    out += "<p class=\"facts\">severity \(control.severity.rawValue)"
    for (standard, clauses) in control.refs.sorted(by: { $0.key < $1.key }) {
      out += " · \(Markup.text(standard)) \(Markup.text(clauses.joined(separator: ", ")))"
    }
    out += " · \(Markup.text(control.at.file)):\(control.at.line)</p>\n"
    out += changes(row)
    let differing = Set(row.changes.map(\.address))
    let rest = control.resources.filter { !differing.contains($0) }
    if !rest.isEmpty {
      out += "<p class=\"facts\">as wanted: "
      out += rest.map { "<code>\(Markup.text($0.description))</code>" }.joined(separator: " ")
      out += "</p>\n"
    }
    return out + "</details>\n"
  }

  private static func changes(_ row: Assessment.Row) -> String {
    guard !row.changes.isEmpty else { return "" }
    let (was, wanted) = row.isChanged ? ("before", "now") : ("found", "wanted")
    var out = "<table><tr><th>resource</th><th>plane</th><th>\(was)</th><th>\(wanted)</th></tr>\n"
    for change in row.changes {
      for plane in change.planes where !plane.holds {
        let place = plane.observedAt.map { " <small>\(Markup.text($0.description))</small>" } ?? ""
        out += "<tr><td><code>\(Markup.text(change.address.description))</code></td>"
        out += "<td>\(plane.plane.rawValue)</td><td>\(value(plane.observed))\(place)</td>"
        out += "<td>\(value(plane.wanted))</td></tr>\n"
      }
      for remark in (change.refusal.map { ["refused: \($0)"] } ?? []) + change.notes {
        out += "<tr><td colspan=\"4\">\(Markup.text(remark))</td></tr>\n"
      }
    }
    return out + "</table>\n"
  }

  private static func value(_ text: String?) -> String {
    text.map { "<code>\(Markup.text($0.clipped))</code>" } ?? "<i>absent</i>"
  }
}

extension String {
  /// What a cell has room for; the whole is in the JSON document.
  fileprivate var clipped: String { count > 400 ? prefix(400) + "…" : self }
}
