import HardenCore
import HardenModel
import Testing

@Suite struct IfMissingTests {
  private func allowed(_ own: String?, _ control: IfMissing?, usual: IfMissing) -> Bool {
    var reading = Reading()
    reading.ifMissing = control
    let node = own.map { mapping(["if_missing": plain($0)]) } ?? mapping([:])
    var fields = Fields(node, of: "thing", reading: reading)
    return fields.isMissingAllowed(usual: usual)
  }

  @Test func `the resource, then its control, then what is usual decides`() {
    #expect(allowed("skip", .refuse, usual: .refuse))
    #expect(!allowed("refuse", .skip, usual: .skip))
    #expect(allowed(nil, .skip, usual: .refuse))
    #expect(!allowed(nil, .refuse, usual: .skip))
    #expect(allowed(nil, nil, usual: .skip) && !allowed(nil, nil, usual: .refuse))
  }
}
