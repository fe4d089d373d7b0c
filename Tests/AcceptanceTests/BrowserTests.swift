import HardenTestSupport
import Testing

/// The HTML report in a real browser that has no window.
@Suite struct BrowserTests {
  /// What would run, were it taken for markup; it changes the title of the page.
  private static let hostile = [
    #"</title></code><script>document.title='owned'</script>"#,
    #"<img src=x onerror="document.title='owned'">"#,
    #"" autofocus onfocus="document.title='owned'" x=""#,
    #"</style><svg onload=document.title='owned'>"#,
  ]

  /// Two controls that hold and one that differs, with hostile words wherever a playbook has words.
  private func report(in scratch: borrowing Scratch) throws {
    let words = Self.hostile.map { "\"\($0.replacing("\"", with: "\\\""))\"" }
    scratch.write("root/etc/f", "x")
    scratch.write("root/etc/g", "x")
    try Shell.run("chmod 644 \(scratch.path)/root/etc/[fg]")
    scratch.write(
      "p.yaml",
      """
      harden: 1
      name: base
      title: \(words[0])
      controls:
        - id: differs
          title: \(words[1])
          why: \(words[0])
          refs: {cis: \(words[2])}
          ensure: [{file: {path: \(words[3].replacing("\"<", with: "\"/etc/<")), mode: "0600", if_missing: skip}}, {file: {path: /etc/f, mode: "0600"}}]
        - id: holds
          title: kept-one
          ensure: [{file: {path: /etc/g, mode: "0644"}}]
        - {id: by-hand, manual: \(words[1])}
        - {id: waived, ensure: [{file: {path: /etc/g, mode: "0600"}}]}
      waivers:
        - {control: waived, until: 2099-01-01, owner: \(words[2]), reason: \(words[3])}

      """)
    let planned = try scratch.harden(
      "plan", "\(scratch.path)/p.yaml", "--report", "html:\(scratch.path)/report.html")
    #expect(planned.status == 0, "\(planned.output)")
  }

  private func browse(_ scratch: borrowing Scratch, _ page: String, _ options: String...) throws
    -> String
  {
    let words = [
      "--no-sandbox", "--disable-gpu", "--user-data-dir=\(scratch.path)/profile",
      "--virtual-time-budget=2000",
    ]
    let line = (words + options + ["file://\(scratch.path)/\(page)"]).joined(separator: " ")
    return try Shell.run("/usr/bin/chromium-headless-shell \(line) 2>/dev/null")
  }

  @Test func `hostile words stay words`() throws {
    let scratch = try Scratch()
    try report(in: scratch)
    scratch.write("bare.html", "<title>bare</title>" + Self.hostile.joined())
    #expect(try browse(scratch, "bare.html", "--dump-dom").contains("<title>owned"))
    scratch.write("dom.html", try browse(scratch, "report.html", "--dump-dom"))
    scratch.write(
      "read.py",
      #"""
      import html.parser, sys
      class Page(html.parser.HTMLParser):
        tags, names, words = set(), set(), ''
        def handle_starttag(self, tag, attributes):
          self.tags.add(tag); self.names.update(name for name, value in attributes)
        def handle_data(self, data): self.words += data
      page = Page(); page.feed(open(sys.argv[1]).read())
      print(*sorted(page.tags)); print(*sorted(page.names))
      for words in sys.argv[2:]: print(words in page.words)

      """#)
    let words = Self.hostile.map { "'\($0.replacing("'", with: #"'\''"#))'" }
    let read = try Shell.run(
      "/usr/bin/python3 \(scratch.path)/read.py \(scratch.path)/dom.html \(words.joined(separator: " "))"
    )
    #expect(
      read == """
        b body code dd details dl dt h1 head html input label main meta p span style summary table tbody td th title tr
        charset checked class content for http-equiv id lang name open type
        True
        True
        True
        True

        """)
    #expect(!(scratch.text("dom.html") ?? "").contains("<title>owned"))
  }

  @Test func `choosing a verdict shows its controls only, and print shows what is closed`() throws {
    let scratch = try Scratch()
    try report(in: scratch)
    let page = scratch.text("report.html") ?? ""
    scratch.write(
      "holds.html",
      page.replacing(#"id="all" checked"#, with: #"id="all""#)
        .replacing(#"id="v-holds""#, with: #"id="v-holds" checked"#))
    let printed = { (name: String) in
      _ = try browse(scratch, "\(name).html", "--print-to-pdf=\(scratch.path)/\(name).pdf")
      return try Shell.run("/usr/bin/pdftotext \(scratch.path)/\(name).pdf -")
    }
    let all = try printed("report")
    for words in ["file[/etc/f]", "file[/etc/g]", "kept-one", "by-hand", "2099-01-01"] {
      #expect(all.contains(words), "\(words) in \(all)")
    }
    let chosen = try printed("holds")
    #expect(chosen.contains("kept-one") && chosen.contains("file[/etc/g]"), "\(chosen)")
    #expect(!chosen.contains("file[/etc/f]") && !chosen.contains("by-hand"), "\(chosen)")
  }

  @Test(arguments: [("light", 1, "[255, 255, 255]"), ("dark", 0, "[18, 18, 18]")])
  func `the page is as light or dark as its reader likes`(name: String, scheme: Int, wanted: String)
    throws
  {
    let scratch = try Scratch()
    try report(in: scratch)
    _ = try browse(
      scratch, "report.html", "--blink-settings=preferredColorScheme=\(scheme)",
      "--screenshot=\(scratch.path)/seen.png")
    // The first pixel of a PNG stands as it is, however its line is filtered.
    scratch.write(
      "read.py",
      """
      import struct, sys, zlib
      data = open(sys.argv[1], 'rb').read(); at, packed = 8, b''
      while at < len(data):
        size, kind = struct.unpack('>I4s', data[at:at + 8])
        if kind == b'IDAT': packed += data[at + 8:at + 8 + size]
        at += 12 + size
      print(list(zlib.decompress(packed)[1:4]), end='')

      """)
    #expect(
      try Shell.run("/usr/bin/python3 \(scratch.path)/read.py \(scratch.path)/seen.png") == wanted)
  }
}
