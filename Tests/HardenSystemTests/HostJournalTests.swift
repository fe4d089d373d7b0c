import HardenTestSupport
import SystemPackage
import Testing

@testable import HardenSystem

@Suite(.serialized, .enabled(if: Namespace.isAvailable))
struct HostJournalTests {
  private static let hostile = "two\nlines=\u{1B}[31m\n"

  @Test func `an entry arrives as it was handed over`() throws {
    let entries = try Namespace.run {
      let listener = try JournalListener()
      try HostJournal().send([
        ("MESSAGE", "plain"), ("A_1", Self.hostile), ("B", ""), ("B", "again = x"),
      ])
      return listener.entries()
    }
    #expect(
      entries == [["MESSAGE": ["plain"], "A_1": [Self.hostile], "B": ["", "again = x"]]])
  }

  @Test func `where no journald runs, that is an error`() throws {
    let error = try Namespace.run {
      try Namespace.mountEmpty("/run")
      do throws(SystemError) { try HostJournal().send([("MESSAGE", "x")]) } catch { return error }
      throw SystemError(refusing: "send", "it was taken")
    }
    #expect(error.errno == .noSuchFileOrDirectory)
  }

  @Test func `a journald that does not read is not waited for`() throws {
    let begin = ContinuousClock.now
    let error: SystemError? = try Namespace.run {
      let listener = try JournalListener()
      defer { _ = listener.entries() }
      for _ in 0..<10_000 {
        do throws(SystemError) { try HostJournal().send([("MESSAGE", "x")]) } catch { return error }
      }
      return nil
    }
    #expect(error?.errno == .resourceTemporarilyUnavailable)
    #expect(ContinuousClock.now - begin < .seconds(10))
  }

  @Test func `it goes through the one seam`() throws {
    let entries = try Namespace.run {
      let listener = try JournalListener()
      let calls = Calls { $0.call == "sendto" ? .noMemory : nil }
      #expect(throws: SystemError.self) { try HostJournal(calls: calls).send([("MESSAGE", "x")]) }
      return listener.entries()
    }
    #expect(entries == [])
  }
}
