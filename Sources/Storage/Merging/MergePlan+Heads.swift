internal import Digests

extension MergePlan {
  /// Compares the heads of both stores, whose versions and logs must begin alike.
  mutating func compareHeads() throws {
    let known = Dictionary(try target.heads().map { ($0.name, $0) }) { first, _ in first }
    for head in try source.heads() {
      if let other = known[head.name] {
        guard other.task == head.task else {
          conflicts.append("the head “\(head.name)” is for “\(head.task)”, and for “\(other.task)” there")
          continue
        }
        try compareVersions(of: head.name)
      }
      try checkRevisions(of: head.name, behind: known[head.name]?.versions ?? 0)
    }
  }

  private mutating func compareVersions(of head: String) throws {
    let (here, there) = (try source.digests(of: head), try target.digests(of: head))
    if let version = here.keys.sorted().first(where: { there[$0] ?? here[$0] != here[$0] }) {
      conflicts.append("version \(version) of the head “\(head)” is another one there")
    }
    let (moves, theirs) = (try source.aliasLog(of: head), try target.aliasLog(of: head))
    if zip(moves, theirs).contains(where: { !$0.isMove(of: $1) }) {
      conflicts.append("the aliases of the head “\(head)” were moved another way there")
    }
    try checkPruned(of: head, neededBy: moves.dropFirst(theirs.count))
  }

  /// What comes along must not need a version that was pruned in the target.
  private mutating func checkPruned(of head: String, neededBy moves: ArraySlice<AliasEntry>) throws {
    let pruned = Set(try target.prunedVersions(of: head).map(\.version))
    let pointedAt = moves.compactMap(\.version)
    let parents = try source.versions(of: head, behind: target.head(named: head).versions).compactMap(
      \.parent)
    for version in pruned.intersection(pointedAt + parents).sorted() {
      let needed = pointedAt.contains(version) ? "an alias points at" : "a version was made from"
      conflicts.append("\(head)@\(version), which \(needed), was pruned there")
    }
  }

  /// A version that comes along needs the very revisions it was trained on and adapted to.
  private mutating func checkRevisions(of head: String, behind number: Int) throws {
    for needed in try source.neededRevisions(of: head) where needed.version > number {
      let common: Int
      switch relations.first(where: { $0.dataset == needed.dataset })?.relation {
      case .diverged(let last), .taken(let last): common = last
      case .known, .continues, nil: continue
      }
      guard needed.revision > common else { continue }
      conflicts.append(
        "\(head)@\(needed.version) was \(needed.purpose) revision \(needed.revision) of “\(needed.dataset)”, "
          + "which is another one there")
    }
  }
}

extension StoreReader {
  /// The versions of a head that have a number above one.
  fileprivate func versions(of head: String, behind number: Int) throws -> [HeadVersionRecord] {
    try versions(of: head).filter { $0.version > number }
  }

  /// The digest of each version that a head was ever given, by its number.
  fileprivate func digests(of head: String) throws -> [Int: SHA256Digest] {
    let pruned = try prunedVersions(of: head).map { ($0.version, $0.digest) }
    return Dictionary(pruned + (try versions(of: head).map { ($0.version, $0.digest) })) { _, held in held }
  }
}

extension AliasEntry {
  /// Whether both move the same alias to the same version.
  fileprivate func isMove(of other: AliasEntry) -> Bool {
    (alias, version, reason) == (other.alias, other.version, other.reason)
  }
}
