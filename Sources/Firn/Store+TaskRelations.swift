internal import Heads
internal import LinearAlgebra
internal import Storage
internal import Transfer

extension Store {
  /// Finds out how tasks relate on the same items: whether a head for one may help another. Each text counts once.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - name: The backbone whose features the heads learn from.
  ///   - names: The tasks, of any kind; empty for all that the dataset's items have labels for.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - progress: Told which share is done.
  /// - Returns: The tasks and each two of them.
  /// - Throws: ``FirnError/noLabels(task:dataset:)`` for a task that is named; `StoreError.missingVectors` when labelled items are not embedded
  ///   yet.
  public func taskRelations(
    in dataset: String, with name: String, tasks names: [String] = [], at revision: Int? = nil,
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> TaskRelations {
    let reader = try reader()
    return try reader.snapshot {
      let backbone = try reader.backbone(named: name)
      let revision = try revision ?? reader.latestRevision(of: dataset).number
      var seen: Set<String> = []
      let asked = try names.isEmpty ? reader.tasks().map(\.name) : names.filter { seen.insert($0).inserted }
      var sides: [TaskSide] = []
      for (place, task) in asked.enumerated() {
        progress(Double(place) / Double(asked.count + 1))
        do {
          let rows = try TrainingRows(of: task, in: dataset, at: revision, from: reader)
          sides.append(try TaskSide(rows, by: backbone, in: self))
        } catch FirnError.noLabels where names.isEmpty {
          continue
        }
      }
      progress(Double(asked.count) / Double(asked.count + 1))
      let pairs = sides.flatMap { source in
        sides.filter { $0.name != source.name }.map { source.pair(to: $0, threads: threads) }
      }
      return TaskRelations(
        dataset: dataset, revision: revision, backbone: backbone.name, tasks: sides.map(\.described),
        pairs: pairs, leastRows: TaskSide.leastRows)
    }
  }
}

/// What the texts of one task are labelled, and what a head for it says of them.
private struct TaskSide {
  /// So few rows tell nothing of how tasks relate.
  static let leastRows = 20

  let name: String
  /// The contents that have labels, each once.
  private let contents: [Int64]
  private let places: [Int64: Int]
  private let targets: Targets
  private let labels: TaskLabels
  private let head: Result<Head, HeadError>

  private struct Head {
    /// What it answers each text that is left out, a distribution a row.
    let answers: Matrix<Float>
    let subspace: HeadSubspace
  }

  init(_ rows: TrainingRows, by backbone: BackboneRecord, in store: Store) throws {
    let firsts = rows.items.map(\.content).firstPlaces
    name = rows.task
    contents = firsts.map { rows.items[$0].content }
    places = Dictionary(uniqueKeysWithValues: contents.enumerated().map { ($1, $0) })
    targets = rows.targets.rows(at: firsts)
    labels = targets.taskLabels
    let features = try store.features(of: contents, by: backbone)
    head = Result { [targets] () throws(HeadError) in
      let told = try LeftOutAnswers(
        ridgeOn: try TrainingData(features: features, targets: targets), threads: store.threads)
      return Head(
        answers: targets.distributions(of: told.outputs), subspace: targets.subspace(of: told.weights))
    }
  }

  var described: TaskRelations.Task {
    let names = targets.answers.names
    let (rank, problem): (Int?, String?) =
      switch head {
      case .success(let head): (head.subspace.rank, nil)
      case .failure(let error): (nil, "\(error)")
      }
    return TaskRelations.Task(
      task: name, kind: targets.answers.kind, rows: contents.count,
      answers: names.isEmpty ? nil : names.count, rank: rank, problem: problem)
  }

  /// How this task tells another, on the texts that have labels of both.
  func pair(to target: TaskSide, threads: Threads) -> TaskRelations.Pair {
    let common = contents.indices.filter { target.places[contents[$0]] != nil }
    guard common.count >= Self.leastRows else {
      return TaskRelations.Pair(
        from: name, to: target.name, rows: common.count, entropy: nil, nce: nil, leep: nil, labels: nil,
        answers: nil, similarity: nil)
    }
    let truth = target.labels.rows(at: common.compactMap { target.places[contents[$0]] })
    let own = Explanation(of: truth, by: labels.rows(at: common).distributions, threads: threads)
    let heads = (try? head.get(), try? target.head.get())
    let told = heads.0.map { Explanation(of: truth, by: $0.answers.rows(at: common), threads: threads) }
    return TaskRelations.Pair(
      from: name, to: target.name, rows: common.count, entropy: own.entropy, nce: own.logPrediction,
      leep: told?.logPrediction, labels: TaskRelations.Figure(own),
      answers: told.flatMap(TaskRelations.Figure.init),
      similarity: heads.0.flatMap { own in
        heads.1.flatMap { TaskRelations.Figure(own.subspace, $0.subspace) }
      })
  }
}

extension Targets {
  fileprivate var taskLabels: TaskLabels {
    switch self {
    case .classes(let labels): .classes(labels.indices, count: labels.classes.count)
    case .tags(let labels): .tags(labels.indices, count: labels.tags.count)
    case .numbers(let numbers): TaskLabels(fifthsOf: numbers)
    }
  }

  /// What the outputs of a head for such answers say, a distribution a row.
  fileprivate func distributions(of outputs: Matrix<Float>) -> Matrix<Float> {
    switch self {
    case .classes: outputs
    case .tags: TaskLabels.distributions(ofTags: outputs)
    case .numbers: TaskLabels(fifthsOf: outputs.elements.map { Double($0) }).distributions
    }
  }

  fileprivate func subspace(of weights: Matrix<Double>) -> HeadSubspace {
    if case .classes = self {
      HeadSubspace(weights: weights, compares: true)
    } else {
      HeadSubspace(weights: weights, compares: false)
    }
  }
}

extension TaskRelations.Figure {
  fileprivate init?(_ explanation: Explanation) {
    guard let share = explanation.share, let chance = explanation.chance else { return nil }
    self.init(value: share, chance: chance)
  }

  fileprivate init?(_ one: HeadSubspace, _ other: HeadSubspace) {
    guard let similarity = one.similarity(to: other) else { return nil }
    self.init(value: similarity, chance: one.chance(with: other))
  }
}
