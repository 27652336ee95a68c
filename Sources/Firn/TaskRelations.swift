/// How the tasks of a dataset relate: how much of each the labels of another tell, or the answers of a head for it.
public struct TaskRelations: Sendable, Encodable {
  /// The dataset.
  public let dataset: String
  /// The revision that was looked at.
  public let revision: Int
  /// The backbone whose features the heads learn from.
  public let backbone: String
  /// The tasks, by name or in the order that was asked for.
  public let tasks: [Task]
  /// Each two different tasks, from each to the other.
  public let pairs: [Pair]
  /// How many texts must have labels of both tasks for a pair to be compared.
  public let leastRows: Int

  enum CodingKeys: String, CodingKey {
    case dataset, revision, backbone, tasks, pairs
    case leastRows = "least_rows"
  }

  /// One task, and its head.
  public struct Task: Sendable, Encodable {
    /// Its name.
    public let task: String
    /// The kind of its answers.
    public let kind: String
    /// How many different texts have a label.
    public let rows: Int
    /// How many classes or tags they have; nil for numbers.
    public let answers: Int?
    /// How many directions of the features its head looks at; nil without a head.
    public let rank: Int?
    /// Why there is no head; nil where there is one.
    public let problem: String?
  }

  /// One task as the source of another.
  public struct Pair: Sendable, Encodable {
    /// The task that is answered.
    public let from: String
    /// The task whose labels are to be told.
    public let to: String
    /// How many different texts have labels of both.
    public let rows: Int
    /// The entropy of the target's labels, in nats; of tags the sum over them. Nil where there are too few texts.
    public let entropy: Double?
    /// The negative conditional entropy of the target's labels given the source's, in nats.
    public let nce: Double?
    /// The log expected empirical prediction of the target's labels by what a head for the source says of each text that is left out.
    public let leep: Double?
    /// The share of the target's entropy that the source's labels explain; nil where all labels are the same.
    public let labels: Figure?
    /// The share that the head's answers explain.
    public let answers: Figure?
    /// The mean squared cosine of the angles between what the heads of both look at.
    public let similarity: Figure?
  }

  /// A figure from 0 to 1, beside what chance alone makes of it.
  public struct Figure: Sendable, Encodable {
    /// The figure.
    public let value: Double
    /// The same of shuffled rows, or of directions drawn by chance.
    public let chance: Double

    /// By how much the figure is greater.
    public var gain: Double { value - chance }
    /// Whether that is more than a twentieth.
    public var isTelling: Bool { gain > 0.05 }
  }

  /// The pair whose head tells most, by how far that is above chance; nil where no two tasks were compared.
  public var best: Pair? {
    pairs.compactMap { pair in pair.answers.map { (pair: pair, gain: $0.gain) } }.max { $0.gain < $1.gain }?
      .pair
  }
}
