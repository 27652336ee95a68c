public import Heads
internal import Transfer

/// Whether what arrives is still what a head version was trained on.
public struct DriftReport: Sendable, Encodable {
  /// Texts of a dataset, each once.
  public struct Side: Sendable, Encodable {
    /// The dataset.
    public let dataset: String
    /// Its revision.
    public let revision: Int
    /// How many texts are compared.
    public let rows: Int
  }

  /// What a test looks at.
  public enum Evidence: String, Sendable, Encodable {
    /// Where the texts lie in the backbone's space: the statistic is MMD².
    case features
    /// How many are unlike all that the head was trained on: the share beyond the threshold of `predict --reject`.
    case novelty
    /// What the head answers: χ² of classes and tags, of numbers the greatest distance of their distribution functions.
    case answers
  }

  /// What one test finds.
  public struct Test: Sendable, Encodable {
    /// What it looks at.
    public let evidence: Evidence
    /// Its statistic.
    public let statistic: Double
    /// How probable as much is where nothing differs.
    public let pValue: Double
    /// The same for all tests as one, by Holm's method.
    public let adjusted: Double
    /// Whether that is at most the level.
    public let isDrift: Bool

    enum CodingKeys: String, CodingKey {
      case evidence, statistic
      case pValue = "p_value"
      case adjusted = "adjusted_p_value"
      case isDrift = "drifted"
    }
  }

  /// Shares of the texts beyond the threshold.
  public struct Novelty: Sendable, Encodable {
    /// Of the reference.
    public let referenceShare: Double
    /// Of the new texts.
    public let share: Double

    init(_ exceedance: Exceedance) {
      (referenceShare, share) = (exceedance.referenceShare, exceedance.share)
    }

    enum CodingKeys: String, CodingKey {
      case share
      case referenceShare = "reference_share"
    }
  }

  /// An accuracy that is told without labels. Of texts that lie where the head has seen none it is surer than it should be, and the estimate
  /// flatters.
  public struct Accuracy: Sendable, Encodable {
    /// What it is on the reference.
    public let reference: Double
    /// What the head's confidences tell of the new texts: their mean, corrected by how much it was off on the reference.
    public let estimated: Double
    /// Between what the estimate lies at 95 % by chance of the texts, if the correction is the same for both.
    public let interval: Interval
    /// What it is if only the shares of the classes changed; nil where the answers do not tell these.
    public let byLabelShift: Double?
    /// The condition of the head's confusion matrix: the greater, the less sure are the shares.
    public let condition: Double?

    enum CodingKeys: String, CodingKey {
      case reference, estimated, interval, condition
      case byLabelShift = "by_label_shift"
    }
  }

  /// What becomes of a class or tag.
  public struct Change: Sendable, Encodable {
    /// The class or tag.
    public let label: String
    /// The share of the reference of which it is answered.
    public let referenceAnswered: Double
    /// The share of the new texts of which it is answered.
    public let answered: Double
    /// The share of the reference that has the class; nil for tags.
    public var referenceShare: Double?
    /// The share of the new texts that has it, as the answers tell it; nil for tags, and where they do not.
    public var estimatedShare: Double?
    /// How often it is right where it is answered of the reference; nil for tags, and where it is not.
    public var referenceAccuracy: Double?
    /// The same of the new texts, as the confidences tell it.
    public var estimatedAccuracy: Double?

    init(_ label: String, _ place: Int, _ shift: AnswerShift) {
      self.label = label
      (referenceAnswered, answered) = (shift.referenceShares[place], shift.shares[place])
    }

    enum CodingKeys: String, CodingKey {
      case label, answered
      case referenceAnswered = "reference_answered"
      case referenceShare = "reference_share"
      case estimatedShare = "estimated_share"
      case referenceAccuracy = "reference_accuracy"
      case estimatedAccuracy = "estimated_accuracy"
    }
  }

  /// Means of numbers that are answered.
  public struct Means: Sendable, Encodable {
    /// Of the reference.
    public let reference: Double
    /// Of the new texts.
    public let new: Double
  }

  /// The head version.
  public let head: String
  /// The task that it answers.
  public let task: String
  /// Whose features are compared.
  public let backbone: String
  /// What the head held out.
  public let reference: Side
  /// What arrives.
  public let new: Side
  /// How many more texts that arrive the head was trained on; they are left out.
  public let trainedOn: Int
  /// The probability of a false alarm, at the most.
  public let level: Double
  /// Whether any of the tests finds drift.
  public let isDrift: Bool
  /// What the tests find.
  public let tests: [Test]
  /// The maximum mean discrepancy.
  public let discrepancy: Discrepancy
  /// The texts that are unlike all that the head was trained on.
  public let novelty: Novelty
  /// The accuracy without labels; nil for tags and numbers.
  public let accuracy: Accuracy?
  /// The classes or tags, those whose share of the answers changes most first; nil for numbers.
  public let answers: [Change]?
  /// What numbers are answered in the mean; nil for classes and tags.
  public let means: Means?

  /// The verdict in words.
  public var verdict: String {
    let found = tests.filter(\.isDrift).map { test in
      switch test.evidence {
      case .features: "where the texts lie"
      case .novelty: "how many are unlike all others"
      case .answers: "what is answered of them"
      }
    }
    return found.isEmpty
      ? "That what arrives is what \(head) was trained on is not refuted."
      : "What arrives is not what \(head) was trained on, by \(found.joined(separator: ", by "))."
  }

  enum CodingKeys: String, CodingKey {
    case head, task, backbone, reference, new, level, tests, novelty, accuracy, answers, means
    case trainedOn = "trained_on"
    case isDrift = "drifted"
    case discrepancy = "mmd"
  }
}
