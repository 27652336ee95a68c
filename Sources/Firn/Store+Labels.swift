public import Datasets
internal import Storage

/// What an edit of labels did.
public struct LabellingSummary: Sendable, Hashable, Codable {
  /// The dataset.
  public let dataset: String
  /// The dataset's newest revision: a new one if anything changed.
  public internal(set) var revision = 0
  /// Items whose labels differ from what they were.
  public internal(set) var changed = 0
  /// Rows whose labels are as they were.
  public internal(set) var unchanged = 0
  /// Rows that were not taken.
  public internal(set) var rejected = 0
}

extension Store {
  /// Gives items of a dataset other labels, as a new revision. Nothing is embedded, and no text or metadata changes.
  ///
  /// A row names an item and its answers; a task that it does not mention keeps its own, and null takes an answer away. A row that
  /// names no item of the dataset is rejected.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - source: What is read: JSON Lines, CSV or TSV.
  ///   - format: How it is written; nil goes by the name.
  ///   - idField: The field that holds the ids; nil for `id`.
  ///   - labels: The fields that hold answers, by the task they feed, beside `label` and `labels`.
  ///   - isStrict: Whether to stop at the first rejected row. What was read before it stays.
  ///   - command: What the dataset's log says made the revision.
  ///   - onRejection: Called with each rejected row.
  /// - Returns: What was done.
  /// - Throws: ``FirnError/rejected(_:)`` when strict; the errors of reading and storing.
  @discardableResult
  public func label(
    _ dataset: String, from source: ItemSource, as format: InputFormat? = nil, idField: String? = nil,
    labels: [(task: String, field: String)] = [], isStrict: Bool = false, command: String = "label",
    onRejection: (Rejection) -> Void = { _ in }
  ) throws -> LabellingSummary {
    var reader = try ItemReader(
      source, format: format, fields: FieldMapping(textField: nil, idField: idField, labels: labels),
      identify: Self.id(ofText:))
    let writer = try writer()
    let newest = try writer.latestRevision(of: dataset)
    var kinds = TaskKinds(try writer.taskKinds())
    var summary = LabellingSummary(dataset: dataset)
    var revision: Revision?
    var batch: [Item] = []

    func refusal(of item: Item) throws -> String? {
      guard try writer.numbers(ofItem: item.id, in: dataset, at: newest.number) != nil else {
        return "the dataset has no item “\(item.id)”"
      }
      return kinds.contradiction(in: item)
    }
    func write() throws {
      guard !batch.isEmpty else { return }
      let open = try revision ?? writer.beginRevision(of: dataset, command: command)
      revision = open
      let counts = try writer.relabel(batch, in: open)
      summary.changed += counts.changed
      summary.unchanged += counts.unchanged
      batch = []
    }
    func finish() throws {
      try write()
      summary.revision = try self.finish(revision, of: dataset, with: writer)
    }

    while let entry = try reader.next() {
      let rejection: Rejection?
      switch entry {
      case .rejected(let found): rejection = found
      case .item(let item, let place):
        rejection = try refusal(of: item).map { Rejection(place: place, reason: $0) }
        if rejection == nil { batch.append(item) }
      }
      if let rejection {
        summary.rejected += 1
        guard !isStrict else {
          try finish()
          throw FirnError.rejected(rejection)
        }
        onRejection(rejection)
      }
      if batch.count == 4096 { try write() }
    }
    try finish()
    return summary
  }
}
