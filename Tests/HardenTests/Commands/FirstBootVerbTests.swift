import HardenTestSupport
import Testing

/// The image's directories become those of a host with a network of its own, as after a boot.
@Suite(.enabled(if: Namespace.isAvailable)) struct FirstBootVerbTests {
  private func playbook(_ resources: String) -> String {
    """
    harden: 1
    name: image
    controls:
      - id: network
        title: Strange packets are told
        ensure:
          - \(resources)

    """
  }

  /// Runs `script` on the booted image; `$HARDEN` is the program.
  private func booted(_ host: RootedHost, _ script: String) throws -> Program.Result {
    try Program.shell(
      """
      mkdir -p \(host.path("root"))/var
      exec unshare -n -m sh -c '
        mount --bind \(host.path("root"))/etc /etc && mount --bind \(host.path("root"))/var /var &&
        \(script)'
      """)
  }

  @Test func `left in the image, done and proved after the boot, and nothing from then on`() throws
  {
    let host = try RootedHost(
      playbook: playbook("sysctl: {key: net.ipv4.conf.all.log_martians, value: 1}"))
    let applied = try host.harden("apply", "playbook.yaml", "--yes")
    #expect(applied.status == 0)
    #expect(applied.output.contains("1 resource of it can only be completed and verified"))
    let image = try host.harden("status")
    #expect(image.status == 0)
    #expect(
      image.output.hasPrefix(
        "Run 1 left what only a running host has to the first boot of this image.\n"))

    let boot = try booted(
      host,
      """
      $HARDEN status; echo "status $?"
      $HARDEN first-boot; echo "first-boot $?"
      cat /proc/sys/net/ipv4/conf/all/log_martians
      $HARDEN first-boot; echo "again $?"
      $HARDEN status >/dev/null; echo "status $?"
      """)
    let lines = boot.output.split(separator: "\n").map(String.init)
    #expect(
      lines.first
        == "Run 1 left something to the first boot, and it is not done; "
        + "journalctl -u harden-firstboot says why")
    #expect(
      lines.filter { $0.hasPrefix("status ") || $0.hasPrefix("first-boot ") } == [
        "status 4", "first-boot 0", "status 0",
      ], "\(boot)")
    #expect(boot.output.contains("first-boot 0\n1\nNothing to do.\nagain 0\n"), "\(boot)")
    #expect(host.text("root/var/lib/harden/runs/2/result.json")?.contains("first-boot") == true)
  }

  @Test func `what stands in the way is said, and the work stays for the next boot`() throws {
    let host = try RootedHost(
      playbook: playbook("sysctl: {key: net.ipv4.no_such_key, value: 1, if_missing: refuse}"))
    #expect(try host.harden("apply", "playbook.yaml", "--yes").status == 0)
    let boot = try booted(
      host, "$HARDEN first-boot >/dev/null; echo $?; $HARDEN status >/dev/null; echo $?")
    #expect(boot.output == "3\n4\n", "\(boot)")
    #expect(boot.messages.contains("sysctl[net.ipv4.no_such_key] is refused"))
    #expect(host.text("root/var/lib/harden/first-boot/1") != nil)
  }

  @Test func `a host that was no image has nothing left`() throws {
    let host = try RootedHost()
    let boot = try booted(host, "$HARDEN first-boot; echo $?")
    #expect(boot.output == "Nothing to do.\n0\n", "\(boot)")
  }
}
