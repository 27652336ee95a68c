public import Heads
internal import LinearAlgebra
internal import Storage

/// What a head loses that reads features through a stitch, on rows that neither was learnt from.
public struct StitchedHead: Sendable, Codable {
  /// The head's version.
  public let head: String
  /// Its task.
  public let task: String
  /// How many rows were measured.
  public let rows: Int
  /// What is measured: `accuracy`, `log loss` or `mean absolute error`.
  public let measure: String
  /// How it does on its own backbone's features.
  public let own: Double
  /// How it does on mapped ones.
  public let stitched: Double
  /// How much worse the latter is, in that measure.
  public let loss: Double
  /// Between what that lies, at 95 %, by paired resampling.
  public let interval: Interval
}

/// The comparison of a head that reads features through a stitch with what could be had without.
struct StitchedHeadGuard {
  let measured: StitchedHead
  let verdict: TransferVerdict

  /// Answers the labelled rows of a dataset whose texts the stitch held out, each text once, and on which the head was not trained.
  ///
  /// `held` is the place of each content that the stitch held out in two matrices [held × d′]: the features of the head's `own` backbone, and
  /// those `mapped` from the `old` one.
  ///
  /// - Throws: ``FirnError/nothingToCompare(head:dataset:)``, ``FirnError/trainingUnknown(head:)``, ``FirnError/noLabels(task:dataset:)``.
  init(
    of version: HeadVersion, in dataset: String, at revision: Int, held: [Int64: Int], own: Matrix<Float>,
    mapped: Matrix<Float>, old: BackboneRecord, from reader: StoreReader, in store: Store
  ) throws {
    try version.checkTrainingIsKnown()
    let threads = store.threads
    let known = try SplitRows(of: version, from: reader, in: store)
    let (rows, trained) = (
      try TrainingRows(of: version.task, in: dataset, at: revision, from: reader), known.trainedTexts
    )
    let places = rows.items.map(\.content).firstPlaces.filter {
      held[rows.items[$0].content] != nil && !trained.contains(rows.items[$0].content)
    }
    guard !places.isEmpty else {
      throw FirnError.nothingToCompare(head: version.reference, dataset: dataset)
    }
    let heldRows = places.compactMap { held[rows.items[$0].content] }
    let unseen = TargetFolds.unseen(among: places)
    func answers(of head: Head, to features: Matrix<Float>) throws -> HeldOutAnswers {
      try HeldOutAnswers(of: head, to: features, rows: places, of: rows, unseen: unseen, threads: threads)
    }
    let head = try reader.head(of: version)
    let (truth, stitched) = (
      try answers(of: head, to: own.rows(at: heldRows)), try answers(of: head, to: mapped.rows(at: heldRows))
    )
    var rivals: [(rival: TransferVerdict.Rival, answers: HeldOutAnswers)] = []
    if let head = try known.head(of: version, by: old, from: reader, in: store) {
      let features = try store.features(of: places.map { rows.items[$0].content }, by: old)
      rivals.append((.oldBackbone, try answers(of: head, to: features)))
    }
    if places.count >= Advantages.leastRows(of: rows.targets.answers) {
      let folds = try TargetFolds(
        places, of: rows, features: own.rows(at: heldRows), seed: version.specification.seed, threads: threads
      )
      rivals.append((.majority, try folds.answers()))
    }
    verdict = TransferVerdict(of: stitched, beside: rivals, threads: threads)
    let losses = Advantages(of: truth, over: stitched)
    measured = StitchedHead(
      head: "\(version.reference)", task: version.task, rows: places.count, measure: losses.measure,
      own: truth.mean, stitched: stitched.mean, loss: losses.mean,
      interval: Bootstrap(seed: 0).interval(ofMean: losses.values, threads: threads))
  }
}

extension SplitRows {
  /// A head as a version is, of another backbone's features of the same rows, those that it has embedded; nil where these are too few to
  /// make one, or the version was adapted.
  fileprivate func head(
    of version: HeadVersion, by backbone: BackboneRecord, from reader: StoreReader, in store: Store
  ) throws -> Head? {
    guard version.specification.adaptation == nil else { return nil }
    let embedded = try reader.embeddedContents(among: rows.items.map(\.content), by: backbone)
    let places = split.training.filter { embedded.contains(rows.items[$0].content) }
    guard !places.isEmpty else { return nil }
    return try version.specification.head(
      of: store.features(of: places.map { rows.items[$0].content }, by: backbone),
      rows.targets.rows(at: places), threads: store.threads)
  }
}

extension HeldOutAnswers {
  /// The share of right answers of classes; of others the mean loss.
  fileprivate var mean: Double {
    let sum: Double =
      if case .oneOf = answers {
        Double(rows.count { $0.answer.isRight })
      } else {
        rows.reduce(0) { $0 + $1.answer.loss }
      }
    return sum / Double(max(1, rows.count))
  }
}
