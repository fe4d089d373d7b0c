/// "Did you mean": the nearest of some words.
package enum Spelling {
  /// The word nearest to `word`, nil when none is near enough to be what was meant.
  package static func nearest(to word: String, among words: some Sequence<String>) -> String? {
    let length = word.count
    let limit = max(1, length / 3)
    var best: (word: String, distance: Int)?
    for candidate in words where abs(candidate.count - length) <= limit {
      let distance = distance(word, candidate)
      if distance <= limit, distance < best?.distance ?? .max { best = (candidate, distance) }
    }
    return best?.word
  }

  /// Edits (insert, remove, replace, swap of neighbours) between two words.
  static func distance(_ left: String, _ right: String) -> Int {
    let left = Array(left.prefix(64).unicodeScalars)
    let right = Array(right.prefix(64).unicodeScalars)
    var rows = [Array(0...right.count)]
    for (i, a) in left.enumerated() {
      var row = [i + 1]
      for (j, b) in right.enumerated() {
        var cost = min(rows[i][j + 1] + 1, row[j] + 1, rows[i][j] + (a == b ? 0 : 1))
        if i > 0, j > 0, a == right[j - 1], left[i - 1] == b {
          cost = min(cost, rows[i - 1][j - 1] + 1)
        }
        row.append(cost)
      }
      rows.append(row)
    }
    return rows[left.count][right.count]
  }
}
