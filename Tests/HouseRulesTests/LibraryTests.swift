import Testing

/// What the shipped playbooks promise beyond being free of mistakes.
@Suite struct LibraryTests {
  private static let page = LibraryPage()

  @Test func `every playbook is read`() {
    for name in LibraryPage.playbooks {
      #expect(Self.page.controls[name]?.isEmpty == false, "\(name)")
    }
  }

  @Test func `no requirement is dropped, and none stands twice`() {
    #expect(Requirement.all.count == 28)
    #expect(Set(Requirement.all.map(\.id)).count == Requirement.all.count)
  }

  @Test func `what protects personal data cites the clauses of the GDPR`() {
    for control in Self.page.all where control.refs["jrt-0171"] != nil {
      #expect(control.refs["gdpr"]?.isEmpty == false, "\(control.id)")
    }
  }

  @Test func `every requirement is answered or named as coming later`() {
    for requirement in Requirement.all {
      let isAnswered = !Self.page.citing(requirement.id, of: "requirement").isEmpty
      #expect(
        isAnswered || requirement.answer != nil || !requirement.later.isEmpty,
        "\(requirement.id)")
    }
  }

  @Test func `controls cite requirements and standards that are known`() {
    let requirements = Set(Requirement.all.map(\.id))
    let standards = Set(LibraryPage.standards.map(\.name))
    for control in Self.page.all {
      #expect(standards.isSuperset(of: control.refs.keys), "\(control.id)")
      #expect(requirements.isSuperset(of: control.refs["requirement"] ?? []), "\(control.id)")
    }
  }

  @Test func `every control says what holds, why, whose clause it is and at which level`() {
    for control in Self.page.all {
      #expect(control.title != control.id && control.why != nil, "\(control.id)")
      #expect(control.refs["nist-800-53"] != nil, "\(control.id) cites nothing")
      #expect(control.tags.count { $0 == "l1" || $0 == "l2" } == 1, "\(control.id)")
    }
    let titles = Self.page.all.map(\.title)
    #expect(Set(titles).count == titles.count, "two controls have one title")
  }
}
