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
      revisions + [backbone, rows] + lineage.parents.reversed().map(parent) + [version])
  }

  private var revisions: [[String]] {
    var shown = lineage.revisions.map { revision in
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
    let forgotten = lineage.forgottenRevisions
    return (forgotten > 0 ? [["… \(forgotten) before", "", "dropped since"]] : []) + shown
  }

  private var backbone: [String] {
    let version = lineage.version
    guard let backbone = lineage.backbone else {
      return ["backbone \(version.backbone)", "", "\(version.fingerprint.short), no more in the store"]
    }
    let place = backbone.isDeclared ? "its features are made elsewhere" : "files in \(backbone.location)"
    return ["backbone \(backbone.name)", backbone.created, "\(backbone.fingerprint.short), \(place)"]
  }

  private var rows: [String] {
    let version = lineage.version
    let (trained, held) = (
      Readable.count(version.metrics.trainRows), Readable.count(version.metrics.holdoutRows)
    )
    return [
      "rows", "",
      "\(version.rowsDigest.short), "
        + (version.specification.imported == nil
          ? "\(trained) trained on, \(held) held out" : "\(held) measured"),
    ]
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
