public import Heads
internal import LinearAlgebra

/// Whether a head that learnt from a source is better for its target than what could be had without, or features that were mapped from another
/// backbone: told by rows from which nothing was learnt.
public struct TransferVerdict: Sendable, Hashable, Codable {
  /// What a transferred head is held against.
  public enum Rival: String, Sendable, Hashable, Codable {
    /// A head of the same specification that learns from the target's labels alone, in five folds.
    case targetOnly = "target-only"
    /// A head of the same specification that learns from the source as it is.
    case unadapted
    /// The target's most frequent answer.
    case majority
    /// The features of the backbone that a stitch leads from, or a head of the same specification that learns from them.
    case oldBackbone = "old-backbone"
    /// The mean of the features of the backbone that a stitch leads to.
    case mean
  }

  /// How the head stands beside one rival, on the same rows.
  public struct Comparison: Sendable, Hashable, Codable {
    /// The rival.
    public let rival: Rival
    /// Rows that both answer without having been trained on them.
    public let rows: Int
    /// What is compared: `accuracy`, `log loss` or `mean absolute error`; without a head `recall` or `squared error`.
    public let measure: String
    /// How much better the head is, in that measure; below zero where it is worse.
    public let advantage: Double
    /// Between what that lies, at 95 %, by paired resampling.
    public let interval: Interval
  }

  /// What the comparisons say together.
  public enum Outcome: String, Sendable, Hashable, Codable {
    /// Better than every rival.
    case helps
    /// Worse than a rival.
    case hurts
    /// Neither is shown.
    case undecided
    /// The target has no labelled rows to tell by.
    case unmeasured
  }

  /// One for each rival that there can be.
  public let comparisons: [Comparison]
  /// What they say together.
  public let outcome: Outcome

  /// What comparisons say together.
  init(_ comparisons: [Comparison]) {
    self.comparisons = comparisons
    outcome =
      if comparisons.isEmpty {
        .unmeasured
      } else if comparisons.contains(where: { $0.interval.high < 0 }) {
        .hurts
      } else if comparisons.allSatisfy({ $0.interval.low > 0 }) {
        .helps
      } else { .undecided }
  }

  /// How a head stands beside each of its rivals, by what they say of the same rows.
  init(
    of own: HeldOutAnswers, beside rivals: [(rival: Rival, answers: HeldOutAnswers)], threads: Threads
  ) {
    self.init(
      rivals.map {
        Comparison(with: $0.rival, Advantages(of: own, over: $0.answers), threads: threads)
      })
  }

  /// The comparison that the head comes out of worst; nil where there is none.
  public var worst: Comparison? { comparisons.min { $0.interval.high < $1.interval.high } }
}

extension TransferVerdict.Rival: CustomStringConvertible {
  /// The rival, in words.
  public var description: String {
    switch self {
    case .targetOnly: "a head of the target's own labels"
    case .unadapted: "the same head without the alignment"
    case .majority: "always answering what is most frequent in the target"
    case .oldBackbone: "the old backbone's own features"
    case .mean: "the mean of all features"
    }
  }
}

extension TransferVerdict.Comparison {
  init(with rival: TransferVerdict.Rival, _ advantages: Advantages, threads: Threads) {
    self.init(
      rival: rival, rows: advantages.values.count, measure: advantages.measure, advantage: advantages.mean,
      interval: Bootstrap(seed: 0).interval(ofMean: advantages.values, threads: threads))
  }
}

extension TransferVerdict.Comparison: CustomStringConvertible {
  /// What was found, in words.
  public var description: String {
    "on \(rows) \(rowsInWords) its \(measure) is \(Advantages.text(abs(advantage), of: measure)) "
      + "\(advantage < 0 ? "worse" : "better") than that of \(rival)"
  }

  /// Which rows.
  private var rowsInWords: String {
    switch rival {
    case .oldBackbone, .mean: "texts held out"
    case .targetOnly, .unadapted, .majority: "rows of the target"
    }
  }
}

extension TransferVerdict: CustomStringConvertible {
  /// The verdict, in words.
  public var description: String {
    switch (outcome, worst) {
    case (.hurts, let worst?): "this transfer hurts: \(worst)"
    case (.helps, let worst?): "this transfer helps: it is better than every rival; \(worst)"
    case (.undecided, let worst?):
      "this transfer is not shown to help, nor to hurt: \(worst), which may be chance"
    default: "the target has no labels, so nothing tells whether this transfer helps"
    }
  }
}
