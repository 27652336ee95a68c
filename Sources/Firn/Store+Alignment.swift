internal import Heads
internal import LinearAlgebra
internal import Storage
internal import Transfer

extension Store {
  /// Learns a transform from a source to a target by the features of all of their items, each text once, and keeps it. One that is there
  /// already, of the same rows, settings and name, stays as it is.
  ///
  /// - Parameters:
  ///   - source: The dataset whose labels are to be learnt from.
  ///   - target: The dataset that is to be served, whose labels are not looked at.
  ///   - backbone: The backbone whose embeddings are the features.
  ///   - method: How.
  ///   - task: The task whose classes count, for methods that need one.
  ///   - penalty: What `coral` adds to the diagonals of both covariances; nil for the mean variance of a feature.
  ///   - axes: How many axes `subspace` turns; nil for those of nine tenths of the source's variance.
  ///   - name: What it is called, but for the name of a method; nil for its method's, and the setting behind it where one is given:
  ///     `subspace-20`. So what is called as a method is what the method makes by itself.
  /// - Returns: The transform.
  /// - Throws: `StoreError.missingVectors` when items are not embedded; `TransferError` when a side has too few texts or a setting is out of its
  ///   range; `HeadError` when there is nothing to tell the two apart by.
  @discardableResult
  public func align(
    _ source: String, to target: String, with backbone: String, by method: TransformSpecification.Method,
    task: String? = nil, penalty: Double? = nil, axes: Int? = nil, called name: String? = nil
  ) throws -> Transform {
    let name = try method.name(given: name, penalty: penalty, axes: axes)
    let reader = try reader()
    let (space, learning) = try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      return (
        space,
        try TransformLearning(
          from: source, to: target, by: method, task: task, penalty: penalty, axes: axes, of: space,
          from: reader, in: self)
      )
    }
    return try keep(
      learning.effect, as: learning.specification, metrics: learning.metrics, from: space, to: space,
      called: name)
  }
}

/// A transform as it is learnt.
private struct TransformLearning {
  private(set) var specification: TransformSpecification
  let effect: TransformEffect
  let metrics: Transform.Metrics

  /// So many rows of either side tell the two apart.
  private static let mostRows = 10_000

  init(
    from source: String, to target: String, by method: TransformSpecification.Method, task: String?,
    penalty: Double?, axes: Int?, of space: BackboneRecord, from reader: StoreReader, in store: Store
  ) throws {
    try method.check(
      among: TransformSpecification.Method.alignments, task: task, penalty: penalty, axes: axes)
    let threads = store.threads
    let texts = try [source, target].map { try DistinctTexts(of: ItemSelection($0), from: reader) }
    let sides = try texts.map { try store.features(of: $0.items.map(\.content), by: space) }
    specification = TransformSpecification(
      method: method, source: .init(dataset: source, revision: texts[0].revision),
      target: .init(dataset: target, revision: texts[1].revision))
    // Weights are learnt without them.
    let moments = method.mapsFeatures ? sides.map { FeatureMoments($0, threads: threads) } : []
    switch method {
    case .moments:
      effect = .map(try Alignment.moments.map(from: moments[0], to: moments[1]))
    case .coral:
      let penalty = penalty ?? Alignment.usualPenalty(from: moments[0], to: moments[1])
      specification.penalty = penalty
      effect = .map(try Alignment.coral(penalty: penalty).map(from: moments[0], to: moments[1]))
    case .subspace:
      let axes = axes ?? Alignment.usualAxes(of: moments[0])
      specification.axes = axes
      effect = .map(try Alignment.subspace(axes: axes).map(from: moments[0], to: moments[1]))
    case .importance:
      effect = .densityRatio(try Self.densityRatio(sides, threads: threads))
    case .shift:
      guard let task else {
        throw TransferError.setting("the task", problem: "is not given, whose classes count")
      }
      specification.task = task
      let rows = try TrainingRows(of: task, in: source, at: texts[0].revision, from: reader)
      effect = .classWeights(try Self.classWeights(rows, target: sides[1], by: space, in: store))
    case .procrustes, .ridge: throw method.leadsElsewhere
    }
    metrics = try Transform.Metrics(effect, sides, moments, threads: threads)
  }

  /// By logistic regression that tells the two sides apart.
  private static func densityRatio(_ sides: [Matrix<Float>], threads: Threads) throws -> DensityRatio {
    let samples = sides.map { $0.rows(at: (0..<$0.rows).spread(mostRows)) }
    let data = try TrainingData(telling: samples[0], from: samples[1])
    let head = try LogisticTrainer().train(on: data, threads: threads).head
    guard case .linear(let model) = head.model else {
      throw HeadError.unsuited(method: .logistic, to: head.answers)
    }
    let (source, target) = (model.weights.row(0), model.weights.row(1))
    return DensityRatio(
      coefficients: zip(target, source).map { head.sharpness * ($0 - $1) },
      intercept: head.sharpness * (model.bias[1] - model.bias[0]))
  }

  /// By what a ridge head of the source says of the target, beside what it says of each row of the source when that one is left out.
  private static func classWeights(
    _ rows: TrainingRows, target: Matrix<Float>, by space: BackboneRecord, in store: Store
  ) throws -> [TransformEffect.ClassWeight] {
    let data = try TrainingData(
      features: store.features(of: rows.items.map(\.content), by: space), targets: rows.targets)
    guard case .classes(let labels) = data.targets else {
      throw TransferError.setting(
        "the method shift",
        problem: "counts classes, and the task “\(rows.task)” has \(data.targets.answers.kind)")
    }
    let own = try LeftOutAnswers(ridgeOn: data, threads: store.threads)
    let shares = try ClassShares(
      learnt: own.outputs.columnMeans(threads: store.threads),
      probabilities: own.head.outputs(of: target, threads: store.threads))
    // No class is lost of which none is seen now.
    return zip(labels.classes, shares.weights).map {
      TransformEffect.ClassWeight(name: $0, weight: Float(max(1e-3, $1)))
    }
  }
}

extension Transform.Metrics {
  /// What an effect does to the sides that it was learnt from.
  fileprivate init(
    _ effect: TransformEffect, _ sides: [Matrix<Float>], _ moments: [FeatureMoments], threads: Threads
  ) throws {
    (sourceRows, targetRows, stitch) = (sides[0].rows, sides[1].rows, nil)
    switch effect {
    case .map(let map):
      let before = try CovarianceGap(moments[0], moments[1])
      let after = try CovarianceGap(
        FeatureMoments(map(sides[0], threads: threads), threads: threads), moments[1])
      coral = .init(before: before.coral, after: after.coral)
      frechet = .init(before: before.frechet, after: after.frechet)
      effectiveRows = nil
    case .densityRatio(let ratio):
      (coral, frechet) = (nil, nil)
      effectiveRows = DensityRatio.effectiveRows(of: try ratio.weights(of: sides[0]))
    case .classWeights:
      (coral, frechet, effectiveRows) = (nil, nil, nil)
    }
  }
}
