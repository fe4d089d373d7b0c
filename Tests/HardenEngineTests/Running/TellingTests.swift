import Foundation
import HardenModel
import HardenTestSupport
import Testing

/// What the journal of the host is told, through the built program in a private namespace.
@Suite(.serialized, .enabled(if: Namespace.isAvailable))
struct TellingTests {
  private typealias Entry = JournalListener.Entry

  /// A namespace with a listener, a playbook and a function that runs harden there.
  private func told(
    _ body:
      @escaping (JournalListener, _ harden: ([String]) throws -> Program.Result) throws -> Void
  ) throws {
    try Namespace.run {
      let host = try RootedHost(
        playbook: """
          harden: 1
          name: p
          controls:
            - id: a
              ensure: [sysctl: {key: net.ipv4.conf.lo.arp_ignore, value: 2}]
          """)
      let listener = try JournalListener()
      try Namespace.mountEmpty("/etc/sysctl.d")
      try body(listener) { words in
        try Program.run(words + ["--state", host.path("live")], in: host.path(""))
      }
    }
  }

  private func text(_ entry: Entry?, _ name: String) -> String? { entry?[name]?.first }

  @Test func `a run says that it begins and how it ended, and so does its rollback`() throws {
    try told { listener, harden in
      let applied = try harden(["apply", "playbook.yaml", "--yes", "--reason", "CHG-1\nand more"])
      #expect(applied.status == 0, "\(applied)")
      let entries = listener.entries()
      #expect(entries.map { text($0, "MESSAGE_ID") } == [Notice.began.id, Notice.done.id])
      for entry in entries {
        #expect(text(entry, "HARDEN_RUN") == "1" && text(entry, "HARDEN_VERB") == "apply")
        #expect(text(entry, "HARDEN_PLAYBOOK") == "p" && text(entry, "HARDEN_STEPS") == "2")
        #expect(text(entry, "HARDEN_REASON") == "CHG-1\nand more")
        #expect(text(entry, "SYSLOG_IDENTIFIER") == "harden")
      }
      #expect(text(entries.last, "HARDEN_RESULT") == "applied")
      #expect(text(entries.last, "HARDEN_DONE") == "2")

      #expect(try harden(["rollback", "--yes"]).status == 0)
      let back = listener.entries()
      #expect(back.map { text($0, "MESSAGE_ID") } == [Notice.began.id, Notice.rolledBack.id])
      #expect(text(back.last, "MESSAGE") == "run 2 has put back what run 1 had set")
    }
  }

  @Test func `drift is told with what has drifted, and nothing else is`() throws {
    try told { listener, harden in
      _ = try harden(["apply", "playbook.yaml", "--yes"])
      _ = listener.entries()
      #expect(try harden(["drift"]).status == 0)
      #expect(listener.entries() == [])
      try Data("1\n".utf8).write(to: URL(filePath: "/proc/sys/net/ipv4/conf/lo/arp_ignore"))
      #expect(try harden(["drift"]).status == 0)
      let entry = listener.entries().first
      #expect(text(entry, "MESSAGE_ID") == Notice.drifted.id)
      #expect(text(entry, "HARDEN_DRIFTED") == "1" && text(entry, "PRIORITY") == "4")
      #expect(entry?["HARDEN_RESOURCE"] == ["sysctl[net.ipv4.conf.lo.arp_ignore]"])
      #expect(try harden(["plan", "playbook.yaml"]).status == 0)
      #expect(listener.entries() == [])
    }
  }

  @Test func `a run that nobody confirms is told as undone`() throws {
    try told { listener, harden in
      let applied = try harden(["apply", "playbook.yaml", "--yes", "--confirm-within", "1h"])
      #expect(text(listener.entries().last, "MESSAGE_ID") == Notice.waiting.id, "\(applied)")
      #expect(try harden(["rollback", "1", "--yes"]).status == 0)
      let entry = listener.entries().last
      #expect(text(entry, "MESSAGE_ID") == Notice.reverted.id, "\(String(describing: entry))")
      #expect(text(entry, "HARDEN_RUN") == "1" && text(entry, "HARDEN_VERB") == "rollback")
      #expect(text(entry, "HARDEN_RESTORED") != "0", "\(String(describing: entry))")
    }
  }

  @Test func `a run does not need anybody to hear it`() throws {
    try told { listener, harden in
      try FileManager.default.removeItem(atPath: "/run/systemd/journal/socket")
      let applied = try harden(["apply", "playbook.yaml", "--yes"])
      #expect(applied.status == 0 && !applied.messages.contains("journal"), "\(applied)")
    }
  }
}
