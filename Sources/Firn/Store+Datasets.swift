public import Storage

extension Store {
  /// What every dataset holds, by name.
  public func datasets() throws -> [DatasetSummary] {
    try reader().datasets()
  }

  /// What a dataset holds at its newest revision.
  public func dataset(named name: String) throws -> DatasetSummary {
    try reader().dataset(named: name)
  }

  /// Every revision of a dataset, the newest first.
  public func revisions(of dataset: String) throws -> [Revision] {
    try reader().revisions(of: dataset)
  }

  /// How far each backbone has read a dataset's newest revision, by the backbones' names.
  public func coverage(of dataset: String) throws -> [(backbone: String, coverage: EmbeddingCoverage)] {
    let reader = try reader()
    return try reader.snapshot {
      guard try reader.dataset(named: dataset).revision != nil else { return [] }
      return try reader.backbones().map { ($0.name, try reader.coverage(of: dataset, by: $0)) }
    }
  }
}
