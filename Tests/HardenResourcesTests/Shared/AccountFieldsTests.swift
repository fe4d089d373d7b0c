import Testing

@testable import HardenResources

@Suite struct AccountFieldsTests {
  @Test(arguments: [
    ("{name: \"\"}", "'' cannot be the name of an account"),
    ("{name: Bob}", "'Bob' cannot be the name of an account"),
    ("{name: \"a:b\"}", "'a:b' cannot be the name of an account"),
    ("{name: -r}", "'-r' cannot be the name of an account"),
    ("{name: x, uid: -1}", "'-1' cannot be the number of an account"),
    ("{name: x, uid: 4294967295}", "'4294967295' cannot be the number of an account"),
    ("{name: x, uid: 65535}", "'65535' cannot be the number of an account"),
    ("{name: x, home: \"/a:b\"}", "'/a:b' cannot stand in an account file"),
    ("{name: x, shell: \"/a\\nb\"}", "'/a\nb' cannot stand in an account file"),
    ("{name: x, shell: bash}", "'bash' is not a plain absolute path"),
    ("{name: x, expires: 2027-02-30}", "'2027-02-30' is no day"),
    ("{name: x, ageing: {max: 100000}}", "100000 is no number of days"),
    ("{name: x, ageing: {maximum: 1}}", "unknown key 'maximum' in ageing"),
    ("{name: x, password: secret}", "'secret' is none of locked"),
  ])
  func `what no account file takes is refused while reading`(yaml: String, message: String) throws {
    #expect(try Entry<User>(yaml).messages == [message])
  }

  @Test func `days and limits become fields`() throws {
    let user = try #require(
      try Entry<User>("{name: x, expires: 2027-03-31, ageing: {max: -1, min: 7}}").resources.first)
    #expect(user.claims.ages == [.expires: "20908", .max: "", .min: "7"])
    let never = try Entry<User>("{name: x, expires: never}").resources.first
    #expect(never?.claims.ages == [.expires: ""])
    #expect(AccountEnd.shown("20908") == "2027-03-31" && AccountEnd.shown("") == "never")
  }
}
