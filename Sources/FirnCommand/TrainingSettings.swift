import CommandLineArguments
import Firn

/// What `train` and `sweep` may be told of how labels and features are taken.
enum TrainingSettings {
  static let classWeights = Option(
    "class-weights", .classWeights,
    """
    How often the rows of a class count, those of the others once; of tags, the rows that have one. balanced: all classes alike \
    (logistic, svm, mlp). Default: all rows count once.
    """)
  static let standardise = Flag(
    "standardise",
    """
    Learn from features of mean 0 and variance 1, where penalties to choose from are a thousand times larger; the head reads features \
    as they are (logistic, svm, ridge, lda, centroid; mlp always does).
    """)
  static let smoothing = Option(
    "smoothing", .number(between: 0, and: 1, "SHARE"),
    "The share of each label that is spread over all classes, so that heads are less sure (logistic, mlp). Default: none."
  )
}

extension ValueSyntax<ClassWeights> {
  /// `balanced`, or names with their weights. A name ends at the last `=` before a comma or the end, so that it may have commas and
  /// equals signs itself, but for an equals sign with a number before a comma.
  fileprivate static var classWeights: ValueSyntax {
    ValueSyntax(
      "balanced|NAME=WEIGHT,…",
      expected: "balanced, or NAME=WEIGHT,… with each name once and weights above 0",
      write: \.text
    ) { word in
      if word == "balanced" { return .balanced }
      var weights: [String: Double] = [:]
      // What may be a name with commas, until a weight ends it.
      var open: String?
      for part in word.split(separator: ",", omittingEmptySubsequences: false) {
        let entry = open.map { "\($0),\(part)" } ?? String(part)
        guard let equals = entry.lastIndex(of: "="), let weight = entry[entry.index(after: equals)...].decimal
        else {
          open = entry
          continue
        }
        let known = weights.updateValue(weight, forKey: String(entry[..<equals]))
        guard known == nil, weight > 0, weight.isFinite, equals > entry.startIndex else { return nil }
        open = nil
      }
      return open == nil ? .given(weights) : nil
    }
  }
}
