internal import Datasets
internal import Digests
internal import Heads
internal import LinearAlgebra
internal import Storage

/// The labelled rows of a task at one revision of a dataset, in the order of the bytes of their ids: what a head is trained
/// and measured on. Of a head for another dataset, the rows of the one that it is trained on, and behind them those of the one that it is
/// for.
struct TrainingRows {
  let task: String
  let dataset: String
  let revision: Int
  let items: [StoredItem]
  /// The answer of each item.
  let targets: Targets
  /// The group of each item, nil for one that has none; nil where no field was named that groups them.
  let groups: [[UInt8]?]?
  /// How many of the rows, the first, are only trained on, for those behind are another dataset's, which are only measured; nil where all
  /// are of one dataset.
  let sourceRows: Int?

  /// Reads the rows as they stand at a revision, the newest if it is nil, with their groups by a metadata field or `label.TASK` if one
  /// is named.
  ///
  /// - Throws: ``FirnError`` when there are none, or no item has the field.
  init(
    of task: String, in dataset: String, at revision: Int?, groupedBy field: String? = nil,
    from reader: StoreReader
  ) throws {
    let revision = try revision ?? reader.latestRevision(of: dataset).number
    let rows = try reader.labelledRows(of: dataset, task: task, at: revision)
    guard !rows.isEmpty else { throw FirnError.noLabels(task: task, dataset: dataset) }
    let items = rows.map(\.item)
    (self.task, self.dataset, self.revision, self.items) = (task, dataset, revision, items)
    (targets, sourceRows) = (Targets(rows.map(\.label), of: try reader.task(named: task).kind), nil)
    groups = try field.map {
      try ItemGroups(by: $0, in: dataset, at: revision, from: reader).groups(of: items)
    }
  }

  /// Reads the rows of a source to train on, and those of a target to measure on, of which there may be none. A text that is among the
  /// target's is not trained on.
  ///
  /// - Throws: ``FirnError`` when the source has none.
  init(
    of task: String, in dataset: String, at revision: Int?, for adaptation: Adaptation,
    from reader: StoreReader
  ) throws {
    let revision = try revision ?? reader.latestRevision(of: dataset).number
    let target = try reader.labelledRows(of: adaptation.target, task: task, at: adaptation.revision)
    let measured = Set(target.map(\.item.content))
    let labelled = try reader.labelledRows(of: dataset, task: task, at: revision)
    guard !labelled.isEmpty else { throw FirnError.noLabels(task: task, dataset: dataset) }
    let source = labelled.filter { !measured.contains($0.item.content) }
    guard !source.isEmpty else {
      throw FirnError.sourceInTarget(source: dataset, target: adaptation.target)
    }
    (self.task, self.dataset, self.revision) = (task, dataset, revision)
    items = (source + target).map(\.item)
    targets = Targets((source + target).map(\.label), of: try reader.task(named: task).kind)
    (groups, sourceRows) = (nil, source.count)
  }

  /// Reads the rows that a head version was trained and measured on.
  init(of version: HeadVersion, from reader: StoreReader) throws {
    if let adaptation = version.specification.adaptation {
      try self.init(
        of: version.task, in: version.dataset, at: version.revision, for: adaptation, from: reader)
      return
    }
    try self.init(
      of: version.task, in: version.dataset, at: version.revision, groupedBy: version.specification.group,
      from: reader)
  }

  /// SHA-256 over the task and each row's id, content and label, and group where there are groups, the lengths of texts before them; the
  /// number of the source's rows behind all where there is a source.
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
    if let sourceRows { hasher.update(sourceRows) }
    return hasher.finalize()
  }

  /// The rows to train on and those to measure on. A text, and a group, is on one side only, wherever it stands. Of an imported head
  /// none are known to be trained on, and all are measured.
  func split(_ specification: HeadSpecification) throws -> StratifiedHoldout.Split {
    guard specification.imported == nil else {
      return StratifiedHoldout.Split(training: [], holdout: Array(items.indices))
    }
    if let sourceRows {
      return StratifiedHoldout.Split(
        training: Array(0..<sourceRows), holdout: Array(sourceRows..<items.count))
    }
    let split = try specification.split()
    guard let groups else { return try split.split(targets.strata, keys: keys) }
    return try split.split(targets.strata, keys: keys, groups: groups)
  }

  /// Of some places of rows the first of each text.
  func firstPlaces(of places: [Int]) -> [Int] {
    places.map { items[$0].content }.firstPlaces.map { places[$0] }
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

extension StoreReader {
  /// The items that have a label for a task, with it, in the order of the bytes of their ids.
  fileprivate func labelledRows(
    of dataset: String, task: String, at revision: Int
  ) throws -> [(item: StoredItem, label: Label)] {
    var rows: [(item: StoredItem, label: Label)] = []
    try labels(of: dataset, task: task, at: revision) { rows.append(($0, $1)) }
    return rows
  }
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
