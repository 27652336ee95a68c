internal import Datasets
internal import Digests
internal import TensorFiles

/// Items and their features, read side by side, batch by batch.
final class FeatureRows {
  /// Large batches cost less a row, for each writes the pages anew over which digests are spread; this is what the vectors of one
  /// may take.
  private static let batchBytes = 1 << 26
  private static let batchRows = 1 << 15

  /// Some rows.
  struct Batch: Sendable {
    /// What each row is, and the digest of its text where it is an item.
    var rows: [(entry: Entry, digest: SHA256Digest?)] = []
    /// Their features, one row behind another.
    var features: [Float] = []
  }

  private let table: FeatureFile
  private var items: ItemReader
  private var next = 0

  init(_ table: FeatureFile, items: consuming ItemReader) {
    self.table = table
    self.items = items
  }

  /// The next rows; none at the end.
  func batch() throws(DatasetError) -> Batch {
    let most = min(Self.batchRows, max(1, Self.batchBytes / (4 * table.dimension)), table.rows - next)
    var batch = Batch()
    while batch.rows.count < most, let entry = try items.next() {
      if case .item(let item, _) = entry {
        batch.rows.append((entry, SHA256Digest(of: item.text)))
      } else {
        batch.rows.append((entry, nil))
      }
    }
    batch.features = table.values(of: next..<next + batch.rows.count)
    next += batch.rows.count
    return batch
  }
}
