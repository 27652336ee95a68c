import Firn

/// Where a head version comes from, as scripts read it: from what was read to the version.
struct LineageReport: Encodable {
  struct Backbone: Encodable {
    let name: String
    let fingerprint: SHA256Digest
    /// The model directory; none for one that is only declared, or was removed.
    let location: String?
    let inStore: Bool

    enum CodingKeys: String, CodingKey {
      case name, fingerprint, location
      case inStore = "in_store"
    }
  }

  /// A dataset that it was adapted to.
  struct Target: Encodable {
    let dataset: String
    let revisions: [RevisionReport]
    let forgottenRevisions: Int

    enum CodingKeys: String, CodingKey {
      case dataset, revisions
      case forgottenRevisions = "forgotten_revisions"
    }
  }

  struct Transform: Encodable {
    let name: String
    let version: Int
    let digest: SHA256Digest
  }

  struct Rows: Encodable {
    let digest: SHA256Digest
    let trained: Int
    let heldOut: Int

    enum CodingKeys: String, CodingKey {
      case digest, trained
      case heldOut = "held_out"
    }
  }

  struct Version: Encodable {
    let version: Int
    let digest: SHA256Digest
    let created: String

    init(_ version: HeadVersion) {
      (self.version, digest, created) = (version.number, version.digest, version.created)
    }
  }

  let dataset: String
  let revisions: [RevisionReport]
  let forgottenRevisions: Int
  let target: Target?
  let backbone: Backbone
  let transform: Transform?
  let rows: Rows
  /// The version it was made from first.
  let parents: [Version]
  let version: Version

  enum CodingKeys: String, CodingKey {
    case dataset, revisions, target, backbone, transform, rows, parents, version
    case forgottenRevisions = "forgotten_revisions"
  }

  init(_ lineage: HeadLineage) {
    let version = lineage.version
    dataset = version.dataset
    revisions = lineage.source.revisions.map(RevisionReport.init)
    forgottenRevisions = lineage.source.forgotten
    target = lineage.target.map {
      Target(
        dataset: $0.dataset, revisions: $0.revisions.map(RevisionReport.init),
        forgottenRevisions: $0.forgotten)
    }
    transform = lineage.transform.map { Transform(name: $0.name, version: $0.version, digest: $0.digest) }
    backbone = Backbone(
      name: lineage.backbone?.name ?? version.backbone, fingerprint: version.fingerprint,
      location: lineage.backbone.flatMap { $0.isDeclared ? nil : $0.location },
      inStore: lineage.backbone != nil)
    rows = Rows(
      digest: version.rowsDigest, trained: version.metrics.trainRows, heldOut: version.metrics.holdoutRows)
    parents = lineage.parents.map(Version.init)
    self.version = Version(version)
  }
}
