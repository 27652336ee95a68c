public import Heads
public import Transfer

/// How well the features of each backbone tell the labels of a task, the best first.
public struct TransferScores: Sendable, Encodable {
  /// The dataset.
  public let dataset: String
  /// The revision that was looked at.
  public let revision: Int
  /// The task.
  public let task: String
  /// What the probes' figures are: `accuracy`, of tags that of single decisions, or `r2`.
  public let measure: String
  /// The same figure of always answering what is most frequent, of numbers the mean: what a probe must beat.
  public let baseline: Double
  /// How many different texts have a label.
  public let rows: Int
  /// The backbones, by what ridge regression makes of their features.
  public let backbones: [Score]
  /// The best beside the next; nil where there is only one.
  public let verdict: Verdict?
  /// The backbones that have not read all of the texts, and so are not compared.
  public let incomplete: [String]

  /// What is known of one backbone.
  public struct Score: Sendable, Encodable {
    /// Its name.
    public let backbone: String
    /// How long its vectors are.
    public let dimension: Int
    /// Ridge regression on all rows but one.
    public let ridge: Figure
    /// The votes of the nearest other rows.
    public let neighbours: Figure
    /// The shrunk H-score; nil for tags and numbers.
    public let hScore: Double?
    /// The logarithm of the maximum evidence (LogME), of one row; nil for numbers, and where a class or tag is told without
    /// error.
    public let logEvidence: Double?
    /// The log expected empirical prediction of a head for another task; nil without one that reads this backbone.
    public let leep: Double?
    /// How ridge regression does with fewer rows, where that was asked for.
    public let learningCurve: LearningCurve?
    /// How long it took.
    public let seconds: Double

    enum CodingKeys: String, CodingKey {
      case backbone, dimension, ridge, neighbours, leep, seconds
      case hScore = "h_score"
      case logEvidence = "log_evidence"
      case learningCurve = "learning_curve"
    }
  }

  /// What a probe found.
  public struct Figure: Sendable, Encodable {
    /// The figure: see ``TransferScores/measure``.
    public let value: Double
    /// Between what it lies, at 95 %.
    public let interval: Interval
    /// How many rows were left out, each in its turn.
    public let rows: Int
    /// The penalty, or the number of neighbours.
    public let setting: Double

    init(_ probe: Probe, threads: Threads) {
      (value, rows, setting) = (probe.mean, probe.successes.count, probe.setting)
      interval = Bootstrap(seed: 0).interval(ofMean: probe.successes, threads: threads)
    }
  }

  /// Two backbones beside each other, by ridge regression on the same rows.
  public struct Verdict: Sendable, Encodable {
    /// The best.
    public let best: String
    /// The next.
    public let next: String
    /// By how much the best is better.
    public let difference: Double
    /// Between what that lies, at 95 %, by paired resampling.
    public let interval: Interval
    /// Whether the whole interval lies above zero.
    public let isReal: Bool

    init(best: String, next: String, difference: Double, interval: Interval) {
      (self.best, self.next, self.difference, self.interval) = (best, next, difference, interval)
      isReal = interval.low > 0
    }

    enum CodingKeys: String, CodingKey {
      case best, next, difference, interval
      case isReal = "is_real"
    }

    /// The verdict in words.
    public var description: String {
      let half = (interval.high - interval.low) / 2
      let gap = "\((100 * difference).fixed(1)) ± \((100 * half).fixed(1)) points"
      return isReal
        ? "\(best) beats \(next) by \(gap); the difference is real at 95 %"
        : "\(best) is ahead of \(next) by \(gap), which may be chance: take the cheaper of the two"
    }
  }
}
