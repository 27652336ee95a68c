public import Digests

extension StoreWriter {
  /// Adds a backbone; one that is there with this name and fingerprint stays as it is.
  ///
  /// - Throws: ``StoreError/badName(what:name:reason:)``, ``StoreError/backboneNameTaken(name:)`` or ``StoreError/backboneKnown(name:as:)``.
  @discardableResult
  public func addBackbone(
    name: String, fingerprint: SHA256Digest, dimension: Int, location: String, manifest: String
  ) throws -> BackboneRecord {
    try NameRules.check(name, of: "backbone")
    return try connection.transaction {
      if let known = try backbone(fingerprint: fingerprint) {
        guard known.name == name else { throw StoreError.backboneKnown(name: name, as: known.name) }
        return known
      }
      guard try backbones().allSatisfy({ $0.name != name }) else {
        throw StoreError.backboneNameTaken(name: name)
      }
      try connection.run(
        """
        INSERT INTO backbone (name, fingerprint, dimension, location, manifest, created)
        VALUES (?, ?, ?, ?, ?, \(now))
        """, .text(name), .digest(fingerprint), .integer(dimension), .text(location), .text(manifest))
      return try backbone(named: name)
    }
  }

  /// Says that the model directory of a backbone lies elsewhere now.
  @discardableResult
  public func relocateBackbone(named name: String, to location: String, manifest: String) throws
    -> BackboneRecord
  {
    try connection.transaction {
      let known = try backbone(named: name)
      try connection.run(
        "UPDATE backbone SET location = ?, manifest = ? WHERE id = ?", .text(location), .text(manifest),
        .integer(known.id))
      return try backbone(named: name)
    }
  }

  /// Removes a backbone and all of its vectors. Heads trained on them stay.
  public func removeBackbone(named name: String) throws {
    try connection.transaction {
      let known = try backbone(named: name)
      try connection.run("DELETE FROM backbone WHERE id = ?", .integer(known.id))
    }
  }
}
