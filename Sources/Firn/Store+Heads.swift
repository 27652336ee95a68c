public import Storage

extension Store {
  /// The version of Firn, which head versions record.
  public static let softwareVersion = "0.1.0"

  /// Every version of every head: heads by name, the versions of each from the oldest on.
  public func versions() throws -> [HeadVersion] {
    let reader = try reader()
    return try reader.snapshot {
      try reader.heads().flatMap { head in
        let aliases = try reader.aliases(of: head.name)
        return try reader.versions(of: head.name).map { try HeadVersion($0, aliases: aliases) }
      }
    }
  }

  /// The version that a reference means.
  public func version(_ reference: HeadReference) throws -> HeadVersion {
    let reader = try reader()
    return try reader.snapshot { try reader.version(reference) }
  }

  /// Every move of every alias of a head, the oldest first.
  public func aliasLog(of head: String) throws -> [AliasEntry] {
    try reader().aliasLog(of: head)
  }

  /// Lets an alias point at a version.
  @discardableResult
  public func promote(_ version: HeadVersion, to alias: String) throws -> AliasEntry {
    try writer().promote(version.number, of: version.head, to: alias)
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
