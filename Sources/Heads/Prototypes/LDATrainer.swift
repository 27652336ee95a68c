internal import Foundation
public import LinearAlgebra

/// Linear discriminant analysis (Fisher 1936; Rao 1948): classes are normal around their means, with one covariance that all share.
///
/// The covariance is shrunk towards a multiple of the identity as Ledoit and Wolf (2004) found best. The sharpness of the
/// probabilities is fitted to what rows score without having been there, as far as their classes' means go.
public struct LDATrainer: HeadTrainer {
  /// A trainer; the shrinkage is set by the data.
  public init() {}

  /// Trains a head on all rows of `data`. O(N·d² + d³).
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    try data.checkRowsCountOnce(for: .lda)
    let labels = try data.classLabels(for: .lda)
    let means = ClassMeans(data.features, groups: labels.classes.count, threads: threads) {
      [Int(labels.indices[$0])]
    }
    let covariance = PooledCovariance(data.features, labels: labels, means: means, threads: threads)
    let prototypes = Prototypes(means) { covariance.solve(rowsOf: $0) }
    let priors = labels.counts.map { log(Double($0) / Double(labels.count)) }
    let scores = prototypes.leaveOneOut(
      data.features, threads: threads, squaredLengths: { covariance.squaredLengths(of: $0) }
    ) { row, products, square in
      products.enumerated().map { class_, product in
        let isOwn = class_ == Int(labels.indices[row])
        return prototypes.score(class_, product: product, withoutOwn: isOwn ? square : nil) + priors[class_]
      }
    }
    let model = try prototypes.model(offsets: priors)
    return TrainedHead(
      head: try model.linked(to: data.targets, by: scores, threads: threads), report: .closedForm)
  }
}
