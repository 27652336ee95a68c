internal import Digests
internal import Heads
internal import Storage

/// What the store keeps, as the other parts take it.
extension StoreReader {
  /// The version that a reference means.
  func version(_ reference: HeadReference) throws -> HeadVersion {
    let aliases = try aliases(of: reference.head)
    let record =
      switch reference.version {
      case .number(let number): try version(number, of: reference.head)
      case .alias(let alias): try version(aliased: alias, of: reference.head)
      case .standard:
        if let champion = aliases.first(where: { $0.alias == "champion" })?.version {
          try version(champion, of: reference.head)
        } else {
          try newestVersion(of: reference.head)
        }
      }
    return try HeadVersion(record, aliases: aliases, annotations: annotations(of: reference.head))
  }

  /// The backbone whose features a head version reads, whatever it is called now; the one called `name` must be it, if there
  /// is a name.
  ///
  /// - Throws: ``FirnError/backboneMissing(head:needs:fingerprint:)``, ``FirnError/otherBackbone(head:needs:fingerprint:given:)``.
  func backbone(of version: HeadVersion, given name: String? = nil) throws -> BackboneRecord {
    try backbone(
      called: version.backbone, fingerprint: version.fingerprint, given: name, for: version.reference)
  }

  /// The backbone that a head needs, by its fingerprint and the name that it had; the one called `given` must be it, if there is a name.
  ///
  /// - Throws: ``FirnError/backboneMissing(head:needs:fingerprint:)``, ``FirnError/otherBackbone(head:needs:fingerprint:given:)``.
  func backbone(
    called name: String, fingerprint: SHA256Digest, given: String?, for head: HeadReference
  ) throws -> BackboneRecord {
    if let given {
      let backbone = try backbone(named: given)
      guard backbone.fingerprint == fingerprint else {
        throw FirnError.otherBackbone(head: head, needs: name, fingerprint: fingerprint, given: given)
      }
      return backbone
    }
    guard let backbone = try backbone(fingerprint: fingerprint) else {
      throw FirnError.backboneMissing(head: head, needs: name, fingerprint: fingerprint)
    }
    return backbone
  }

  /// The head itself, whose bytes are those that were stored.
  ///
  /// - Throws: ``FirnError/damagedHead(head:version:reason:)``.
  func head(of version: HeadVersion) throws -> Head {
    let weights = try weights(of: version.record)
    guard version.record.digest(rows: version.rowsDigest, weights: weights) == version.digest else {
      throw FirnError.damagedHead(
        head: version.head, version: version.number, reason: "its content is not what its digest names")
    }
    do {
      return try HeadArchive(bytes: weights).head
    } catch {
      throw FirnError.damagedHead(head: version.head, version: version.number, reason: "\(error)")
    }
  }
}
