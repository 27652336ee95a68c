internal import Digests
public import Storage

/// Where a head version comes from, from the input that was read to the version.
public struct HeadLineage: Sendable {
  /// How a dataset came to be what a version needs.
  public struct History: Sendable {
    /// The dataset.
    public let dataset: String
    /// Its revisions up to the one that is needed, the oldest first.
    public let revisions: [Revision]
    /// How many revisions before were dropped since.
    public let forgotten: Int
  }

  /// The version.
  public let version: HeadVersion
  /// Of the dataset that it was trained on.
  public let source: History
  /// Of the dataset that it was adapted to; nil where it was to none.
  public let target: History?
  /// What it was trained through; nil where there is nothing.
  public let transform: Transform?
  /// Its backbone as the store knows it now; nil where it was removed.
  public let backbone: BackboneRecord?
  /// The version it was made from, the one that was made from, and so on.
  public let parents: [HeadVersion]
}

extension Store {
  /// Where the version that a reference means comes from.
  public func lineage(of reference: HeadReference) throws -> HeadLineage {
    let reader = try reader()
    return try reader.snapshot {
      let version = try reader.version(reference)
      var parents: [HeadVersion] = []
      var child = version
      // Numbers fall from version to parent, whatever a damaged store holds.
      while let parent = child.parent, parent < child.number {
        child = try reader.version(HeadReference(version.head, .number(parent)))
        parents.append(child)
      }
      return HeadLineage(
        version: version, source: try reader.history(of: version.dataset, to: version.revision),
        target: try version.specification.adaptation.map {
          try reader.history(of: $0.target, to: $0.revision)
        },
        transform: try reader.transform(of: version.specification),
        backbone: try reader.backbone(fingerprint: version.fingerprint), parents: parents)
    }
  }
}

extension StoreReader {
  fileprivate func history(of dataset: String, to revision: Int) throws -> HeadLineage.History {
    let revisions = try revisions(of: dataset).filter { $0.number <= revision }
    return HeadLineage.History(
      dataset: dataset, revisions: revisions.reversed(), forgotten: revision - revisions.count)
  }
}
