public import Heads
internal import LinearAlgebra
internal import Storage

/// How well a head version does on the labelled items of a dataset.
public struct Evaluation: Sendable, Codable {
  /// The head's name.
  public let head: String
  /// The version.
  public let version: Int
  /// The dataset measured on.
  public let dataset: String
  /// Its revision.
  public let revision: Int
  /// How many of the rows have a text that the version was trained on: what is measured on those flatters. 0 where it was imported.
  public let trainedOn: Int
  /// True of a version that was imported: whether it was trained on any of the rows is not known. Nil of others.
  public let imported: Bool?
  /// The stitch through which features were had that the head's backbone has not made; nil without one.
  public let stitch: String?
  /// How many of the rows have such features.
  public let stitchedRows: Int?
  /// The measures.
  public let metrics: HeadMeasures

  enum CodingKeys: String, CodingKey {
    case head, version, dataset, revision, imported, stitch
    case trainedOn = "trained_on"
    case stitchedRows = "stitched_rows"
    case metrics
  }
}

extension Store {
  /// Measures a head version on the labelled items of a dataset, from stored embeddings.
  ///
  /// - Parameters:
  ///   - reference: The version.
  ///   - dataset: The dataset; nil for the one it was trained on, or adapted to.
  ///   - backbone: The backbone whose embeddings to read; nil for the head's own. Another one is refused.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - stitch: A stitch to the head's backbone, through which another's embeddings are read where its own are missing.
  /// - Returns: The measures, and how many of the rows the version was trained on.
  /// - Throws: ``FirnError``, and `StoreError` when items are not embedded.
  public func evaluate(
    _ reference: HeadReference, on dataset: String? = nil, with backbone: String? = nil,
    at revision: Int? = nil, through stitch: TransformReference? = nil
  ) throws -> Evaluation {
    let reader = try reader()
    return try reader.snapshot {
      let version = try reader.version(reference)
      let space = try reader.backbone(of: version, given: backbone)
      let rows = try TrainingRows(
        of: version.task, in: dataset ?? version.served.dataset, at: revision, from: reader)
      let stitch = try stitch.map { try reader.stitch($0, to: space) }
      let gathered = try self.features(of: rows.items.map(\.content), by: space, through: stitch)
      let trainedOn = try SplitRows(of: version, from: reader, in: self).trainedTexts
      let head = try reader.head(of: version)
      return Evaluation(
        head: version.head, version: version.number, dataset: rows.dataset, revision: rows.revision,
        trainedOn: rows.items.count { trainedOn.contains($0.content) },
        imported: version.specification.imported.map { _ in true },
        stitch: stitch.map { "\($0.reference)" }, stitchedRows: stitch.map { _ in gathered.mapped },
        metrics: try HeadMeasures(
          of: head, on: gathered.features, targets: rows.targets, seed: version.specification.seed,
          threads: threads))
    }
  }
}
