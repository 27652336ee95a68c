internal import Datasets

/// What a merge has to do, found before it does anything: how the datasets of both stores relate, and what contradicts.
struct MergePlan {
  /// How a dataset of the source relates to the one of the same name in the target.
  enum Relation: Equatable {
    /// The target has all of its revisions.
    case known
    /// The target has its first revisions, this many, and lacks the rest.
    case continues(common: Int)
    /// It went another way behind this many revisions: its items unite with those of the target.
    case diverged(common: Int)
    /// It went another way behind this many revisions, but the target has held all that it holds: it was taken in before.
    case taken(common: Int)
  }

  private(set) var relations: [(dataset: String, relation: Relation)] = []
  var conflicts: [String] = []

  let source: StoreReader
  let target: StoreReader

  /// Compares both stores. Reads every item and label, and no vectors.
  init(from source: StoreReader, to target: StoreReader) throws {
    (self.source, self.target) = (source, target)
    try compareBackbones()
    try compareTasks()
    try compareDatasets()
    try compareHeads()
  }

  private mutating func compareBackbones() throws {
    for backbone in try source.backbones() {
      if let known = try target.backbone(fingerprint: backbone.fingerprint) {
        if known.name != backbone.name {
          conflicts.append("the backbone “\(backbone.name)” is called “\(known.name)” there")
        }
      } else if try target.backbones().contains(where: { $0.name == backbone.name }) {
        conflicts.append("the backbone “\(backbone.name)” has another fingerprint there")
      }
    }
  }

  private mutating func compareTasks() throws {
    let kinds = try target.taskKinds()
    for task in try source.tasks() {
      if let kind = kinds[task.name], kind != task.kind {
        conflicts.append("the task “\(task.name)” is \(task.kind.rawValue), and \(kind.rawValue) there")
      }
    }
  }

  private mutating func compareDatasets() throws {
    let known = Set(try target.datasets().map(\.name))
    for dataset in try source.datasets() {
      guard known.contains(dataset.name) else {
        relations.append((dataset.name, .continues(common: 0)))
        continue
      }
      let (here, there) = (try source.history(of: dataset.name), try target.history(of: dataset.name))
      let common = here.common(with: there)
      if common == here.revisions.count {
        relations.append((dataset.name, .known))
      } else if common == there.revisions.count {
        relations.append((dataset.name, .continues(common: here.revisions[..<common].last ?? 0)))
      } else {
        let last = here.revisions[..<common].last ?? 0
        if try wasTaken(dataset.name) {
          relations.append((dataset.name, .taken(common: last)))
        } else {
          relations.append((dataset.name, .diverged(common: last)))
          try compareItems(of: dataset.name)
        }
      }
    }
  }

  /// Whether at one of the target's revisions its dataset held all that the source's holds, and nothing that was taken away there. What
  /// became of it since is then no contradiction: the source went nowhere since.
  private func wasTaken(_ dataset: String) throws -> Bool {
    let (here, there) = (try source.latestRevision(of: dataset), try target.latestRevision(of: dataset))
    var spans = [0..<Int.max]
    // Ends with the first item that no revision held: of a shard that is new, the very first.
    try source.connection.withStatement("SELECT id, external_id FROM item WHERE dataset = ?") { row in
      try row.bind(here.datasetID, at: 1)
      while !spans.isEmpty, try row.step() {
        let name = row.text(1)
        let item = try source.item(row.integer(0), named: name, at: here.number)
        let held = try target.spans(of: name, in: there.datasetID, holding: item)
        spans = spans.flatMap { span in held.map { $0.clamped(to: span) } }.filter { !$0.isEmpty }
      }
    }
    return try target.revisions(of: dataset).contains { revision in
      spans.contains { $0.contains(revision.number) }
    }
  }

  /// Names the items that both datasets have and that differ, a few of them.
  private mutating func compareItems(of dataset: String) throws {
    let revision = try target.latestRevision(of: dataset)
    let theirs = try source.latestRevision(of: dataset)
    var differing = Differing()
    try source.wholeItems(of: dataset) { item, _ in
      guard let number = try target.connection.item(item.id, in: revision.datasetID),
        let own = try source.connection.item(item.id, in: theirs.datasetID)
      else { return }
      guard let other = try target.item(number, named: item.id, at: revision.number) else {
        return differing.add("“\(item.id)” (removed there)")
      }
      if !item.text.utf8.elementsEqual(other.text.utf8) {
        differing.add("“\(item.id)” (text)")
      } else if !item.metadata.utf8.elementsEqual(other.metadata.utf8) {
        differing.add("“\(item.id)” (metadata)")
      } else if let task = try differingTask(item, own, other, number) {
        differing.add("“\(item.id)” (label of \(task))")
      }
    }
    // What was taken away on one side and stands on the other is as much of a contradiction.
    try target.wholeItems(of: dataset) { item, _ in
      guard let own = try source.connection.item(item.id, in: theirs.datasetID),
        try source.item(own, named: item.id, at: theirs.number) == nil
      else { return }
      differing.add("“\(item.id)” (stands there)")
    }
    guard differing.count > 0 else { return }
    conflicts.append(
      "\(differing.count) item\(differing.count == 1 ? "" : "s") of the dataset “\(dataset)” differ"
        + "\(differing.count == 1 ? "s" : ""): \(differing.named.joined(separator: ", "))"
        + (differing.count > differing.named.count ? " and more" : ""))
  }

  /// How many items differ, and the first of them.
  private struct Differing {
    private(set) var count = 0
    private(set) var named: [String] = []

    mutating func add(_ name: String) {
      count += 1
      if named.count < 5 { named.append(name) }
    }
  }

  /// A task that an item of the source and the same one of the target answer in two ways, or that one of them answers no more.
  private func differingTask(_ item: Item, _ own: Int64, _ other: Item, _ number: Int64) throws -> String? {
    for task in Set(item.labels.keys).union(other.labels.keys).sorted() {
      switch (item.labels[task] ?? nil, other.labels[task] ?? nil) {
      case (let here?, let there?): if here != there { return task }
      case (.some, nil): if try target.hadLabel(number, for: task) { return task }
      case (nil, .some): if try source.hadLabel(own, for: task) { return task }
      case (nil, nil): break
      }
    }
    return nil
  }
}
