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

  /// How often the rows of each class count; nil where all count once.
  public var classWeights: ClassWeights?
  /// True where the method learns from standardised features; nil where from features as they are, and for methods that always or never
  /// standardise.
  public private(set) var standardise: Bool?
  /// The share of each label that is spread over all classes, between 0 and 1; nil for none.
  public var smoothing: Double?
  /// Which other dataset it is for than it was trained on; nil where it is for the same. The holdout means nothing then.
  public var adaptation: Adaptation?

  enum CodingKeys: String, CodingKey {
    case method, penalty, neighbours, units, seed, holdout, imported, group, standardise, smoothing,
      adaptation
    case classWeights = "class_weights"
  }

  /// A specification of these parts.
  public init(
    method: HeadMethod, penalty: Double? = nil, neighbours: Int? = nil, units: Int? = nil,
    seed: UInt64 = 0, holdout: Double = 0.2, group: String? = nil, classWeights: ClassWeights? = nil,
    standardises: Bool = false, smoothing: Double? = nil
  ) {
    self.method = method
    self.penalty = penalty
    self.neighbours = neighbours
    self.units = units
    self.seed = seed
    self.holdout = holdout
    self.group = group
    self.classWeights = classWeights
    self.smoothing = smoothing
    self.standardises = standardises
  }

  /// Whether the method learns from standardised features because it is told to.
  public var standardises: Bool {
    get { standardise == true }
    set { standardise = newValue ? true : nil }
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

  /// The trainer that the method and its settings name. Throws when a setting is not one of the method's, or has a value that it cannot
  /// take.
  public func trainer() throws(HeadError) -> any HeadTrainer { try trainer(startingFrom: nil) }

  /// The same, which starts from a head of the features that it is to learn from, where the method can; the features may be standardised
  /// already.
  func trainer(startingFrom head: Head?, ofStandardised isDone: Bool = false) throws(HeadError)
    -> any HeadTrainer
  {
    try check()
    let penalties = penalty.map { [$0] } ?? method.defaultPenalties(standardised: standardises)
    let trainer: any HeadTrainer =
      switch method {
      case .centroid: CentroidTrainer()
      case .lda: LDATrainer()
      case .knn: try NeighbourTrainer(count: neighbours)
      case .mlp:
        try PerceptronTrainer(
          penalty: penalty ?? 1, units: units ?? 256, classWeights: classWeights, smoothing: smoothing,
          seed: seed)
      case .logistic:
        try LogisticTrainer(
          penalty: penalty, among: penalties, classWeights: classWeights, smoothing: smoothing,
          warmStart: head)
      case .svm: try SVMTrainer(penalty: penalty, among: penalties, classWeights: classWeights)
      case .ridge: try RidgeTrainer(penalties: penalties)
      }
    return standardises && !isDone ? StandardisedTrainer(trainer) : trainer
  }

  /// Throws when a setting is not one of the method's.
  private func check() throws(HeadError) {
    let settings: [(name: String, isGiven: Bool, isTaken: Bool)] = [
      ("a penalty", penalty != nil, method.hasPenalty),
      ("a number of neighbours", neighbours != nil, method == .knn),
      ("a number of hidden units", units != nil, method == .mlp),
      ("a class weight", classWeights != nil, method.hasClassWeights),
      ("a standardisation", standardises, method.standardises),
      ("a smoothing", smoothing != nil, method.smoothsLabels),
    ]
    guard let (name, _, _) = settings.first(where: { $0.isGiven && !$0.isTaken }) else { return }
    let mend =
      switch (method, name) {
      case (.ridge, "a class weight"):
        ", whose exact statistics count all rows alike; leave it out, or train by logistic or svm"
      case (.mlp, "a standardisation"): " to be told, which always standardises; leave it out"
      default: "; leave it out"
      }
    throw .setting(name, problem: "is nothing that the method \(method.rawValue) has\(mend)")
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
