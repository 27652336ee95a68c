internal import Datasets

/// What kind each task of a store is: what labels must fit before they are written.
struct TaskKinds {
  private var kinds: [String: TaskKind]

  init(_ kinds: [String: TaskKind]) {
    self.kinds = kinds
  }

  /// Why an item's labels do not fit their tasks, if they don't; tasks that it is the first to answer take its kind.
  mutating func contradiction(in item: Item) -> String? {
    for (task, label) in item.labels.sorted(by: { $0.key < $1.key }) {
      guard let label, let kind = kinds[task], kind != label.kind else { continue }
      return
        "its label for the task “\(task)” is \(label.kind.rawValue), but the task is \(kind.rawValue) in this store, "
        + "as its first label was; feed a task of another name"
    }
    kinds.merge(item.labels.compactMapValues { $0?.kind }) { known, _ in known }
    return nil
  }
}
