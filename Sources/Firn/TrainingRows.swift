internal import Datasets
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
  /// The answer of each item.
  let targets: Targets
  /// The group of each item, nil for one that has none; nil where no field was named that groups them.
  let groups: [[UInt8]?]?

  /// Reads the rows as they stand at a revision, the newest if it is nil, with their groups by a metadata field or `label.TASK` if one
  /// is named.
  ///
  /// - Throws: ``FirnError`` when there are none, or no item has the field.
  init(
    of task: String, in dataset: String, at revision: Int?, groupedBy field: String? = nil,
    from reader: StoreReader
  ) throws {
    let record = try reader.task(named: task)
    let revision = try revision ?? reader.latestRevision(of: dataset).number
    var items: [StoredItem] = []
    var labels: [Label] = []
    try reader.labels(of: dataset, task: task, at: revision) { item, label in
      items.append(item)
      labels.append(label)
    }
    guard !items.isEmpty else { throw FirnError.noLabels(task: task, dataset: dataset) }
    (self.task, self.dataset, self.revision, self.items) = (task, dataset, revision, items)
    targets = Targets(labels, of: record.kind)
    groups = try field.map {
      try ItemGroups(by: $0, in: dataset, at: revision, from: reader).groups(of: items)
    }
  }

  /// Reads the rows that a head version was trained and measured on.
  init(of version: HeadVersion, from reader: StoreReader) throws {
    try self.init(
      of: version.task, in: version.dataset, at: version.revision, groupedBy: version.specification.group,
      from: reader)
  }

  /// SHA-256 over the task and each row's id, content and label, and group where there are groups, the lengths of texts before them.
  var digest: SHA256Digest {
    var hasher = SHA256()
    func add(_ text: String) {
      hasher.update(text.utf8.count)
      hasher.update(text)
    }
    add(task)
    for (row, item) in items.enumerated() {
      add(item.id)
      hasher.update(item.digest.bytes)
      switch targets {
      case .classes(let labels): add(labels.classes[Int(labels.indices[row])])
      case .tags(let labels):
        hasher.update(labels.indices[row].count)
        for tag in labels.indices[row] { add(labels.tags[Int(tag)]) }
      case .numbers(let numbers): hasher.update(Int(bitPattern: UInt(numbers[row].bitPattern)))
      }
      if let groups {
        hasher.update(groups[row]?.count ?? -1)
        hasher.update(groups[row] ?? [])
      }
    }
    return hasher.finalize()
  }

  /// The rows to train on and those to measure on. A text, and a group, is on one side only, wherever it stands. Of an imported head
  /// none are known to be trained on, and all are measured.
  func split(_ specification: HeadSpecification) throws -> StratifiedHoldout.Split {
    guard specification.imported == nil else {
      return StratifiedHoldout.Split(training: [], holdout: Array(items.indices))
    }
    let split = try specification.split()
    guard let groups else { return try split.split(targets.strata, keys: keys) }
    return try split.split(targets.strata, keys: keys, groups: groups)
  }

  /// The folds of the rows to train on, each in its turn. A text, and a group, is in one fold only.
  func folds(_ specification: TrialSpecification) throws -> [StratifiedHoldout.Split] {
    let (training, keys) = (try split(specification.head).training, keys)
    let folds = try GroupedFolds(
      targets.strata.rows(at: training), keys: training.map { keys[$0] },
      groups: groups.map { groups in training.map { groups[$0] } }, count: specification.folds,
      repeats: specification.repeats, seed: specification.head.seed)
    return folds.splits.map { split in
      StratifiedHoldout.Split(
        training: split.training.map { training[$0] }, holdout: split.holdout.map { training[$0] })
    }
  }

  private var keys: [[UInt8]] { items.map(\.digest.bytes) }
}

extension Targets {
  /// The answers that items carry for a task of one kind, as the store has them.
  fileprivate init(_ labels: [Label], of kind: TaskKind) {
    self =
      switch kind {
      case .singleLabel:
        .classes(ClassLabels(labels.compactMap { if case .single(let name) = $0 { name } else { nil } }))
      case .multiLabel:
        .tags(TagLabels(labels.compactMap { if case .multiple(let tags) = $0 { tags } else { nil } }))
      case .regression:
        .numbers(labels.compactMap { if case .number(let number) = $0 { number } else { nil } })
      }
  }
}
