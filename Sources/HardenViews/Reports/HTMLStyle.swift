internal import HardenModel

/// The look of the page: its colours follow the reader's, and on paper everything is open.
enum HTMLStyle {
  /// What the page's policy allows: this style and no other.
  static let digest = "sha256-bji0pDwAAnWmZzqsdueUfrIRqVO//IF0ube9tSeawEY="

  /// The style sheet, with one rule for each button.
  static let text: String = {
    let filters = Verdict.allCases.map { verdict in
      let name = HTMLReport.name(verdict)
      return "#\(name):checked~details:not(.\(name)){display:none}"
    }
    return base + filters.joined(separator: "\n") + "\n"
  }()

  private static let base = """

    :root{color-scheme:light dark;--good:#1a7f37;--bad:#c62828;--warn:#9a6700;--quiet:#59636e}
    @media (prefers-color-scheme:dark){:root{--good:#3fb950;--bad:#ff7b72;--warn:#d29922;--quiet:#9198a1}}
    body{font:15px/1.5 system-ui,sans-serif;margin:0}
    main{max-width:70rem;margin:auto;padding:1rem}
    h1{font-size:1.4rem}
    dl{display:grid;grid-template-columns:max-content 1fr;gap:0 1rem;margin:0 0 1rem}
    dt,.facts,small{color:var(--quiet)}
    dd{margin:0}
    .remarks{color:var(--warn)}
    input[name=show]{position:absolute;opacity:0}
    label{display:inline-block;padding:.1rem .6rem;margin:0 .3rem .6rem 0;border:1px solid;border-radius:1rem;cursor:pointer}
    input:checked+label{outline:2px solid}
    input:focus-visible+label{outline:2px dashed}
    details{border-top:1px solid color-mix(in srgb,currentColor 20%,transparent);padding:.3rem 0}
    summary{cursor:pointer}
    summary b{display:inline-block;min-width:8rem}
    .v-holds b,label.v-holds{color:var(--good)}
    .v-differs b,.v-drifted b,label.v-differs,label.v-drifted{color:var(--bad)}
    .v-pending b,.v-unmeasured b,label.v-pending,label.v-unmeasured{color:var(--warn)}
    .v-notApplicable b,.v-waived b,.v-manual b{color:var(--quiet)}
    table{border-collapse:collapse;width:100%;margin:.3rem 0}
    td,th{text-align:left;vertical-align:top;padding:.15rem .5rem;border:1px solid color-mix(in srgb,currentColor 15%,transparent)}
    code{font:13px ui-monospace,monospace;overflow-wrap:anywhere}
    @media print{input,label{display:none}details::details-content{content-visibility:visible}}

    """
}
