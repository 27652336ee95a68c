public import Heads
internal import JSON

/// What a head says of one text.
public struct Prediction: Sendable, Hashable {
  /// A class or tag and its probability.
  public struct Candidate: Sendable, Hashable, Codable {
    /// The class or tag.
    public let label: String
    /// Its probability.
    public let score: Double
  }

  /// The most probable classes or tags, at least one; among equals the first by its UTF-8 bytes. Empty where a number is the answer.
  public let top: [Candidate]
  /// The answer to a multi-label task: the tags whose probability is more than a half, the most probable first; nil for others.
  public let tags: [Candidate]?
  /// The answer to a regression task; nil for others.
  public let number: Double?

  /// The classes of which one is right with the coverage that was asked for, the most probable first; nil where none was.
  public let set: [String]?
  /// Between what the number lies with the coverage that was asked for; nil where none was, or no ends can be stated.
  public let interval: Interval?
  /// How unlike the rows that the head was trained on the text is; nil where that was not asked for.
  public let novelty: Double?
  /// Whether it is so unlike them that the answer should not be trusted.
  public let isRejected: Bool

  /// The most probable class or tag.
  public var label: String { top.first?.label ?? "" }
  /// Its probability.
  public var score: Double { top.first?.score ?? 0 }

  init(
    _ outputs: ArraySlice<Float>, of answers: Answers, top count: Int, conformal: ConformalThreshold? = nil,
    novelty: (distance: Double, threshold: Double)? = nil
  ) {
    let ranked = zip(answers.names, outputs).enumerated()
      .sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }
      .map { Candidate(label: $0.element.0, score: Double($0.element.1)) }
    top = Array(ranked.prefix(count))
    if case .anyOf = answers { tags = ranked.filter { $0.score > 0.5 } } else { tags = nil }
    if case .number = answers { number = outputs.first.map { Double($0) } } else { number = nil }
    if case .oneOf(let classes) = answers {
      set = conformal?.set(of: outputs).map { classes[$0] }
    } else {
      set = nil
    }
    interval = number.flatMap { conformal?.interval(around: $0) }
    self.novelty = novelty?.distance
    isRejected = novelty.map { $0.distance > $0.threshold } ?? false
  }

  /// The answer as one compares it: the class, the tags in their order, or nothing for a number.
  var labels: [String] {
    tags.map { tags in
      tags.map(\.label).sorted { $0.precedesByBytes($1) }
    } ?? top.prefix(1).map(\.label)
  }
}
