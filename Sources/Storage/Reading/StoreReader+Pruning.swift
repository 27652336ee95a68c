extension StoreReader {
  /// What a pruning would do with the versions of a head.
  ///
  /// The newest versions stay, and all that an alias points at or its log names, that has a tag, or that a version was made from that
  /// stays.
  ///
  /// - Parameters:
  ///   - head: The head's name.
  ///   - count: How many of the newest versions stay; at least one does.
  /// - Returns: What it would do with each, the oldest first.
  /// - Throws: ``StoreError/notFound(what:name:near:)``.
  public func pruning(of head: String, keeping count: Int) throws -> [PruneVerdict] {
    try snapshot {
      let versions = try versions(of: head)
      let (aliases, log) = (try aliases(of: head), try aliasLog(of: head))
      let annotations = try annotations(of: head)
      var kept: [HeadVersionRecord] = []
      // From the newest on, so that a version is met before the one it was made from.
      let verdicts = versions.reversed().enumerated().map { index, version in
        let pointing = aliases.filter { $0.version == version.version }.map(\.alias)
        let logged = Set(log.filter { $0.version == version.version }.map(\.alias)).subtracting(pointing)
        var reasons: [PruneVerdict.Reason] = index < max(1, count) ? [.newest] : []
        reasons += pointing.map { .alias($0) }
        reasons += logged.sorted().map { .log(of: $0) }
        reasons += (annotations[version.version]?.tags ?? []).map { .tag($0) }
        reasons += kept.filter { $0.parent == version.version }.map { .parent(of: $0.version) }
        if !reasons.isEmpty { kept.append(version) }
        return PruneVerdict(
          version: version.version, digest: version.digest, created: version.created, reasons: reasons)
      }
      return verdicts.reversed()
    }
  }
}
