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
    "smoothing", .share,
    "The share of each label that is spread over all classes, so that heads are less sure (logistic, mlp). Default: none."
  )
}

extension ValueSyntax<Double> {
  /// A share that is neither nothing nor all.
  fileprivate static var share: ValueSyntax {
    ValueSyntax("SHARE", expected: "a number above 0 and below 1") { word in
      word.decimal.flatMap { 0 < $0 && $0 < 1 ? $0 : nil }
    }
  }
}

extension ValueSyntax<ClassWeights> {
  /// `balanced`, or names with their weights. A name ends at the last `=` before a comma or the end, so that it may have commas and
  /// equals signs itself.
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

extension StringProtocol {
  /// The number in decimal or scientific notation: `Double` alone would take "nan", "infinity" and hexadecimal digits.
  fileprivate var decimal: Double? {
    utf8.allSatisfy { "+-.0123456789eE".utf8.contains($0) } ? Double(self) : nil
  }
}
