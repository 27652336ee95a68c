internal import Heads
public import Storage

extension Store {
  /// Every head, by name.
  public func heads() throws -> [HeadRecord] {
    try reader().heads()
  }

  /// The versions of a head, the oldest first.
  public func versions(of head: String) throws -> [HeadVersion] {
    try reader().versions(of: head).map(HeadVersion.init)
  }

  /// The version that a reference means.
  public func version(_ reference: HeadReference) throws -> HeadVersion {
    let reader = try reader()
    return try HeadVersion(reader.snapshot { try reader.version(reference) })
  }

  /// Where each alias of a head points now.
  public func aliases(of head: String) throws -> [AliasEntry] {
    try reader().aliases(of: head)
  }

  /// Every move of every alias of a head, the oldest first.
  public func aliasLog(of head: String) throws -> [AliasEntry] {
    try reader().aliasLog(of: head)
  }

  /// Lets an alias point at a version.
  @discardableResult
  public func promote(_ version: HeadVersion, to alias: String) throws -> AliasEntry {
    try writer().promote(version.record.version, of: version.record.head, to: alias)
  }

  /// Lets an alias point at where it pointed before; twice goes two promotions back.
  @discardableResult
  public func rollback(_ alias: String, of head: String) throws -> AliasEntry {
    try writer().rollback(alias, of: head)
  }

  /// Removes a head with all its versions and its log.
  public func removeHead(named name: String) throws {
    try writer().removeHead(named: name)
  }
}

extension StoreReader {
  /// The version that a reference means.
  func version(_ reference: HeadReference) throws -> HeadVersionRecord {
    switch reference.version {
    case .number(let number): return try version(number, of: reference.head)
    case .alias(let alias): return try version(aliased: alias, of: reference.head)
    case .standard:
      let champion = try aliases(of: reference.head).first { $0.alias == "champion" }?.version
      return try champion.map { try version($0, of: reference.head) } ?? newestVersion(of: reference.head)
    }
  }

  /// The backbone whose features a head version reads, whatever it is called now.
  ///
  /// - Throws: ``FirnError/backboneMissing(head:needs:fingerprint:)``.
  func backbone(of version: HeadVersionRecord) throws -> BackboneRecord {
    guard let backbone = try backbone(fingerprint: version.fingerprint) else {
      throw FirnError.backboneMissing(
        head: version.head, needs: version.backbone, fingerprint: version.fingerprint)
    }
    return backbone
  }

  /// The head itself.
  ///
  /// - Throws: ``FirnError/damagedHead(head:version:reason:)``.
  func head(of version: HeadVersionRecord) throws -> LinearHead {
    do {
      return try HeadArchive(bytes: weights(of: version)).head
    } catch let error as HeadError {
      throw FirnError.damagedHead(head: version.head, version: version.version, reason: "\(error)")
    }
  }
}
