internal import Foundation

/// All that decides what comes out of a training, beside the data: equal specifications are equal bytes of JSON.
public struct HeadSpecification: Sendable, Hashable, Codable {
  /// The method.
  public var method: HeadMethod
  /// The penalty λ; nil to have one chosen.
  public var penalty: Double?
  /// How many neighbours vote; nil to have the number chosen, and for methods without neighbours.
  public var neighbours: Int?
  /// How many hidden units there are; nil for 256, and for methods without hidden units.
  public var units: Int?
  /// The seed of the split, and of what the method draws.
  public var seed: UInt64
  /// The share of each class that is held out of training, to measure on.
  public var holdout: Double
  /// Where the head comes from, if it was not trained here but imported: then nothing here tells what it was trained on.
  public var imported: HeadOrigin?
  /// The metadata field or `label.TASK` whose values' items stay on one side of the split; nil where only equal contents do.
  public var group: String?

  /// A specification of these parts.
  public init(
    method: HeadMethod, penalty: Double? = nil, neighbours: Int? = nil, units: Int? = nil,
    seed: UInt64 = 0, holdout: Double = 0.2, group: String? = nil
  ) {
    self.method = method
    self.penalty = penalty
    self.neighbours = neighbours
    self.units = units
    self.seed = seed
    self.holdout = holdout
    self.group = group
  }

  /// Multinomial logistic regression.
  public static func logistic(
    penalty: Double? = nil, seed: UInt64 = 0, holdout: Double = 0.2
  ) -> HeadSpecification {
    HeadSpecification(method: .logistic, penalty: penalty, seed: seed, holdout: holdout)
  }

  /// Ridge regression.
  public static func ridge(
    penalty: Double? = nil, seed: UInt64 = 0, holdout: Double = 0.2
  ) -> HeadSpecification {
    HeadSpecification(method: .ridge, penalty: penalty, seed: seed, holdout: holdout)
  }

  /// The trainer that the method and its settings name. Throws when a setting is not one of the method's, or a penalty is not positive
  /// and finite.
  public func trainer() throws(HeadError) -> any HeadTrainer {
    if penalty != nil, !method.hasPenalty {
      throw .setting("a penalty", problem: "is nothing that the method \(method.rawValue) has; leave it out")
    }
    if neighbours != nil, method != .knn {
      throw .setting(
        "a number of neighbours", problem: "is nothing that the method \(method.rawValue) has; leave it out")
    }
    if units != nil, method != .mlp {
      throw .setting(
        "a number of hidden units", problem: "is nothing that the method \(method.rawValue) has; leave it out"
      )
    }
    return switch method {
    case .centroid: CentroidTrainer()
    case .lda: LDATrainer()
    case .knn: try NeighbourTrainer(count: neighbours)
    case .mlp: try PerceptronTrainer(penalty: penalty ?? 1, units: units ?? 256, seed: seed)
    case .logistic: try LogisticTrainer(penalty: penalty)
    case .svm: try SVMTrainer(penalty: penalty)
    case .ridge: try RidgeTrainer(penalty: penalty)
    }
  }

  /// The split that the seed and share name. Throws unless 0 ≤ holdout < 1.
  public func split() throws(HeadError) -> StratifiedHoldout {
    try StratifiedHoldout(share: holdout, seed: seed)
  }

  /// The specification as JSON: one line, keys sorted, what is not set left out. Throws when a number is not finite.
  public func canonicalJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
