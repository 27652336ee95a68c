public import Storage

extension Store {
  /// The version of Firn, which head versions record.
  public static let softwareVersion = "0.3.0"

  /// Every version of every head: heads by name, the versions of each from the oldest on.
  public func versions() throws -> [HeadVersion] {
    let reader = try reader()
    return try reader.snapshot {
      try reader.heads().flatMap { head in
        let (aliases, annotations) = (
          try reader.aliases(of: head.name), try reader.annotations(of: head.name)
        )
        return try reader.versions(of: head.name).map {
          try HeadVersion($0, aliases: aliases, annotations: annotations)
        }
      }
    }
  }

  /// The version that a reference means.
  public func version(_ reference: HeadReference) throws -> HeadVersion {
    let reader = try reader()
    return try reader.snapshot { try reader.version(reference) }
  }

  /// Appends a note to a version.
  ///
  /// - Returns: The version, with what is said of it now.
  @discardableResult
  public func note(_ text: String, on version: HeadVersion) throws -> HeadVersion {
    try annotate(version) { try $0.note(text, on: version.number, of: version.head) }
  }

  /// Gives a version tags.
  ///
  /// - Returns: The version, with what is said of it now.
  @discardableResult
  public func tag(_ version: HeadVersion, with tags: [String]) throws -> HeadVersion {
    try annotate(version) { try $0.tag(version.number, of: version.head, with: tags) }
  }

  /// Takes tags from a version, which must have all of them.
  ///
  /// - Returns: The version, with what is said of it now.
  @discardableResult
  public func untag(_ version: HeadVersion, from tags: [String]) throws -> HeadVersion {
    try annotate(version) { try $0.untag(version.number, of: version.head, from: tags) }
  }

  private func annotate(_ version: HeadVersion, _ body: (StoreWriter) throws -> Void) throws -> HeadVersion {
    let writer = try writer()
    try body(writer)
    return try writer.version(version.reference)
  }

  /// Removes the versions of a head that nothing keeps: not the newest `count`, those that an alias points at or its log names, those
  /// that have a tag, or those that a version was made from that stays.
  ///
  /// - Parameters:
  ///   - head: The head's name.
  ///   - count: How many of the newest versions stay; at least one does.
  ///   - isRehearsal: Whether nothing is removed, and only told what would be.
  /// - Returns: What was done with each version, the oldest first.
  /// - Throws: `StoreError` when there is no such head, or the store cannot be written.
  public func prune(_ head: String, keeping count: Int, rehearsing isRehearsal: Bool = false) throws
    -> [PruneVerdict]
  {
    try isRehearsal
      ? reader().pruning(of: head, keeping: count) : writer().prune(head, keeping: count)
  }

  /// Removes a head with all its versions and its log; one that has protected aliases stays.
  public func removeHead(named name: String) throws {
    try writer().removeHead(named: name)
  }
}
