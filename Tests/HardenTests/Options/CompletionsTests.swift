import HardenTestSupport
import Testing

@Suite struct CompletionsTests {
  /// What bash offers for the last of `words`.
  private func offered(_ words: String, in directory: String = "/") throws -> [Substring] {
    let said = try Program.shell(
      """
      mkdir "$TMPDIR/$$" && ln -s "$HARDEN" "$TMPDIR/$$/harden"
      PATH="$TMPDIR/$$:$PATH" bash -c '
        eval "$(harden --generate-completion-script bash)"
        COMP_WORDS=(\(words)) COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_LINE="\(words)"
        COMP_POINT=${#COMP_LINE} COMPREPLY=()
        _harden harden "${COMP_WORDS[COMP_CWORD]}" "${COMP_WORDS[COMP_CWORD - 1]}"
        printf "%s\\n" "${COMPREPLY[@]}"'
      rm -r "$TMPDIR/$$"
      """, in: directory, environment: ["TMPDIR": "/tmp"])
    try #require(said.status == 0, "\(said)")
    return said.output.split(separator: "\n")
  }

  @Test func `kinds and codes for explain`() throws {
    #expect(try offered("harden explain sysc") == ["sysctl"])
    #expect(try offered("harden explain H0105") == ["H0105"])
  }

  @Test func `playbooks for plan`() throws {
    let host = try RootedHost(playbook: RootedHost.banner())
    try host.write("playbook.txt", "")
    #expect(try offered("harden plan playb", in: host.path("")) == ["playbook.yaml"])
  }
}
