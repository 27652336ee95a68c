internal import Digests
internal import Heads
internal import LinearAlgebra
internal import Storage
internal import Transfer

extension Store {
  /// Ranks backbones by how well what they made of a dataset tells the labels of a task. Each text counts once.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - task: The task, of any kind.
  ///   - names: The backbones whose vectors are compared; empty for all that have read all of the labelled texts.
  ///   - source: A head for another task, whose answers are held against the labels.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - drawsCurve: Whether to find out how much more labels would bring.
  ///   - progress: Told which share is done.
  /// - Returns: The scores.
  /// - Throws: ``FirnError/noLabels(task:dataset:)``; `TransferError` when the head tells no classes; `StoreError.missingVectors` when a backbone that is named, or each of all, has not read
  ///   all texts; `HeadError` when there is nothing to learn.
  public func transferScores(
    in dataset: String, for task: String, backbones names: [String] = [], from source: HeadReference? = nil,
    at revision: Int? = nil, drawsCurve: Bool = false, progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> TransferScores {
    let reader = try reader()
    return try reader.snapshot {
      let rows = try TrainingRows(of: task, in: dataset, at: revision, from: reader)
      let scoring = TransferScoring(
        rows, from: try source.map { try reader.classHead($0) }, drawsCurve: drawsCurve, in: self)
      let backbones = try names.isEmpty ? reader.backbones() : names.map { try reader.backbone(named: $0) }
      var (found, incomplete): ([TransferScoring.Scored], [String]) = ([], [])
      for (place, backbone) in backbones.enumerated() {
        progress(Double(place) / Double(backbones.count))
        do {
          found.append(try scoring.score(backbone))
        } catch StoreError.missingVectors
          where names.isEmpty && (place + 1 < backbones.count || !found.isEmpty)
        {
          incomplete.append(backbone.name)
        }
      }
      found.sort { $0.score.ridge.value > $1.score.ridge.value }
      return TransferScores(
        dataset: dataset, revision: rows.revision, task: task,
        measure: rows.targets.areNumbers ? "r2" : "accuracy",
        baseline: rows.targets.rows(at: scoring.firsts).constantSuccess, rows: scoring.firsts.count,
        backbones: found.map(\.score), verdict: TransferScores.Verdict(found, threads: threads),
        incomplete: incomplete)
    }
  }
}

/// What is the same for all backbones that are compared.
private struct TransferScoring {
  /// A backbone's score, and how well each row is answered.
  typealias Scored = (score: TransferScores.Score, successes: [Double])

  /// The first row of each text, ascending.
  let firsts: [Int]
  private let rows: TrainingRows
  private let source: (fingerprint: SHA256Digest, head: Head)?
  private let drawsCurve: Bool
  private let store: Store

  /// The neighbours of so many rows, evenly spread, tell their mean well enough.
  private static let mostProbed = 5000

  init(_ rows: TrainingRows, from source: (SHA256Digest, Head)?, drawsCurve: Bool, in store: Store) {
    firsts = rows.items.map(\.content).firstPlaces
    (self.rows, self.drawsCurve, self.store) = (rows, drawsCurve, store)
    self.source = source.map { (fingerprint: $0.0, head: $0.1) }
  }

  func score(_ backbone: BackboneRecord) throws -> Scored {
    let (start, threads) = (ContinuousClock.now, store.threads)
    let data = try TrainingData(
      features: store.features(of: firsts.map { rows.items[$0].content }, by: backbone),
      targets: rows.targets.rows(at: firsts))
    let moments = FeatureMoments(data.features, threads: threads)
    let ridge = Probe(ridgeOn: data, moments: moments, threads: threads)
    let neighbours = try Probe(
      neighboursOn: data, rows: (0..<data.count).spread(Self.mostProbed), threads: threads)
    let labelled = LabelledMoments(data, moments, threads: threads)
    let (agreement, curve) = (
      try agreement(with: data, by: backbone), drawsCurve ? try learningCurve(on: data, all: ridge) : nil
    )
    let score = TransferScores.Score(
      backbone: backbone.name, dimension: backbone.dimension, ridge: .init(ridge, threads: threads),
      neighbours: .init(neighbours, threads: threads),
      hScore: data.targets.areClasses ? labelled.map(HScore.shrunk).flatMap { $0.isFinite ? $0 : nil } : nil,
      logEvidence: labelled.flatMap(LogME.score), leep: agreement, learningCurve: curve,
      seconds: (ContinuousClock.now - start) / .seconds(1))
    return (score, ridge.successes)
  }

  /// LEEP of the source's answers, where it reads this backbone and the labels are classes.
  private func agreement(with data: TrainingData, by backbone: BackboneRecord) throws -> Double? {
    guard let source, source.fingerprint == backbone.fingerprint, case .classes(let labels) = data.targets
    else {
      return nil
    }
    return LabelAgreement.logExpectedPrediction(
      try source.head.outputs(of: data.features, threads: store.threads), labels: labels.indices,
      classes: labels.classes.count)
  }

  /// From a sixteenth of the rows on, each time twice as many; drawn by their texts, so that each step keeps the rows of the last.
  private func learningCurve(on data: TrainingData, all: Probe) throws -> LearningCurve? {
    var points = [LearningCurve.Point(rows: data.count, accuracy: all.mean)]
    for part in [2, 4, 8, 16] {
      let drawn = try StratifiedHoldout(share: 1 / Double(part), seed: 0)
        .split(data.targets.strata, keys: firsts.map { rows.items[$0].digest.bytes }).holdout
      // Few rows may be of one class only.
      guard
        let fewer = try? TrainingData(
          features: data.features.rows(at: drawn), targets: data.targets.rows(at: drawn))
      else { break }
      points.append(
        LearningCurve.Point(
          rows: fewer.count, accuracy: Probe(ridgeOn: fewer, threads: store.threads).mean))
    }
    return LearningCurve(points.sorted { $0.rows < $1.rows })
  }
}

extension StoreReader {
  /// A head that tells classes, and the backbone it reads.
  fileprivate func classHead(_ reference: HeadReference) throws -> (SHA256Digest, Head) {
    let version = try version(reference)
    let head = try head(of: version)
    guard case .oneOf = head.answers else {
      throw TransferError.setting(
        "the head \(version.reference)",
        problem: "answers \(head.answers.kind); LEEP is of heads that tell classes")
    }
    return (version.fingerprint, head)
  }
}

extension Targets {
  /// How well always answering what is most frequent does, of tags whether each is there, of numbers their mean.
  fileprivate var constantSuccess: Double {
    switch self {
    case .classes(let labels): Double(labels.counts.max() ?? 0) / Double(labels.count)
    case .tags(let labels):
      labels.counts.reduce(0) { $0 + Double(max($1, labels.count - $1)) }
        / Double(max(1, labels.count * labels.tags.count))
    case .numbers: 0
    }
  }

  fileprivate var areNumbers: Bool { if case .numbers = self { true } else { false } }
  fileprivate var areClasses: Bool { if case .classes = self { true } else { false } }
}

extension LabelledMoments {
  /// What classes or tags sum up to; nil for numbers.
  fileprivate init?(_ data: TrainingData, _ moments: FeatureMoments, threads: Threads) {
    switch data.targets {
    case .classes(let labels):
      self.init(data.features, moments, groups: labels.classes.count, threads: threads) {
        labels.indices[$0...$0]
      }
    case .tags(let labels):
      self.init(data.features, moments, groups: labels.tags.count, threads: threads) {
        labels.indices[$0][...]
      }
    case .numbers: return nil
    }
  }
}

extension TransferScores.Verdict {
  /// The first two of those found, the best first.
  fileprivate init?(_ found: [TransferScoring.Scored], threads: Threads) {
    guard found.count >= 2 else { return nil }
    let gains = zip(found[0].successes, found[1].successes).map { $0 - $1 }
    self.init(
      best: found[0].score.backbone, next: found[1].score.backbone,
      difference: gains.reduce(0, +) / Double(gains.count),
      interval: Bootstrap(seed: 0).interval(ofMean: gains, threads: threads))
  }
}
