import Foundation
import HardenTestSupport
import Testing

/// Accounts on the live host, with its own tools, in private mounts: `/etc` is a copy.
@Suite(.enabled(if: Namespace.isAvailable)) struct AccountTests {
  private static let playbook = """
    harden: 1
    name: accounts
    controls:
      - id: builds
        ensure:
          - group: {name: hbuilders, system: true}
          - user: {name: hbuild, system: true, home: /srv/hbuild, create_home: true, groups: [hbuilders], password: locked}
          - user: {name: hcarol, ageing: {max: 90, min: 1}, expires: 2099-12-31, shell: /bin/bash}
          - user: {name: hdave, shell: /bin/sh, password: locked, ageing: {max: 30}}
          - user: {name: heve, state: absent}
          - group: {name: hteam, members: [hdave]}
          - file: {path: /srv/owned, content: "x", owner: hbuild, group: hbuilders}

    """

  /// Runs `script` where `/etc` is a copy with users hdave and heve, /srv is empty and `$H` is harden
  /// with a state directory of its own.
  private func run(_ script: String) throws -> Program.Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "acc-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { TemporaryRoot.remove(folder.path()) }
    try Self.playbook.write(
      to: folder.appending(path: "p.yaml"), atomically: true, encoding: .utf8)
    let setting = """
      mount --make-rprivate / && cp -a /etc etc && mount --bind etc /etc && mount -t tmpfs t /srv
      useradd -p '$y$j9T$canary$hash' -s /bin/zsh hdave; useradd -M heve; groupadd hteam
      gpasswd -M heve,hdave hteam >/dev/null; usermod -a -G hteam heve
      find /etc -maxdepth 1 -type f -exec touch -d '2021-03-04 05:06:07.891' {} +
      state() { for f in passwd shadow group gshadow subuid subgid; do for b in "" -; do
        stat -c '%n %a %u:%g %y' /etc/$f$b; sha256sum </etc/$f$b; done; done 2>&1; }
      state >before; H() { "$HARDEN" "$@" --state "$PWD/state"; }

      """
    try (setting + script).write(
      to: folder.appending(path: "s"), atomically: true, encoding: .utf8)
    return try Program.shell("exec unshare -m sh ./s", in: folder.path())
  }

  @Test func `the whole life of accounts, to the byte`() throws {
    let result = try run(
      """
      H plan p.yaml >plan || exit 11
      H apply p.yaml --yes >apply || { cat apply; exit 12; }
      H plan p.yaml --detailed-exitcode >again || { cat again; exit 13; }
      getent passwd hbuild | grep -q ':/srv/hbuild:/usr/sbin/nologin$' || exit 14
      id -nG hbuild | grep -qw hbuilders || exit 15
      [ "$(passwd -S hdave | cut -d' ' -f2)" = L ] || exit 16
      chage -l hcarol | grep -q 'Maximum.*90$' || exit 17
      getent passwd heve && exit 18
      [ "$(getent group hteam | cut -d: -f4)" = hdave ] || exit 19
      [ "$(stat -c %U:%G /srv/owned)" = hbuild:hbuilders ] || exit 20
      [ "$(stat -c %U:%G /srv/hbuild/.profile)" = hbuild:hbuild ] || exit 21
      grpck -r || exit 22
      pwck -qr | grep -v 'does not exist\\|no changes' && exit 23
      grep -rlF 'canary$hash' plan apply again state/runs && exit 24
      [ "$(find state/blobs -type f ! -perm 600)" = "" ] || exit 25
      H rollback --yes >back || { cat back; exit 26; }
      state | diff before - || exit 27
      [ "$(ls -A /srv)" = "" ] || exit 28
      grpck -r || exit 29
      H rollback 2 --yes >forth || { cat forth; exit 30; }
      H plan p.yaml --detailed-exitcode >again || { cat again; exit 31; }
      getent passwd heve && exit 32
      exit 0
      """)
    #expect(result.status == 0, "\(result)")
  }

  @Test func `what another administrator does meanwhile survives the rollback`() throws {
    let result = try run(
      """
      H apply p.yaml --yes >apply || exit 11
      useradd hother; chfn -f Carol hdave; gpasswd -a hother hteam >/dev/null; echo hi >/srv/hbuild/new
      H rollback --yes >back; [ $? = 4 ] || { cat back; exit 12; }
      grep -q 'directory holding new' back || exit 13
      cat /srv/hbuild/new >/dev/null || exit 14
      getent passwd hother >/dev/null || exit 15
      getent passwd hbuild hcarol && exit 16
      getent passwd heve >/dev/null || exit 17
      getent passwd hdave | grep -q ':Carol.*:/bin/zsh$' || exit 18
      grep -qF 'hdave:$y$j9T$canary$hash:' /etc/shadow || exit 19
      getent group hteam | cut -d: -f4 | grep -q hother || exit 20
      getent group hteam | cut -d: -f4 | grep -q heve || exit 21
      grpck -r || exit 22
      """)
    #expect(result.status == 0, "\(result)")
  }

  /// useradd does not end with who started it, so recovery has to wait for it.
  @Test(arguments: ["useradd", "userdel", "usermod"])
  func `killed while a tool is at work`(tool: String) throws {
    let result = try run(
      """
      mkdir real; cp /usr/sbin/\(tool) real/
      printf '#!/bin/sh\nsleep 0.7\nexec %s/real/\(tool) "$@"\n' "$PWD" >slow
      chmod 755 slow; mount --bind slow /usr/sbin/\(tool)
      "$HARDEN" apply p.yaml --yes --state "$PWD/state" >apply 2>&1 & harden=$!
      for n in $(seq 600); do pgrep -f "^/bin/sh /usr/sbin/\(tool)" >/dev/null && break; sleep 0.05; done
      kill -9 $harden; wait $harden
      H recover >recover || { cat recover; exit 11; }
      sleep 1.5
      state | diff before - || { cat recover; exit 12; }
      [ "$(ls -A /srv)" = "" ] || exit 13
      H plan p.yaml >plan || exit 14
      """)
    #expect(result.status == 0, "\(result)")
  }

  @Test func `a failing tool is named, and all is put back`() throws {
    let result = try run(
      """
      printf '#!/bin/sh\necho useradd: no room here\nexit 12\n' >bad; chmod 755 bad
      mount --bind bad /usr/sbin/useradd
      H apply p.yaml --yes >apply 2>&1; [ $? = 1 ] || { cat apply; exit 11; }
      grep -q 'useradd ended with 12: useradd: no room here' apply || { cat apply; exit 12; }
      state | diff before - || exit 13
      """)
    #expect(result.status == 0, "\(result)")
  }
}
