public import Heads

/// What a sweep tries: every method at every penalty that it takes, from every seed, with those of the other settings that it takes.
public struct SweepPlan: Sendable {
  /// The methods.
  public var methods: [HeadMethod]
  /// The penalties of the methods that have one; none for those that each method tries by itself.
  public var penalties: [Double]
  /// What decides which rows are held out, the folds, and what methods draw.
  public var seeds: [UInt64]
  /// The share of each class that is held out of all trials, to measure the best on.
  public var holdout: Double
  /// The metadata field or `label.TASK` whose values' items stay together; nil where only equal contents do.
  public var group: String?
  /// How many folds take turns.
  public var folds: Int
  /// How often the rows are dealt out to folds anew.
  public var repeats: Int
  /// How often the rows of each class count, for the methods that can weight them; nil where all count once.
  public var classWeights: ClassWeights?
  /// Whether the methods that can learn from standardised features do.
  public var standardises: Bool
  /// The share of each label that is spread over all classes, for the methods that can smooth labels; nil for none.
  public var smoothing: Double?
  /// The key of the measure by which trials are ranked; nil for the telling one of the task: accuracy, micro F1 or R².
  public var measure: String?

  /// A plan of these parts.
  public init(
    methods: [HeadMethod], penalties: [Double] = [], seeds: [UInt64] = [0], holdout: Double = 0.2,
    group: String? = nil, folds: Int = 5, repeats: Int = 1, classWeights: ClassWeights? = nil,
    standardises: Bool = false, smoothing: Double? = nil, measure: String? = nil
  ) {
    self.methods = methods
    self.penalties = penalties
    self.seeds = seeds
    self.holdout = holdout
    self.group = group
    self.folds = folds
    self.repeats = repeats
    self.classWeights = classWeights
    self.standardises = standardises
    self.smoothing = smoothing
    self.measure = measure
  }

  /// The specifications from one seed, each once.
  ///
  /// - Throws: ``HeadError`` when a method does not learn such answers, or there is a setting that no method has.
  func specifications(seed: UInt64, for answers: Answers) throws(HeadError) -> [HeadSpecification] {
    if let method = methods.first(where: { !$0.learns(answers) }) {
      throw .unsuited(method: method, to: answers)
    }
    if let method = methods.first { _ = try unusedSettings(of: method).trainer() }
    var specifications: [HeadSpecification] = []
    for method in HeadMethod.allCases where methods.contains(method) {
      for penalty in penalties(of: method) {
        specifications.append(
          HeadSpecification(
            method: method, penalty: penalty, seed: seed, holdout: holdout, group: group,
            classWeights: method.hasClassWeights ? classWeights : nil,
            standardises: standardises && method.standardises,
            smoothing: method.smoothsLabels ? smoothing : nil))
      }
    }
    return specifications
  }

  /// A method with the settings that none of the methods takes: no trainer has them.
  private func unusedSettings(of method: HeadMethod) -> HeadSpecification {
    HeadSpecification(
      method: method, penalty: methods.contains(where: \.hasPenalty) ? nil : penalties.first,
      classWeights: methods.contains(where: \.hasClassWeights) ? nil : classWeights,
      standardises: standardises && !methods.contains(where: \.standardises),
      smoothing: methods.contains(where: \.smoothsLabels) ? nil : smoothing)
  }

  /// From the largest to the smallest, each once.
  private func penalties(of method: HeadMethod) -> [Double?] {
    guard method.hasPenalty else { return [nil] }
    let defaults = method.defaultPenalties(standardised: standardises && method.standardises)
    return Set(penalties.isEmpty ? defaults : penalties).sorted(by: >)
  }

  /// The key of the measure to rank by.
  ///
  /// - Throws: ``FirnError/noMeasure(_:measures:)`` when such answers are not measured by it.
  func measure(of answers: Answers) throws(FirnError) -> String {
    let keys = HeadMeasures.keys(of: answers)
    guard let measure else { return keys[0] }
    guard keys.contains(measure) else { throw .noMeasure(measure, measures: keys) }
    return measure
  }
}
