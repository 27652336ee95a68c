public import Heads
internal import LinearAlgebra

/// Whether a head that learnt from a source is better for its target than what could be had without, or features that were mapped from another
/// backbone: told by rows of which no answer is learnt by what gives it.
public struct TransferVerdict: Sendable, Hashable, Codable {
  /// What a transferred head is held against.
  public enum Rival: String, Sendable, Hashable, Codable {
    /// A head of the same specification that learns from the target's labels alone, in five folds; where they make no head, `majority`.
    case targetOnly = "target-only"
    /// A head of the same specification that learns from the source as it is.
    case unadapted
    /// The target's most frequent answer, or the median of numbers, in the same folds.
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
    /// Rows, of different texts, that both answer without having been trained on them.
    public let rows: Int
    /// What is compared: `accuracy`, `log loss` or `mean absolute error`; without a head `recall` or `squared error`.
    public let measure: String
    /// How much better the head is, in that measure; below zero where it is worse.
    public let advantage: Double
    /// Between what that lies, by paired resampling, at about 95 % for all rivals together (Bonferroni).
    public let interval: Interval
  }

  /// What the comparisons say together. That it helps or hurts where it does not is found in about one of forty cases, however many rivals there
  /// are.
  public enum Outcome: String, Sendable, Hashable, Codable {
    /// Better than every rival.
    case helps
    /// Worse than a rival.
    case hurts
    /// Neither is shown.
    case undecided
    /// There are too few rows to tell by: fewer than 20 where answers are right or wrong, and than 100 where they are so by degrees.
    case unmeasured
  }

  /// One for each rival; none where there are too few rows to tell by.
  public let comparisons: [Comparison]
  /// What they say together.
  public let outcome: Outcome

  /// What there is to say where a head has such advantages over its rivals, one for each row.
  init(_ rivals: [(rival: Rival, advantages: Advantages)], threads: Threads) {
    comparisons = rivals.filter(\.advantages.isTelling).map {
      let (values, measure) = ($0.advantages.values, $0.advantages.measure)
      let interval = Bootstrap(seed: 0).interval(
        ofMean: values, confidence: 1 - 0.05 / Double(rivals.count), threads: threads)
      return Comparison(
        rival: $0.rival, rows: values.count, measure: measure, advantage: $0.advantages.mean,
        interval: interval)
    }
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
    self.init(rivals.map { ($0.rival, Advantages(of: own, over: $0.answers)) }, threads: threads)
  }

  /// The comparison that the outcome rests on: of a head that hurts the one that shows it best, of others the one that shows least for
  /// them. Nil where there is none.
  public var decisive: Comparison? {
    comparisons.min {
      outcome == .hurts ? $0.interval.high < $1.interval.high : $0.interval.low < $1.interval.low
    }
  }
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

extension TransferVerdict.Comparison: CustomStringConvertible {
  /// What was found, in words.
  public var description: String { text(Advantages.comparative(advantage, of: measure)) }

  /// Within what bounds the advantage lies, in words.
  fileprivate var range: String {
    let ends = [interval.low, interval.high].map { Advantages.comparative($0, of: measure) }
    return text("from \(ends[0]) to \(ends[1])")
  }

  private func text(_ advantage: String) -> String {
    "on \(rows) \(rowsInWords) its \(measure) is \(advantage) than that of \(rivalInWords)"
  }

  /// The rival, in words.
  public var rivalInWords: String {
    rival == .majority && measure == "mean absolute error"
      ? "always answering the target's median" : "\(rival)"
  }

  /// Which rows.
  private var rowsInWords: String {
    switch rival {
    case .oldBackbone, .mean: "texts held out"
    case .targetOnly, .unadapted, .majority: "texts of the target"
    }
  }
}

extension TransferVerdict: CustomStringConvertible {
  /// The verdict, in words.
  public var description: String {
    switch (outcome, decisive) {
    case (.hurts, let decisive?): "this transfer hurts: \(decisive)"
    case (.helps, let decisive?): "this transfer helps: it is better than every rival; \(decisive)"
    case (.undecided, let decisive?):
      "this transfer is not shown to help, nor to hurt: \(decisive.range)"
    default:
      "there are too few texts to tell by, so whether this transfer helps is not known"
    }
  }
}
