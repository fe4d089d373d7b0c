import HardenTestSupport
import Testing

/// What the early guard undoes while systemd starts what the run left.
@Suite(.serialized, .enabled(if: Namespace.isAvailable && Systemd.isAvailable))
struct BootUndoTests {
  /// A playbook of which nobody but the guard cares.
  private static let file = """
    harden: 1
    name: p
    controls: [{id: a, ensure: [{file: {path: /etc/harden-test, content: "a\n"}}]}]
    """

  @Test func `a unit that a run masked runs in the boot that undoes the run`() throws {
    let scratch = try Scratch()
    scratch.write(
      "p.yaml",
      """
      harden: 1
      name: p
      controls:
        - id: a
          ensure:
            - service: {unit: web, masked: true, running: false}
            - service: {unit: idle, enabled: true, running: true}
      """)
    scratch.write(
      "canary.yaml", "canary:\n  - {id: true, probe: {command: [/bin/true], as: root}}\n")
    let service = "[Service]\nExecStart=/bin/sleep 1000\n"
    let ended = try scratch.withSystemd(
      units: [
        "web.service": service,
        // Its turn comes after the guard, which takes it back.
        "idle.service": "[Unit]\nAfter=basic.target\n\(service)[Install]\nWantedBy=basic.target\n",
        "sysinit.target": "[Unit]\nDefaultDependencies=no\n",
        "basic.target":
          "[Unit]\nDefaultDependencies=no\nRequires=sysinit.target\nAfter=sysinit.target\n",
      ],
      """
      look() { systemctl --user is-active web idle | tr '\\n' ' '; echo "$1"; }
      boot() {
        kill -9 $(pgrep -x systemd)
        sleep 0.2
        cat /proc/sys/kernel/random/uuid > boot_id
        umount /proc/sys/kernel/random/boot_id 2> /dev/null
        mount --bind boot_id /proc/sys/kernel/random/boot_id
        systemd --user --unit=default.target >> manager.log 2>&1 &
        for try in $(seq 200); do
          systemctl --user -q is-active default.target 2> /dev/null && break
          sleep 0.05
        done
        sleep 1
      }
      systemctl --user start web
      look before
      # No boot here begins its clock anew.
      span=$(($(cut -d. -f1 /proc/uptime) + 1800))s
      $H apply p.yaml --yes $S --canary canary.yaml --confirm-within $span --on-reboot probe \\
        > apply.txt 2>&1
      look "apply $?"
      boot; look counted
      boot; look undone
      find /etc/systemd/system -type l
      """)
    #expect(
      ended.output == """
        active inactive before
        inactive active apply 0
        inactive active counted
        active inactive undone

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("manager.log") ?? "")")
  }

  @Test func `an alarm outlives another target, and comes back where it is lost`() throws {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.file)
    let ended = try scratch.withSystemd(
      units: ["other.target": "[Unit]\nDefaultDependencies=no\nAllowIsolate=yes\n"],
      """
      alarms() {
        echo "$1 $(systemctl --user list-units --plain --no-legend 'harden-guard-*.timer' | wc -l)"
      }
      $H apply p.yaml --yes $S --confirm-within 30m > apply.txt 2>&1; alarms "apply $?"
      systemctl --user isolate other.target; alarms isolated
      systemctl --user stop 'harden-guard-*.timer'; alarms stopped
      live/guard/harden guard $S; alarms "looked $?"
      live/guard/harden guard $S; alarms "looked again $?"
      setsid -w $H confirm $S > confirm.txt 2>&1; alarms "confirmed $?"
      live/guard/harden guard $S; alarms "nothing waits $?"
      grep -c 'no systemd runs here' apply.txt
      """)
    #expect(
      ended.output == """
        apply 0 1
        isolated 1
        stopped 0
        looked 0 1
        looked again 0 1
        confirmed 0 0
        nothing waits 0 0
        0

        """, "\(scratch.text("apply.txt") ?? "")\(scratch.text("confirm.txt") ?? "")")
  }

  @Test func `no alarm is left of a run that failed or was given up, one of a run with more time`()
    throws
  {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.file)
    scratch.write(
      "no.yaml", "canary: [{id: no, probe: {command: [/bin/sh, \(scratch.path)/no], as: root}}]\n")
    scratch.write(
      "count",
      """
      export XDG_RUNTIME_DIR=/run/user/0
      units() { systemctl --user list-units --all --plain --no-legend "$@" | awk '{ print $1 }'; }
      # An alarm is a timer and the service that it starts.
      left() { echo "$1: $(units 'harden-guard*' | wc -l) $(find /etc/systemd -name 'harden*' | wc -l)"; }
      """)
    scratch.write("no", "cd \(scratch.path); . ./count; left armed > armed.txt; exit 1\n")
    let ended = try scratch.withSystemd(
      units: [:],
      """
      . ./count
      due() { units 'harden-guard-*.timer' | sed 's/.*-//; s/[.]timer//'; }
      $H apply p.yaml --yes $S --canary no.yaml --confirm-within 30m > out.txt 2>&1; left "failed $?"
      cat armed.txt
      $H apply p.yaml --yes $S --confirm-within 5m >> out.txt 2>&1; left "waits $?"
      first=$(due)
      $H confirm --extend 10m $S >> out.txt 2>&1; left "extended $?"
      [ $(due) -gt $((first + 240000)) ] && echo later
      $H rollback --yes $S >> out.txt 2>&1; left "given up $?"
      """)
    #expect(
      ended.output == """
        failed 1: 0 0
        armed: 2 2
        waits 0: 2 2
        extended 0: 2 2
        later
        given up 0: 0 0

        """, "\(scratch.text("out.txt") ?? "")")
  }
}
