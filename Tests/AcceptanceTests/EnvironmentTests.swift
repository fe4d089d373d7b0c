import Foundation
import HardenTestSupport
import Testing

/// The environment that a caller sets never reaches code that runs as root.
@Suite struct EnvironmentTests {
  /// A shared object whose constructor leaves a trace.
  private func preload(_ folder: String) throws -> String {
    try build(
      folder,
      """
      printf '%s' '#include <fcntl.h>
      __attribute__((constructor)) static void run(void) { open("\(folder)/ran", O_CREAT, 0600); }' > evil.c
      "$clang" -shared -fPIC -o evil.so evil.c
      """)
    return "\(folder)/evil.so"
  }

  private static let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin"

  /// Runs lines of shell in `folder` that build; `$clang` and `$start`, the start code's folder, are set.
  private func build(_ folder: String, _ script: String) throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(
        path: "Sources/CHardenStart")
    try Shell.run(
      """
      cd \(folder)
      PATH=\(Self.path):$PATH
      clang=$(dirname "$(readlink -f "$(command -v swift)")")/clang
      start='\(sources.path())'
      \(script)
      """)
  }

  private func ran(_ folder: String) throws -> Bool {
    let path = "\(folder)/ran"
    defer { try? FileManager.default.removeItem(atPath: path) }
    return FileManager.default.fileExists(atPath: path)
  }

  @Test func `a library that LD_PRELOAD names is never run`() throws {
    let scratch = try Scratch()
    let library = try preload(scratch.path)
    _ = try Launch("/usr/bin/env", ["LD_PRELOAD=\(library)", "/bin/true"])
    #expect(try ran(scratch.path), "the library does nothing in an ordinary program either")
    let launch = try Launch("/usr/bin/env", ["LD_PRELOAD=\(library)", Program.path, "--version"])
    #expect(launch.status == 0)
    #expect(try !ran(scratch.path))
  }

  /// The start code of harden linked to a program that traps, with and without it.
  @Test(arguments: ["SWIFT_BACKTRACE=enable=yes,swift-backtrace=%/evil", "SWIFT_ROOT=%/root"])
  func `a program that the environment names is never run when harden's code traps`(
    variable: String
  ) throws {
    let scratch = try Scratch()
    let folder = scratch.path
    try build(
      folder,
      """
      printf '#!/bin/sh\\n: > \(folder)/ran\\n' > evil
      chmod 755 evil
      for place in root/libexec/swift/linux root/libexec/swift/linux-static; do
        for machine in $(uname -m) .; do
          mkdir -p $place/$machine
          cp evil $place/$machine/swift-backtrace; cp evil $place/$machine/swift-backtrace-static
        done
      done
      "$clang" -c -O2 -I "$start/include" -o start.o "$start"/*.c
      printf 'let list = [1]; print(list[CommandLine.arguments.count + 5])' > trap.swift
      swiftc -O -static-stdlib -o bare trap.swift 2>&1
      swiftc -O -static-stdlib -o guarded trap.swift start.o 2>&1
      """)
    let setting = variable.replacing("%", with: folder)
    let extra = setting.hasPrefix("SWIFT_ROOT") ? ["SWIFT_BACKTRACE=enable=yes"] : []
    let bare = try Launch("/usr/bin/env", [setting] + extra + ["\(folder)/bare"])
    #expect(bare.status > 128)
    #expect(try ran(folder), "nothing is run without the start code either")
    let guarded = try Launch("/usr/bin/env", [setting] + extra + ["\(folder)/guarded"])
    #expect(guarded.status > 128)
    #expect(try !ran(folder))
  }

  /// The start code linked to a program that prints its environment and what /proc says of it.
  @Test(arguments: [
    // In place: there is room for what is fixed.
    (["HOME=/x", "SECRET=planted", "IFS=x"], 1),
    // Executed again: no room, or the loader has read something.
    (["HOME=planted"], 2),
    (["HOME=/x", "LANG=planted", "IFS=x", "LD_BIND_NOT=planted"], 2),
    (["HOME=/x", "LANG=planted", "IFS=x", "GLIBC_TUNABLES=glibc.malloc.check=1"], 2),
    (["HOME=/x", "LANG=planted", "IFS=x", "MALLOC_ARENA_TEST=1"], 2),
  ])
  func
    `the environment is fixed, only what is harmless passes, and the program starts again only if it must`(
      extra: [String], starts: Int
    ) throws
  {
    let scratch = try Scratch()
    let folder = scratch.path
    try build(
      folder,
      """
      cat > show.c <<'END'
      #include <stdio.h>
      extern char **environ;
      int main(void) {
        for (char **entry = environ; *entry; entry++) puts(*entry);
        FILE *file = fopen("/proc/self/environ", "r");
        for (int byte; (byte = fgetc(file)) != EOF;) putchar(byte ? byte : '|');
        return 0;
      }
      END
      "$clang" -O2 -I "$start/include" -o show show.c "$start"/*.c
      """)
    let passing = extra.count < 3 ? [] : ["TERM=dumb", "TRACEPARENT=00-a-b-01"]
    let refused =
      extra.count < 3
      ? [] : ["NO_COLOR=\u{1B}[0m", "NOTIFY_SOCKET=\(String(repeating: "x", count: 201))"]
    let log = "\(folder)/log"
    let launch = try Launch(
      "/usr/bin/strace",
      ["-e", "trace=execve", "-o", log, "/usr/bin/env", "-i"] + passing + refused + extra
        + ["\(folder)/show"], captures: true, mergesErrors: false)
    #expect(launch.status == 0)
    let lines = launch.output.split(separator: "\n").map(String.init)
    #expect(
      lines.filter { !$0.contains("|") }
        == [
          "PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no",
        ] + passing)
    #expect(!launch.output.contains("planted"))
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("execve(") && !$0.contains("/usr/bin/env\"") }
    #expect(calls.count == starts, "\(calls)")
  }

  @Test
  func
    `harden itself is executed again in the fixed environment where the loader has read something`()
    throws
  {
    let scratch = try Scratch()
    let log = "\(scratch.path)/log"
    let launch = try Launch(
      "/usr/bin/env",
      [
        "-i", "TERM=dumb", "NO_COLOR=\u{1B}[0m", "NO_COLOR=1", "TRACEPARENT=00-a-b-01", "HOME=/x",
        "TERM=second", "NOTIFY_SOCKET=\(String(repeating: "x", count: 201))", "IFS=x",
        "LD_BIND_NOT=1", "/usr/bin/strace", "-v", "-s", "500", "-e", "trace=execve", "-o", log,
        Program.path, "--version",
      ])
    #expect(launch.status == 0)
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
      .filter { $0.contains("execve(") }
    #expect(calls.count == 2, "\(calls)")
    #expect(
      calls.last?.contains(
        #"["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LC_ALL=C.UTF-8", "SWIFT_BACKTRACE=enable=no", "TERM=second", "NO_COLOR=1", "TRACEPARENT=00-a-b-01"]"#
      ) == true, "\(calls.last ?? "")")
  }

  @Test func `harden itself starts once`() throws {
    let scratch = try Scratch()
    let log = "\(scratch.path)/log"
    let launch = try Launch(
      "/usr/bin/env",
      [
        "-i", "HOME=/x", "LANG=C", "USER=root", "IFS=x", "/usr/bin/strace", "-e", "trace=execve",
        "-o", log, Program.path, "--version",
      ])
    #expect(launch.status == 0)
    let calls = try String(contentsOfFile: log, encoding: .utf8).split(separator: "\n")
    #expect(calls.filter { $0.contains("execve(") }.count == 1, "\(calls)")
  }
}
