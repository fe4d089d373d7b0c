import Foundation
import Glibc
import HardenModel
import HardenSystem
import HardenTestSupport
import Testing

@testable import HardenEngine

/// Real processes of python, in places of their own; one at a time, since all see the same processes.
@Suite(.serialized, .enabled(if: Namespace.isAvailable)) struct AnsibleModuleTests {
  private typealias Host = HardenSystem.Host

  /// Runs `body` with python running what `program` is, on a host with empty homes and directories
  /// for temporary files; `leave` is what the scene leaves behind before.
  private func running<Value>(
    _ program: String, leave: String = "true",
    _ body: @escaping (borrowing HardenSystem.Host, ProcessName) throws -> Value
  ) throws -> Value {
    try Namespace.run {
      try Shell.run(
        "for d in /root /tmp /var/tmp; do mount -t tmpfs none $d; done; mkdir -p /root/.ansible/tmp; \(leave)"
      )
      let pid = try Shell.run(
        """
        \(program) >/dev/null 2>&1 & echo $!
        for i in $(seq 200); do [ -e /tmp/ready ] && break; sleep 0.05; done
        """
      ).filter(\.isNumber)
      let number = try #require(Int(pid))
      defer { kill(pid_t(number), SIGKILL) }
      let host = try Host()
      return try body(host, host.process(number))
    }
  }

  private static let waiting = "import time; open('/tmp/ready', 'w').close(); time.sleep(600)"
  private static let folder = "/root/.ansible/tmp/ansible-tmp-1.5-7-9"
  /// A module that is copied to the home of who logs in.
  private static let copied =
    "mkdir \(folder); echo \"\(waiting)\" > \(folder)/AnsiballZ_dnf.py; python3 \(folder)/AnsiballZ_dnf.py"
  /// A module that python gets from its standard input and unpacks.
  private static let piped =
    "echo \"import os; os.mkdir('/tmp/ansible_dnf_payload_x'); \(waiting)\" > /tmp/in; python3 - < /tmp/in"

  @Test func `a module that runs is named with its process`() throws {
    let (module, process) = try found(Self.copied)
    #expect(module == "\(process) runs \(Self.folder)/AnsiballZ_dnf.py for ansible")
    let step = PlannedStep(
      .writeFile(WriteFile(path: "/etc/x", before: .absent, after: FileState(.directory))), for: [])
    let said = try running(Self.copied) { host, _ in
      try HostInterlocks([step], on: host).obstacles
    }
    #expect(said.map(\.subject) == ["host:others"])
    #expect(said.first?.message.contains("for ansible and is changing this host; wait") == true)
  }

  /// What is said of the module that `program` is, and the process of it.
  private func found(_ program: String, leave: String = "true") throws -> (
    said: String?, process: ProcessName
  ) {
    try running(program, leave: leave) { host, process in
      (try AnsibleModule.running(on: host, except: []), process)
    }
  }

  @Test func `a module that python got without a file is known by what it unpacks`() throws {
    let (said, process) = try found(Self.piped)
    #expect(
      said
        == "\(process) runs the module of ansible that is unpacked in /tmp/ansible_dnf_payload_x")
  }

  @Test func `what a run has left behind is nobody`() throws {
    let leave =
      "mkdir \(Self.folder) /tmp/ansible_dnf_payload_x; touch -d '10 minutes ago' /tmp/ansible_dnf_payload_x; touch \(Self.folder)/AnsiballZ_dnf.py"
    #expect(try found("python3 -c \"\(Self.waiting)\"", leave: leave).said == nil)
  }

  @Test func `python that runs something else is nobody`() throws {
    let young = "mkdir \(Self.folder) /tmp/ansible_dnf_payload_x"
    #expect(try found("python3 -c \"\(Self.waiting)\"", leave: young).said == nil)
    #expect(try found("python3 -c \"\(Self.waiting)\"").said == nil)
  }

  @Test(arguments: [copied, piped])
  func `the module that runs harden is nobody else`(program: String) throws {
    #expect(try found(program).said != nil)
    let said = try running(program) { host, process in
      try AnsibleModule.running(on: host, except: [process])
    }
    #expect(said == nil)
  }
}
