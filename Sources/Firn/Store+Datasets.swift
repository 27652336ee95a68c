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
}
