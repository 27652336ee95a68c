public import LinearAlgebra

/// Nearest prototype: a row is of the class whose rows' mean is nearest (Rocchio 1971; Snell, Swersky and Zemel 2017 for few rows a
/// class).
///
/// A tag is told by whether the mean of the rows that have it is nearer than the mean of those that have it not. The link to
/// probabilities is fitted to what rows score without having been there. One row a class is enough.
public struct CentroidTrainer: HeadTrainer {
  /// A trainer; there is nothing to set.
  public init() {}

  /// Trains a head on all rows of `data`. O(N·d·classes).
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    try data.checkRowsCountOnce(for: .centroid)
    return switch data.targets {
    case .classes(let labels): try train(on: data, classes: labels, threads: threads)
    case .tags(let labels): try train(on: data, tags: labels, threads: threads)
    case .numbers: throw .unsuited(method: .centroid, to: data.targets.answers)
    }
  }

  private func train(
    on data: TrainingData, classes labels: ClassLabels, threads: Threads
  ) throws(HeadError) -> TrainedHead {
    let means = ClassMeans(data.features, groups: labels.classes.count, threads: threads) {
      [Int(labels.indices[$0])]
    }
    let prototypes = Prototypes(means) { $0 }
    let scores = prototypes.leaveOneOut(data.features, threads: threads, squaredLengths: Self.squares) {
      row, products, square in
      products.enumerated().map { class_, product in
        let isOwn = class_ == Int(labels.indices[row])
        return prototypes.score(class_, product: product, withoutOwn: isOwn ? square : nil)
      }
    }
    let model = try prototypes.model(offsets: Array(repeating: 0, count: labels.classes.count))
    return TrainedHead(
      head: try model.linked(to: data.targets, by: scores, threads: threads), report: .closedForm)
  }

  /// Of each tag two groups, the rows that have it and those that have not; the score is the difference of both.
  private func train(
    on data: TrainingData, tags labels: TagLabels, threads: Threads
  ) throws(HeadError) -> TrainedHead {
    let tags = labels.tags.count
    let having = ClassMeans(data.features, groups: tags, threads: threads) {
      labels.indices[$0].map { Int($0) }
    }
    // The other rows' mean follows from that of all, which is the centre.
    let prototypes = Prototypes(having.withOthers(rows: data.count)) { $0 }
    let scores = prototypes.leaveOneOut(data.features, threads: threads, squaredLengths: Self.squares) {
      row, products, square in
      var isThere = [Bool](repeating: false, count: tags)
      for tag in labels.indices[row] { isThere[Int(tag)] = true }
      return isThere.enumerated().map { tag, isThere in
        let sides = (products[products.startIndex + tag], products[products.startIndex + tags + tag])
        return prototypes.score(tag, product: sides.0, withoutOwn: isThere ? square : nil)
          - prototypes.score(tags + tag, product: sides.1, withoutOwn: isThere ? nil : square)
      }
    }
    let model = try prototypes.model(offsets: Array(repeating: 0, count: 2 * tags))
    let head = try model.differences.linked(to: data.targets, by: scores, threads: threads)
    return TrainedHead(head: head, report: .closedForm)
  }

  @Sendable private static func squares(_ rows: Matrix<Double>) -> [Double] {
    rows.rowProducts(with: rows)
  }
}

extension ClassMeans {
  /// These groups, then for each the rows that are not in it.
  fileprivate func withOthers(rows: Int) -> ClassMeans {
    let others = counts.indices.flatMap { group in
      let rest = rows - counts[group]
      return means.row(group).map { rest > 0 ? -$0 * Double(counts[group]) / Double(rest) : 0 }
    }
    return ClassMeans(
      centre: centre,
      means: Matrix(rows: 2 * means.rows, columns: means.columns, elements: means.elements + others),
      counts: counts + counts.map { rows - $0 })
  }

  private init(centre: [Double], means: Matrix<Double>, counts: [Int]) {
    (self.centre, self.means, self.counts) = (centre, means, counts)
  }
}

extension LinearModel {
  /// The model of the scores of the first half of the outputs less those of the second half.
  fileprivate var differences: LinearModel {
    get throws(HeadError) {
      let (half, width) = (bias.count / 2, weights.columns)
      let elements = (0..<half * width).map { weights.elements[$0] - weights.elements[half * width + $0] }
      return try LinearModel(
        weights: Matrix(rows: half, columns: width, elements: elements),
        bias: (0..<half).map { bias[$0] - bias[half + $0] })
    }
  }
}
