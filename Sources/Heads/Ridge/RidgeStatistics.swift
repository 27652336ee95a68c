internal import LinearAlgebra

/// All that ridge regression keeps of rows: their moments, and what their targets have in common with the features. For classes and
/// tags these are exact, so that rows and labels can come and go and leave what training anew would make.
public struct RidgeStatistics: Sendable {
  /// The moments of the features.
  let moments: FeatureMoments
  /// What the targets have in common with the features.
  let targets: TargetStatistics

  /// What targets have in common with the features.
  enum TargetStatistics: Sendable {
    /// The rows of each class or tag, whose targets are 1, and −1 for all others.
    case groups(Answers, GroupSums)
    /// The mean of numbers, Σ (number − mean)², and Σ number·(x − mean) [1 × d].
    case numbers(mean: Double, variation: Double, products: Matrix<Double>)
  }

  init(moments: FeatureMoments, targets: TargetStatistics) {
    (self.moments, self.targets) = (moments, targets)
  }

  /// The statistics of `data`. O(N·d² + d·Σ classes or tags of the rows).
  init(_ data: TrainingData, threads: Threads) {
    self.init(data, FeatureMoments(data.features, threads: threads), threads: threads)
  }

  /// The statistics of `data`, of which the moments are known. O(d·Σ classes or tags of the rows).
  init(_ data: TrainingData, _ moments: FeatureMoments, threads: Threads) {
    self.moments = moments
    switch data.targets {
    case .classes(let labels):
      targets = .groups(
        data.targets.answers, GroupSums(data.features, labels, scaledAs: moments, threads: threads))
    case .tags(let labels):
      targets = .groups(
        data.targets.answers,
        GroupSums(data.features, groups: labels.tags.count, scaledAs: moments, threads: threads) {
          labels.indices[$0][...]
        })
    case .numbers(let numbers):
      let (means, mean) = (moments.means, numbers.reduce(0, +) / Double(numbers.count))
      var products = [Double](repeating: 0, count: means.count)
      for (row, number) in numbers.enumerated() {
        for (column, value) in data.features.row(row).enumerated() {
          products[column] += number * (Double(value) - means[column])
        }
      }
      targets = .numbers(
        mean: mean, variation: numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) },
        products: Matrix(rows: 1, columns: means.count, elements: products))
    }
  }

  /// How many rows there are.
  public var rows: Int { moments.rows }

  /// The answers of a head that is made of them.
  var answers: Answers {
    if case .groups(let answers, _) = targets { answers } else { .number }
  }

  /// The mean target of each output [outputs]: the intercepts of centred features.
  var intercepts: [Double] {
    switch targets {
    case .groups(_, let sums): sums.counts.map { 2 * Double($0) / Double(moments.rows) - 1 }
    case .numbers(let mean, _, _): [mean]
    }
  }

  /// Σ (target − mean)² over all rows and outputs.
  var variation: Double {
    switch targets {
    case .groups: intercepts.reduce(0) { $0 + Double(moments.rows) * (1 - $1 * $1) }
    case .numbers(_, let variation, _): variation
    }
  }

  /// Yᵀ·(X − means), [outputs × d]: a target of ±1 is 2·(1 or 0) − 1, and centred features sum to zero.
  var products: Matrix<Double> {
    switch targets {
    case .groups(_, let sums):
      let centred = sums.centred(by: moments)
      return Matrix(
        rows: centred.rows, columns: centred.columns, elements: centred.elements.map { 2 * $0 })
    case .numbers(_, _, let products): return products
    }
  }
}

extension GroupSums {
  /// The sums of each class's rows.
  init(_ features: Matrix<Float>, _ labels: ClassLabels, scaledAs moments: FeatureMoments, threads: Threads) {
    self.init(features, groups: labels.classes.count, scaledAs: moments, threads: threads) {
      labels.indices[$0...$0]
    }
  }
}
