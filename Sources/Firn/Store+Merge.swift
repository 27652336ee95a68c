public import Storage

extension Store {
  /// Takes into this store, which is made if it is not there, all that others hold. The order of the others makes no difference, and
  /// merging again changes nothing.
  ///
  /// - Parameters:
  ///   - paths: The other stores, which are only read. This one itself may be among them.
  ///   - command: What the datasets' logs say made the new revisions.
  ///   - progress: Told which share was done.
  /// - Returns: What is new.
  /// - Throws: `StoreError`, whose `conflicts` names all that two stores contradict each other in; then nothing of that store was taken.
  @discardableResult
  public func merge(
    _ paths: [String], command: String = "merge", telling progress: (Double) -> Void = { _ in }
  ) throws -> MergeSummary {
    // Sorted by what they hold, so that the revisions come out the same whatever the order and the names: those with heads first, whose
    // revisions must stay what they are.
    let sources = try paths.map { path in
      let reader = try StoreReader(path: path)
      return (path: path, hasHeads: try !reader.heads().isEmpty, digest: try reader.historyDigest())
    }.sorted { $0.hasHeads != $1.hasHeads ? $0.hasHeads : $0.digest < $1.digest }
    let writer = try writer()
    var summary = MergeSummary()
    for (index, source) in sources.enumerated() {
      let reader = try StoreReader(path: source.path)
      if reader.isSameFile(as: writer) { continue }
      summary += try writer.merge(reader, command: command) {
        progress((Double(index) + $0) / Double(sources.count))
      }
    }
    for dataset in Set(try writer.searchIndexes().map(\.dataset)).sorted() {
      try updateSearchIndexes(of: dataset, with: writer)
    }
    return summary
  }
}
