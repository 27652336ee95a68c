/// One change of a dataset, and the state of the dataset after it.
public struct Revision: Hashable, Sendable {
  /// What became of a revision.
  public enum State: String, Sendable {
    /// It is being written; readers do not see it yet.
    case open
    /// It is complete and never changes again.
    case closed
    /// Its writer died; what it had written stands.
    case interrupted
  }

  /// The dataset's name.
  public let dataset: String
  /// 1, 2, … in each dataset.
  public let number: Int
  /// What made it.
  public let command: String
  /// When it was begun: ISO 8601, UTC.
  public let created: String
  /// What became of it.
  public let state: State
  /// How many items it added.
  public let added: Int
  /// Of how many items it changed the content, metadata or labels.
  public let changed: Int
  /// How many items it removed.
  public let removed: Int

  let datasetID: Int64

  static let selection = """
    SELECT dataset.name, revision.number, revision.command, revision.created, revision.state,
      revision.added, revision.changed, revision.removed, revision.dataset
    FROM revision JOIN dataset ON dataset.id = revision.dataset
    """

  init(_ row: Statement) throws {
    dataset = row.text(0)
    number = row.int(1)
    command = row.text(2)
    created = row.text(3)
    state = State(rawValue: row.text(4)) ?? .interrupted
    added = row.int(5)
    changed = row.int(6)
    removed = row.int(7)
    datasetID = row.integer(8)
  }
}
