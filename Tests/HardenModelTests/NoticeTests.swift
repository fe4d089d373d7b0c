import HardenModel
import Testing

@Suite struct NoticeTests {
  /// Others search for these; a new one is added here, and none is ever changed.
  @Test func `the ids are what they were`() {
    #expect(
      Notice.allCases.map { "\($0) \($0.id)" } == [
        "began ab04ac12ad8042789fbddaad8238aefe",
        "done 3dcac187d38e4228a659652cc17bd9a0",
        "waiting fd4ae44fc4d8421f9a314bab5057342f",
        "failed c264f427ea264fb3a8b4b0b60b02c4f8",
        "rolledBack e4688a8bf9104a69ac1f7ab88bd9a538",
        "reverted 97640bf54f374d8bab3b27b053311deb",
        "recovered 9eb69385bc754780b063656df369741f",
        "attention cb160bde3178485c836db56458314a21",
        "drifted fd7bf971b3c545dba717e69e70a4f3ef",
      ])
  }

  @Test func `an end that nobody wanted is more urgent than one that was asked for`() {
    #expect(Notice(.incomplete).priority < Notice(.restored).priority)
    #expect(Notice(.reverted).priority < Notice(.applied).priority)
    #expect(Notice(.conflicts) == .attention && Notice(.waiting) == .waiting)
  }
}
