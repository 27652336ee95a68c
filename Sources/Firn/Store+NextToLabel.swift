internal import Heads
internal import JSON
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Draws items of a dataset's newest revision to be labelled next: those that a head is uncertain of, and that are unlike one
  /// another; see `Uncertainty` and `DiverseDraw`. A text comes once, and not at all if an item of it has a label.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - dataset: The dataset.
  ///   - backbone: Whose embeddings are compared.
  ///   - task: The task; it need not have a label yet.
  ///   - head: Whose uncertainty counts; nil for ridge regression on the labels that there are.
  /// - Returns: The items in their order; fewer only where there are fewer texts. The same each time, as long as nothing changes.
  /// - Throws: ``FirnError/otherTask(head:answers:asked:)``, ``FirnError/otherBackbone(head:needs:fingerprint:given:)``;
  ///   `StoreError.missingVectors` when items are not embedded yet.
  public func nextToLabel(
    _ count: Int, in dataset: String, with backbone: String, for task: String,
    using head: HeadReference? = nil
  ) throws -> LabellingBatch {
    let reader = try reader()
    return try reader.snapshot {
      let version = try head.map { try reader.version($0) }
      if let version, !version.task.hasSameBytes(as: task) {
        throw FirnError.otherTask(head: version.reference, answers: version.task, asked: task)
      }
      let space =
        if let version {
          try reader.backbone(of: version, given: backbone)
        } else {
          try reader.backbone(named: backbone)
        }
      let known = try reader.labelledRows(of: task, in: dataset)
      let items = try reader.unlabelledItems(of: dataset, beside: known)
      let features = try self.features(of: items.map(\.content), by: space)
      let guide =
        if let version {
          Guide(basis: .head(version.reference), head: try reader.head(of: version))
        } else {
          try Guide(learningFrom: known, by: space, in: self)
        }
      let outputs = try guide.head?.outputs(of: features, threads: threads)
      let drawn = DiverseDraw.rows(
        count, of: features, weights: guide.weights(of: outputs, rows: items.count), threads: threads)
      let texts = try reader.texts(of: drawn.map { items[$0].content })
      let candidates = zip(drawn, texts).enumerated().map { index, item in
        LabellingBatch.Candidate(
          rank: index + 1, id: items[item.0].id, text: item.1,
          prediction: guide.prediction(outputs, row: item.0))
      }
      return LabellingBatch(basis: guide.basis, texts: items.count, items: candidates)
    }
  }
}

/// What knows which items are uncertain.
private struct Guide {
  let basis: LabellingBatch.Basis
  /// Nil where nothing is known.
  let head: Head?

  init(basis: LabellingBatch.Basis, head: Head?) {
    (self.basis, self.head) = (basis, head)
  }

  /// A head of the labels that there are, if they are enough for one.
  init(learningFrom known: TrainingRows?, by space: BackboneRecord, in store: Store) throws {
    self.init(basis: .nothing, head: nil)
    guard let known else { return }
    let features = try store.features(of: known.items.map(\.content), by: space)
    do throws(HeadError) {
      let data = try TrainingData(features: features, targets: known.targets)
      let trained = try RidgeTrainer().train(on: data, threads: store.threads)
      self.init(basis: .labels(known.items.count), head: trained.head)
    } catch {
      switch error {
      case .tooFewRows, .tooFewClasses, .noTags: break
      default: throw error
      }
    }
  }

  /// The squares of the rows' uncertainties.
  func weights(of outputs: Matrix<Float>?, rows: Int) -> [Double] {
    guard let head, let outputs else { return [Double](repeating: 1, count: rows) }
    return Uncertainty.of(outputs, answers: head.answers).map { $0 * $0 }
  }

  func prediction(_ outputs: Matrix<Float>?, row: Int) -> Prediction? {
    guard let head, let outputs else { return nil }
    return Prediction(outputs.row(row), of: head.answers, top: 2)
  }
}

extension StoreReader {
  /// The labelled rows of a task; nil where there are none, or no such task yet.
  fileprivate func labelledRows(of task: String, in dataset: String) throws -> TrainingRows? {
    guard try taskKinds()[task] != nil else { return nil }
    do {
      return try TrainingRows(of: task, in: dataset, at: nil, from: self)
    } catch FirnError.noLabels {
      return nil
    }
  }

  /// An item of each text that no labelled item has, the first by its id.
  fileprivate func unlabelledItems(of dataset: String, beside known: TrainingRows?) throws -> [StoredItem] {
    var seen = Set(known?.items.map(\.content) ?? [])
    var items: [StoredItem] = []
    try self.items(of: dataset) { item in
      if seen.insert(item.content).inserted { items.append(item) }
    }
    return items
  }
}
