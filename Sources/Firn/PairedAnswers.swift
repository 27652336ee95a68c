public import Heads
internal import JSON
internal import LinearAlgebra

/// How two head versions answer the rows that both held out.
public struct PairedAnswers: Sendable, Codable {
  /// Rows that both held out.
  public let rows: Int
  /// How often each is right; nil for numbers, which are nearer or farther.
  public let agreement: Agreement?
  /// How much each loses.
  public let loss: Loss
  /// The rows that the two answer differently, in the order of the bytes of their ids; none for numbers.
  public let changes: [Change]

  /// How often each of two versions is right on the same rows. A multi-label answer is right when all tags are.
  public struct Agreement: Sendable, Hashable, Codable {
    /// Rows that both held out.
    public let rows: Int
    /// Rows that both answer rightly.
    public let bothRight: Int
    /// Rows that only the first answers rightly.
    public let onlyFirstRight: Int
    /// Rows that only the second answers rightly.
    public let onlySecondRight: Int
    /// Rows that neither answers rightly.
    public let bothWrong: Int
    /// The second's accuracy less the first's.
    public let difference: Double
    /// Between what that difference lies, at 95 %, by paired resampling.
    public let interval: Interval
    /// McNemar's exact p-value that the two are right equally often.
    public let pValue: Double

    enum CodingKeys: String, CodingKey {
      case rows, difference, interval
      case bothRight = "both_right"
      case onlyFirstRight = "only_first_right"
      case onlySecondRight = "only_second_right"
      case bothWrong = "both_wrong"
      case pValue = "p_value"
    }
  }

  /// The mean log loss of each of two versions, of rows with tags the sum over the tags; for numbers the mean absolute error.
  public struct Loss: Sendable, Hashable, Codable {
    /// The first's.
    public let first: Double
    /// The second's.
    public let second: Double
    /// The second's less the first's: below zero where the second is better.
    public let difference: Double
    /// Between what that difference lies, at 95 %, by paired resampling.
    public let interval: Interval
  }

  /// A row that two versions answer differently.
  public struct Change: Sendable, Hashable, Codable {
    /// The item's id.
    public let id: String
    /// Its class or tags.
    public let truth: [String]
    /// What the first answers.
    public let first: [String]
    /// What the second answers.
    public let second: [String]
  }

  /// Pairs the answers to the rows that both have; nil where there are none.
  init?(_ first: HeldOutAnswers, _ second: HeldOutAnswers, threads: Threads) {
    let pairs = first.pairs(with: second)
    guard !pairs.isEmpty else { return nil }
    let bootstrap = Bootstrap(seed: 0)
    func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
    rows = pairs.count
    let losses = (mean(pairs.map(\.first.loss)), mean(pairs.map(\.second.loss)))
    loss = Loss(
      first: losses.0, second: losses.1, difference: losses.1 - losses.0,
      interval: bootstrap.interval(ofMean: pairs.map { $0.second.loss - $0.first.loss }, threads: threads))
    if case .number = first.answers {
      (agreement, changes) = (nil, [])
      return
    }
    agreement = Agreement(pairs, bootstrap: bootstrap, threads: threads)
    changes = pairs.filter { !Self.areEqual($0.first.answer, $0.second.answer) }.map {
      Change(id: $0.first.id, truth: $0.first.truth, first: $0.first.answer, second: $0.second.answer)
    }
  }

  /// Whether two answers are the same, byte by byte.
  static func areEqual(_ one: [String], _ other: [String]) -> Bool {
    one.count == other.count && zip(one, other).allSatisfy { $0.hasSameBytes(as: $1) }
  }
}

extension PairedAnswers.Agreement {
  fileprivate init(
    _ pairs: [(first: HeldOutAnswers.Answer, second: HeldOutAnswers.Answer)], bootstrap: Bootstrap,
    threads: Threads
  ) {
    let right = pairs.map { (first: $0.first.isRight, second: $0.second.isRight) }
    rows = pairs.count
    bothRight = right.count { $0.first && $0.second }
    onlyFirstRight = right.count { $0.first && !$0.second }
    onlySecondRight = right.count { !$0.first && $0.second }
    bothWrong = right.count { !$0.first && !$0.second }
    difference = Double(onlySecondRight - onlyFirstRight) / Double(rows)
    interval = bootstrap.interval(
      ofMean: right.map { ($0.second ? 1 : 0) - ($0.first ? 1 : 0) }, threads: threads)
    pValue = McNemar.pValue(onlyFirst: onlyFirstRight, onlySecond: onlySecondRight)
  }
}
