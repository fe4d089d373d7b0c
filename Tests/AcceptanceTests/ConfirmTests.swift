import HardenTestSupport
import Testing

/// Runs that wait to be confirmed, on the running kernel; a process that watches is their guard.
@Suite(.serialized, .enabled(if: Namespace.isAvailable))
struct ConfirmTests {
  private static let playbook = """
    harden: 1
    name: p
    controls:
      - id: a
        ensure:
          - sysctl: {key: net.ipv4.ip_forward, value: 0}
          - file: {path: /srv/made, content: "x\\n"}

    """

  /// Runs `script` after a start that forwards; `show` prints what counts.
  private func run(_ script: String, canary: String = "") throws -> String {
    let scratch = try Scratch()
    scratch.write("p.yaml", Self.playbook + canary)
    return try scratch.inside(
      """
      mount -t tmpfs tmpfs /etc/sysctl.d; mount -t tmpfs tmpfs /srv; mount -t tmpfs tmpfs /run
      echo 1 > /proc/sys/net/ipv4/ip_forward
      S="--state $W/live"
      show() { echo "$1: $(cat /proc/sys/net/ipv4/ip_forward) $(ls /srv /etc/sysctl.d | tr '\\n' ' ')"; }
      ended() { n=0; while [ $n -lt 900 ] && [ ! -e live/runs/$1/result.json ]; do n=$((n+1)); sleep 0.1; done; }
      \(script)
      """
    ).output
  }

  private static let before = "1 /etc/sysctl.d:  /srv: "
  private static let window = "0 /etc/sysctl.d:  /srv: made "
  private static let after = "0 /etc/sysctl.d: 99-zz-harden.conf  /srv: made "

  @Test func `nobody confirms, and the host undoes it by itself and says so`() throws {
    let output = try run(
      """
      $H apply p.yaml --yes --confirm-within 25s $S > out 2>&1; echo "apply $?"; show window
      grep -c 'harden confirm' out; grep -o 'warning: no systemd runs here.*' out
      $H apply p.yaml --yes $S > out 2>&1; echo "second $?"; grep -o 'run 1 waits to be confirmed' out | sort -u
      $H recover $S > out 2>&1; echo "recover $?"
      $H status $S | grep -o 'Run 1 waits to be confirmed'
      ended 1; show undone
      $H status $S; echo "status $?"; cat /run/motd.d/harden
      """)
    #expect(
      output == """
        apply 0
        window: \(Self.window)
        1
        warning: no systemd runs here, so after a reboot or a power cut nothing undoes it until somebody runs: harden recover
        second 75
        run 1 waits to be confirmed
        recover 75
        Run 1 waits to be confirmed
        undone: \(Self.before)
        Run 1 was not confirmed and has been undone; see: harden show 1
        Nothing that harden did is in effect on this host.
        status 0
        harden: run 1 was not confirmed in time and has been undone; see: harden status

        """, "\(output)")
  }

  @Test func `a login from before the apply is refused, a new one confirms`() throws {
    let output = try run(
      """
      $H apply p.yaml --yes --confirm-within 25s --detailed-exitcode $S > out 2>&1; echo "apply $?"
      $H confirm $S > out 2>&1; echo "old $?"; show window
      setsid -w $H confirm $S > out 2>&1; echo "new $?"; show confirmed
      sleep 26; show later
      $H plan p.yaml --detailed-exitcode $S > out 2>&1; echo "plan $?"
      $H rollback --yes $S > out 2>&1; echo "rollback $?"; show back
      """)
    #expect(
      output == """
        apply 6
        old 3
        window: \(Self.window)
        new 0
        confirmed: \(Self.after)
        later: \(Self.after)
        plan 0
        rollback 0
        back: \(Self.before)

        """, "\(output)")
  }

  @Test func `killed in the window, the run is undone all the same`() throws {
    let output = try run(
      """
      $H apply p.yaml --yes --confirm-within 10s $S > out 2>&1 & apply=$!
      n=0; while [ $n -lt 300 ] && [ ! -e /srv/made ]; do n=$((n+1)); sleep 0.05; done
      kill -9 $apply; wait $apply 2>/dev/null; show killed
      ended 1; show undone; $H status $S > /dev/null; echo "status $?"
      """, canary: "canary: [{id: slow, probe: {command: [/bin/sleep, \"30\"], timeout: 60s}}]\n")
    #expect(
      output == "killed: \(Self.window)\nundone: \(Self.before)\nstatus 0\n", "\(output)")
  }

  @Test func `a canary that fails at the confirmation undoes everything`() throws {
    let output = try run(
      """
      touch /run/fine
      $H apply p.yaml --yes --confirm-within 60s $S > out 2>&1; echo "apply $?"
      rm /run/fine
      $H confirm --same-session $S > out 2>&1; echo "confirm $?"; show undone
      """,
      canary: "canary: [{id: fine, probe: {command: [/usr/bin/test, -e, /run/fine], as: root}}]\n")
    #expect(output == "apply 0\nconfirm 1\nundone: \(Self.before)\n", "\(output)")
  }

  @Test func `a reboot decides nothing without a required probe, or where nobody asks it`() throws {
    let output = try run(
      """
      apply() { $H apply p.yaml --yes --confirm-within 1h --on-reboot probe $S "$@" > out 2>&1; echo "apply $?"; }
      apply; grep -o 'the canary requires no probe' out; grep -o 'write one in the playbook.*--canary' out
      echo 'canary: [{id: a, probe: {writable: /srv}, required: false}]' > wanted.yaml
      apply --canary wanted.yaml; grep -o 'the canary requires no probe' out
      echo 'canary: [{id: a, probe: {writable: /srv}}]' > required.yaml
      apply --canary required.yaml; grep -o 'no systemd runs here' out
      grep -o 'What holds beyond a reboot is done at once.*' out
      show untouched; ls live/runs | wc -l
      """)
    #expect(
      output == """
        apply 64
        the canary requires no probe
        write one in the playbook or in a file for --canary
        apply 64
        the canary requires no probe
        apply 3
        no systemd runs here
        What holds beyond a reboot is done at once, and the canary decides after one; 0 steps that only a reboot undoes wait.
        untouched: \(Self.before)
        0

        """, "\(output)")
  }

  @Test func `it is given more time, and then given up`() throws {
    let output = try run(
      """
      $H apply p.yaml --yes --confirm-within 20s $S > out 2>&1; echo "apply $?"
      $H confirm --extend 5m $S > out 2>&1; echo "extend $?"; grep -c 'no systemd runs here' out
      sleep 21; show window
      $H rollback --yes $S > out 2>&1; echo "rollback $?"; show undone
      """)
    #expect(
      output
        == "apply 0\nextend 0\n1\nwindow: \(Self.window)\nrollback 0\nundone: \(Self.before)\n",
      "\(output)")
  }

  @Test func `where no systemd runs, harden recover is what undoes a run after a reboot`() throws {
    let output = try run(
      """
      $H apply p.yaml --yes --confirm-within 1h $S > out 2>&1; echo "apply $?"
      kill -9 $(pgrep -f "$W/live/guard/harden guard")
      cat /proc/sys/kernel/random/uuid > boot; mount --bind boot /proc/sys/kernel/random/boot_id
      sleep 3; show left
      $H recover $S > out 2>&1; echo "recover $?"; show undone
      """)
    #expect(
      output == "apply 0\nleft: \(Self.window)\nrecover 0\nundone: \(Self.before)\n", "\(output)")
  }
}
