public import Digests

/// One step of the store's schema. Steps go forward only, and one that was released never changes again.
public struct Migration: Hashable, Sendable {
  /// The version of the schema after this step: 1, 2, …
  public let version: Int
  /// The step's name, as in its file's name.
  public let name: String
  /// The statements.
  public let sql: String

  /// A step.
  public init(version: Int, name: String, sql: String) {
    self.version = version
    self.name = name
    self.sql = sql
  }

  /// The SHA-256 of the statements, which stays in the store: so a step changed after its release is found out.
  public var checksum: SHA256Digest { SHA256Digest(of: sql) }

  /// Every step, in order.
  public static let all = [
    Migration(version: 1, name: "initial", resource: PackageResources.V0001__initial_sql),
    Migration(version: 2, name: "versions", resource: PackageResources.V0002__versions_sql),
    Migration(version: 3, name: "trials", resource: PackageResources.V0003__trials_sql),
    Migration(version: 4, name: "statistics", resource: PackageResources.V0004__statistics_sql),
    Migration(version: 5, name: "words", resource: PackageResources.V0005__words_sql),
    Migration(version: 6, name: "search_index", resource: PackageResources.V0006__search_index_sql),
    Migration(version: 7, name: "transforms", resource: PackageResources.V0007__transforms_sql),
  ]

  private init(version: Int, name: String, resource: [UInt8]) {
    self.init(version: version, name: name, sql: String(decoding: resource, as: UTF8.self))
  }
}
