public import Digests

extension StoreReader {
  /// Every backbone, by name.
  public func backbones() throws -> [BackboneRecord] {
    try connection.all(
      "SELECT \(BackboneRecord.columns) FROM backbone ORDER BY name", row: BackboneRecord.init)
  }

  /// The backbone called `name`.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func backbone(named name: String) throws -> BackboneRecord {
    let found = try connection.first(
      "SELECT \(BackboneRecord.columns) FROM backbone WHERE name = ?", .text(name), row: BackboneRecord.init)
    guard let found else { throw try notFound("backbone", name, among: "SELECT name FROM backbone") }
    return found
  }

  /// The backbone with this fingerprint, whatever its name, or nil.
  public func backbone(fingerprint: SHA256Digest) throws -> BackboneRecord? {
    try connection.first(
      "SELECT \(BackboneRecord.columns) FROM backbone WHERE fingerprint = ?", .digest(fingerprint),
      row: BackboneRecord.init)
  }

  /// The error that says that `name` is not there and which names look alike.
  func notFound(_ what: String, _ name: String, among names: String) throws -> StoreError {
    let near = namesNear(name, among: try connection.all(names) { $0.text(0) })
    return .notFound(what: what, name: name, near: near)
  }
}
