import HardenModel
import HardenTestSupport
import Testing

@testable import HardenViews

@Suite struct MessageCatalogTests {
  @Test func `journalctl takes it and shows every entry`() throws {
    let listed = try Shell.run(
      """
      root=$(mktemp -d) && mkdir -p "$root/usr/lib/systemd/catalog" "$root/var/lib/systemd/catalog"
      cat > "$root/usr/lib/systemd/catalog/harden.catalog" <<'CATALOG'
      \(MessageCatalog.text)CATALOG
      journalctl --root="$root" --update-catalog 2>&1
      journalctl --root="$root" --list-catalog 2>&1
      rm -r "$root"
      """)
    for notice in Notice.allCases {
      #expect("\n\(listed)".contains("\n\(notice.id) "), "\(listed)")
    }
    #expect(
      listed.split(separator: "\n").count { $0.contains("harden: ") } == Notice.allCases.count)
  }
}
