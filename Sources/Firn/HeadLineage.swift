public import Storage

/// Where a head version comes from, from the input that was read to the version.
public struct HeadLineage: Sendable {
  /// The version.
  public let version: HeadVersion
  /// The revisions of its dataset up to the one it was trained on, the oldest first.
  public let revisions: [Revision]
  /// Its backbone as the store knows it now; nil where it was removed.
  public let backbone: BackboneRecord?
  /// The version it was made from, the one that was made from, and so on.
  public let parents: [HeadVersion]

  /// How many of the dataset's revisions before were dropped since.
  public var forgottenRevisions: Int { version.revision - revisions.count }
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
        version: version,
        revisions: try reader.revisions(of: version.dataset).filter { $0.number <= version.revision }
          .reversed(),
        backbone: try reader.backbone(fingerprint: version.fingerprint), parents: parents)
    }
  }
}
