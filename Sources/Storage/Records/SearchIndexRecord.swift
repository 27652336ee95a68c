import Digests

/// An index of nearest neighbours, without its blocks.
public struct SearchIndexRecord: Hashable, Sendable {
  /// Its number in the store.
  public let id: Int64
  /// The dataset whose contents it is of.
  public let dataset: String
  /// The backbone whose vectors it is of.
  public let backbone: String
  /// The dataset's revision: once complete, it is of what that held.
  public var revision: Int
  /// Whether nothing is missing.
  public var isComplete: Bool
  /// How many contents are in its blocks.
  public var contents: Int
  /// How many contents there were when the quantiser was trained.
  public var trained: Int
  /// One more with every change.
  public internal(set) var changes: Int
  /// How deep a search goes, as JSON.
  public var depth: String
  /// The quantiser.
  public var quantizer: [UInt8]

  let datasetID: Int64
  let backboneID: Int64

  static let selection = """
    SELECT search_index.id, dataset.name, backbone.name, search_index.revision, search_index.state, search_index.contents,
      search_index.trained, search_index.changes, search_index.depth, search_index.quantizer, search_index.dataset,
      search_index.backbone, search_index.checksum
    FROM search_index
    JOIN dataset ON dataset.id = search_index.dataset
    JOIN backbone ON backbone.id = search_index.backbone
    """

  init(
    id: Int64, dataset: (id: Int64, name: String), backbone: BackboneRecord, revision: Int, trained: Int,
    depth: String,
    quantizer: [UInt8]
  ) {
    (self.id, self.dataset, self.backbone) = (id, dataset.name, backbone.name)
    (datasetID, backboneID) = (dataset.id, backbone.id)
    (self.revision, self.trained, self.depth, self.quantizer) = (revision, trained, depth, quantizer)
    (isComplete, contents, changes) = (false, 0, 0)
  }

  /// - Throws: ``StoreError/damagedIndex(dataset:backbone:reason:)``.
  init(_ row: Statement) throws {
    id = row.integer(0)
    (dataset, backbone) = (row.text(1), row.text(2))
    revision = row.int(3)
    isComplete = row.text(4) == "complete"
    (contents, trained, changes) = (row.int(5), row.int(6), row.int(7))
    (depth, quantizer) = (row.text(8), row.bytes(9))
    (datasetID, backboneID) = (row.integer(10), row.integer(11))
    guard Int64(checksum) == row.integer(12) else { throw damaged("its checksum does not fit") }
    guard [contents, trained, changes].allSatisfy((0...Self.most).contains) else {
      throw damaged("it counts \(contents) contents, \(trained) trained, \(changes) changes")
    }
  }

  /// More contents have no numbers.
  private static let most = 1 << 40

  /// As the schema defines it.
  var checksum: UInt32 {
    var checksum = CRC32C()
    for number in [id, datasetID, backboneID] { checksum.update(number) }
    for number in [revision, isComplete ? 1 : 0, contents, trained, changes] { checksum.update(number) }
    checksum.update(depth)
    checksum.update(quantizer)
    return checksum.value
  }

  /// The keys that its blocks can have.
  var blockIDs: ClosedRange<Int64> { id << 32...(id << 32 | 0xffff_ffff) }

  /// The error that says that it is not as it was written.
  public func damaged(_ reason: String) -> StoreError {
    .damagedIndex(dataset: dataset, backbone: backbone, reason: reason)
  }
}
