import Foundation
import HardenModel
import Testing

/// The names of steps on disk: a journal of an older version must mean the same for ever.
struct StepTests {
  private static let steps: [(Step, String)] = [
    (.setSysctl(SetSysctl(SysctlKey(path: "a/b"), before: "0", after: "1")), "sysctl"),
    (.editFile(EditFile(path: "/f", format: .sysctl, edits: [])), "edit"),
    (.writeFile(WriteFile(path: "/f", before: .absent, after: FileState(.link("/x")))), "file"),
    (
      .setAttributes(
        SetAttributes(
          path: "/f", isDirectory: true, before: Attributes(), after: Attributes(mode: Mode(0o700)))
      ), "attributes"
    ),
  ]

  @Test(arguments: steps.indices) func `a step is written under its name and read again`(index: Int)
    throws
  {
    let (step, name) = Self.steps[index]
    let json = try JSONEncoder().encode(step)
    #expect(
      (try JSONSerialization.jsonObject(with: json) as? [String: Any])?["step"] as? String == name)
    #expect(try JSONDecoder().decode(Step.self, from: json) == step)
  }
}
