public import Storage

extension Store {
  /// What every dataset holds, by name.
  public func datasets() throws -> [DatasetSummary] {
    try reader().datasets()
  }

  /// What a dataset holds at a revision; nil for the newest.
  public func dataset(named name: String, at revision: Int? = nil) throws -> DatasetSummary {
    try reader().dataset(named: name, at: revision)
  }

  /// Every revision of a dataset, the newest first.
  public func revisions(of dataset: String) throws -> [Revision] {
    try reader().revisions(of: dataset)
  }

  /// Calls `body` with each item that differs between two revisions of a dataset, in the order of the bytes of their ids.
  ///
  /// - Parameters:
  ///   - dataset: The dataset's name.
  ///   - before: The one revision.
  ///   - after: The other, which may be the older one; nil for the newest.
  ///   - body: Takes one change; what it throws ends the reading.
  /// - Throws: `StoreError` when the dataset or a revision is not there; what `body` throws.
  public func changes(
    of dataset: String, from before: Int, to after: Int? = nil, _ body: (ItemChange) throws -> Void
  ) throws {
    try reader().changes(of: dataset, from: before, to: after, body)
  }

  /// Removes a dataset with all of its revisions. Texts and vectors stay until ``vacuum(overwriting:onStep:)``.
  ///
  /// - Throws: `StoreError.datasetNeeded` while there are head versions that were trained on it.
  public func removeDataset(named name: String) throws {
    try writer().removeDataset(named: name)
  }

  /// Drops the revisions of a dataset before one; those that heads were trained on stay. Texts and vectors stay until
  /// ``vacuum(overwriting:onStep:)``.
  ///
  /// - Returns: How many revisions were dropped.
  /// - Throws: `StoreError` when the dataset or the revision is not there.
  public func forgetRevisions(of dataset: String, before revision: Int) throws -> Int {
    try writer().forgetRevisions(of: dataset, before: revision)
  }

  /// Frees the texts that no revision of any dataset holds, with their vectors, and makes the file smaller.
  ///
  /// - Parameters:
  ///   - overwrites: Whether what is freed is overwritten with zeros in the file.
  ///   - onStep: Told after each step which share was looked at.
  /// - Returns: What was freed.
  /// - Throws: `StoreError`.
  public func vacuum(
    overwriting overwrites: Bool = false, onStep: (Double) -> Void = { _ in }
  ) throws -> VacuumSummary {
    try writer().vacuum(overwriting: overwrites, onStep: onStep)
  }

  /// How far each backbone has read a dataset's revision, by the backbones' names; nil for the newest.
  public func coverage(
    of dataset: String, at revision: Int? = nil
  ) throws -> [(backbone: String, coverage: EmbeddingCoverage)] {
    let reader = try reader()
    return try reader.snapshot {
      guard try reader.dataset(named: dataset, at: revision).revision != nil else { return [] }
      return try reader.backbones().map { ($0.name, try reader.coverage(of: dataset, at: revision, by: $0)) }
    }
  }
}
