public import Storage

extension Store {
  /// Every move of every alias of a head, the oldest first.
  public func aliasLog(of head: String) throws -> [AliasEntry] {
    try reader().aliasLog(of: head)
  }

  /// Lets an alias point at a version. A protected alias needs a ground that allows it, and a version whose transfer hurts needs someone who
  /// answers for it.
  ///
  /// - Throws: ``FirnError/transferHurts(version:_:)``; `StoreError.aliasProtected`.
  @discardableResult
  public func promote(
    _ version: HeadVersion, to alias: String, on ground: MoveGround = .ordinary()
  ) throws -> AliasEntry {
    if case .override = ground {} else { try version.checkTransfer() }
    return try writer().promote(version.number, of: version.head, to: alias, on: ground)
  }

  /// Lets an alias point at where it pointed before; twice goes two promotions back. A protected alias needs a ground that allows it.
  @discardableResult
  public func rollback(
    _ alias: String, of head: String, on ground: MoveGround = .ordinary()
  ) throws -> AliasEntry {
    try writer().rollback(alias, of: head, on: ground)
  }

  /// Removes an alias, and its protection; its log stays. A protected alias needs a ground that allows it.
  @discardableResult
  public func removeAlias(
    _ alias: String, of head: String, on ground: MoveGround = .ordinary()
  ) throws -> AliasEntry {
    try writer().removeAlias(alias, of: head, on: ground)
  }

  /// Protects an alias, so that it moves only on a ground that allows it, or takes the protection off.
  @discardableResult
  public func protect(_ alias: String, of head: String, _ protects: Bool = true) throws -> AliasEntry {
    try writer().protect(alias, of: head, protects)
  }
}

extension HeadVersion {
  /// Throws ``FirnError/transferHurts(version:_:)`` where it is worse for its target than what could be had without a transfer.
  func checkTransfer() throws(FirnError) {
    guard let transfer = metrics.transfer, transfer.outcome == .hurts, let worst = transfer.decisive else {
      return
    }
    throw .transferHurts(version: reference, worst)
  }
}
