internal import Digests
internal import Heads
internal import LinearAlgebra
internal import Storage

/// The labelled rows of a task at one revision of a dataset, in the order of the bytes of their ids: what a head is trained
/// and measured on.
struct TrainingRows {
  let task: String
  let dataset: String
  let revision: Int
  let items: [StoredItem]
  /// The class of each item.
  let labels: [String]

  /// Reads the rows as they stand at a revision; the newest if it is nil.
  ///
  /// - Throws: ``FirnError`` when there are none, or when the task is not a single-label one.
  init(of task: String, in dataset: String, at revision: Int?, from reader: StoreReader) throws {
    let record = try reader.task(named: task)
    guard record.kind == .singleLabel else { throw FirnError.taskKind(task: task, kind: record.kind) }
    let revision = try revision ?? reader.latestRevision(of: dataset).number
    var items: [StoredItem] = []
    var labels: [String] = []
    try reader.labels(of: dataset, task: task, at: revision) { item, label in
      guard case .single(let name) = label else { return }
      items.append(item)
      labels.append(name)
    }
    guard !items.isEmpty else { throw FirnError.noLabels(task: task, dataset: dataset) }
    (self.task, self.dataset, self.revision, self.items, self.labels) = (
      task, dataset, revision, items, labels
    )
  }

  /// SHA-256 over the task and each row's id, content and label, the lengths of texts before them.
  var digest: SHA256Digest {
    var hasher = SHA256()
    func add(_ text: String) {
      hasher.update(text.utf8.count)
      hasher.update(text)
    }
    add(task)
    for (item, label) in zip(items, labels) {
      add(item.id)
      hasher.update(item.digest.bytes)
      add(label)
    }
    return hasher.finalize()
  }
}
