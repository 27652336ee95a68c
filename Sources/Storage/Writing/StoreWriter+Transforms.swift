extension StoreWriter {
  /// Stores a transform as the next version of its name. One of the same content that has the name already stays as it is.
  ///
  /// - Returns: What is stored.
  /// - Throws: ``StoreError/badName(what:name:reason:)``.
  public func append(_ transform: TransformRecord, weights: [UInt8]) throws -> TransformRecord {
    try NameRules.check(transform.name, of: "transform")
    return try connection.transaction {
      try connection.run(
        """
        INSERT INTO transform (name, version, digest, specification, from_backbone, from_fingerprint, to_backbone,
          to_fingerprint, metrics, created, weights)
        VALUES (?1, (SELECT coalesce(max(version), 0) + 1 FROM transform WHERE name = ?1), ?, ?, ?, ?, ?, ?, ?, \(now), ?)
        ON CONFLICT DO NOTHING
        """, .text(transform.name), .digest(transform.digest), .text(transform.specification),
        .text(transform.fromBackbone), .digest(transform.fromFingerprint), .text(transform.toBackbone),
        .digest(transform.toFingerprint), .text(transform.metrics), .blob(weights))
      let stored = try transforms().first { $0.name == transform.name && $0.digest == transform.digest }
      guard let stored else {
        throw StoreError.damaged(path: path, what: "a transform that was stored is not there")
      }
      return stored
    }
  }

  /// Removes all versions of a transform.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``; ``StoreError/transformNeeded(transform:heads:)`` while a head version was trained
  ///   through one of them that no other name has.
  public func removeTransform(named name: String) throws {
    try connection.transaction {
      _ = try transform(named: name)
      let all = try transforms()
      for version in all where version.name == name {
        let others = all.contains { $0.name != name && $0.digest == version.digest }
        let heads = try headVersions(through: version.digest).map { "\($0.head)@\($0.version)" }
        guard others || heads.isEmpty else {
          throw StoreError.transformNeeded(transform: "\(name)@\(version.version)", heads: heads)
        }
      }
      try connection.run("DELETE FROM transform WHERE name = ?", .text(name))
    }
  }
}
