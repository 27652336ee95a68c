import Firn
import Terminal

/// Where a head version comes from, as people read it: from what was read down to the version.
struct LineageTable {
  let lineage: HeadLineage

  /// How many revisions are shown at each end of a long log.
  private static let shownRevisions = 3

  func write(to output: Output) {
    output.table(
      [.left("step"), .left("when"), .left("what")],
      revisions(lineage.source) + (lineage.target.map(revisions) ?? []) + [backbone] + transform + [rows]
        + lineage.parents.reversed().map(parent) + [version])
  }

  private func revisions(_ history: HeadLineage.History) -> [[String]] {
    var shown = history.revisions.map { revision in
      [
        "\(revision.dataset) revision \(revision.number)", revision.created,
        "+\(revision.added) ~\(revision.changed) −\(revision.removed): \(revision.command)",
      ]
    }
    let hidden = shown.count - 2 * Self.shownRevisions
    if hidden > 1 {
      let middle = Self.shownRevisions..<Self.shownRevisions + hidden
      shown.replaceSubrange(middle, with: [["… \(hidden) more", "", "firn dataset log has all"]])
    }
    return (history.forgotten > 0 ? [["… \(history.forgotten) before", "", "dropped since"]] : []) + shown
  }

  private var backbone: [String] {
    let version = lineage.version
    guard let backbone = lineage.backbone else {
      return ["backbone \(version.backbone)", "", "\(version.fingerprint.short), no more in the store"]
    }
    let place = backbone.isDeclared ? "its features are made elsewhere" : "files in \(backbone.location)"
    return ["backbone \(backbone.name)", backbone.created, "\(backbone.fingerprint.short), \(place)"]
  }

  private var transform: [[String]] {
    lineage.transform.map {
      [
        [
          "transform \($0.reference)", $0.created,
          "\($0.digest.short), by \($0.specification.method.rawValue)",
        ]
      ]
    } ?? []
  }

  private var rows: [String] {
    let version = lineage.version
    let (trained, held) = (
      Readable.count(version.metrics.trainRows), Readable.count(version.metrics.holdoutRows)
    )
    let counts =
      if version.specification.imported != nil {
        "\(held) measured"
      } else {
        "\(trained) trained on, \(held) \(lineage.target == nil ? "held out" : "measured on")"
      }
    return ["rows", "", "\(version.rowsDigest.short), \(counts)"]
  }

  private func parent(_ version: HeadVersion) -> [String] {
    ["\(version.reference)", version.created, "\(version.digest.short), a parent"]
  }

  private var version: [String] {
    let version = lineage.version
    let parent = version.parent.map { ", made from \($0)" } ?? ""
    return ["\(version.reference)", version.created, "\(version.digest.short)\(parent)"]
  }
}
