public import Datasets
internal import LinearAlgebra
internal import Storage
internal import TensorFiles

/// What an import of features did. `items` is `imported` + `reused`.
public struct ImportSummary: Sendable, Hashable, Codable {
  /// The dataset.
  public let dataset: String
  /// The backbone.
  public let backbone: String
  /// The dataset's newest revision: a new one if anything changed.
  public internal(set) var revision = 0
  /// Rows that were taken.
  public internal(set) var items = 0
  /// Vectors that are new.
  public internal(set) var imported = 0
  /// Rows whose vector the store had already.
  public internal(set) var reused = 0
  /// Rows that were not taken.
  public internal(set) var rejected = 0
  /// Items that the dataset did not have.
  public internal(set) var added = 0
  /// Items whose text, metadata or labels differ from what they were.
  public internal(set) var changed = 0
  /// How long it took.
  public internal(set) var seconds = 0.0
}

extension Store {
  /// Takes features that were made elsewhere into a dataset, under a declared backbone: row by row, with the items that they are
  /// the features of.
  ///
  /// Items are committed in batches, within one revision, as ``extract(_:as:fields:into:with:isStrict:prunes:command:onRejection:onProgress:)``
  /// does. An item without a text is known by its id, which then is its text. A row is rejected whose item cannot be one, whose
  /// features are not finite, or whose text has other features already.
  ///
  /// - Parameters:
  ///   - features: A `.npy` or `.safetensors` file of rows × dimension.
  ///   - tensor: Which tensor of a safetensors file; nil for the only one of two dimensions.
  ///   - path: A file of as many items, in the same order: JSON Lines, CSV or TSV.
  ///   - format: How it is written; nil goes by the name.
  ///   - fields: Which fields hold text, id and labels.
  ///   - dataset: The dataset that the items go into; made if it is not there.
  ///   - backbone: The declared backbone.
  ///   - command: What the dataset's log says made the revision.
  ///   - onRejection: Called with each rejected row.
  ///   - onProgress: Called after each batch with how many rows are behind it, and of how many.
  /// - Returns: What was done.
  /// - Throws: ``FirnError/notDeclared(name:)``, ``FirnError/featureShape(path:rows:dimension:items:backbone:expected:)`` before
  ///   anything is written; `TensorFileError`, `DatasetError`, `StoreError`.
  @discardableResult
  public func importFeatures(
    _ features: String, tensor: String? = nil, items path: String, as format: InputFormat? = nil,
    fields: FieldMapping = FieldMapping(), into dataset: String, with backbone: String,
    command: String = "import", onRejection: (Rejection) -> Void = { _ in },
    onProgress: (_ rows: Int, _ total: Int) -> Void = { _, _ in }
  ) throws -> ImportSummary {
    let clock = ContinuousClock()
    let start = clock.now
    var mapping = fields
    mapping.textIsOptional = true
    let items = { @Sendable [mapping] () throws(DatasetError) in
      try ItemReader(.path(path), format: format, fields: mapping, identify: Self.id(ofText:))
    }
    let table = try FeatureFile(features, tensor: tensor)
    let writer = try writer()
    let record = try writer.backbone(named: backbone)
    guard record.isDeclared else { throw FirnError.notDeclared(name: backbone) }
    // A file that does not fit must not leave half of itself behind.
    var counting = try items()
    // It is read twice, which a pipe cannot be.
    guard counting.totalBytes != nil else { throw FirnError.itemsNotAFile(path: path) }
    var count = 0
    while try counting.skip() { count += 1 }
    guard count == table.rows, record.dimension == table.dimension else {
      throw FirnError.featureShape(
        path: features, rows: table.rows, dimension: table.dimension, items: count, backbone: backbone,
        expected: record.dimension)
    }
    var importing = try Importing(record, writer, into: dataset, command: command)
    // While one batch is written, the next is read.
    let rows = Workers(Threads(1)) { Result { FeatureRows(table, items: try items()) } }
    func begin() -> PendingResults<Result<FeatureRows.Batch, any Error>> {
      rows.begin(1) { rows, _ in Result { try rows.get().batch() } }
    }
    var coming = begin()
    var done = 0
    while case let batch = try coming.wait()[0].get(), !batch.rows.isEmpty {
      coming = begin()
      try importing.write(batch, onRejection: onRejection)
      done += batch.rows.count
      onProgress(done, table.rows)
    }
    guard done == table.rows else { throw FirnError.itemsNotAFile(path: path) }
    var summary = try importing.finish(in: self)
    summary.seconds = (clock.now - start) / .seconds(1)
    return summary
  }
}
