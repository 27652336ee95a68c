public import LinearAlgebra

/// How well a head does on rows whose answers are known, by the measures of its kind of task.
public enum HeadMeasures: Sendable {
  /// Of one class a row.
  case classes(ClassificationMetrics)
  /// Of tags.
  case tags(TagMetrics)
  /// Of numbers.
  case numbers(RegressionMetrics)

  /// Measures what `head` says of rows [N × d] whose answers are `targets`; intervals are drawn from `seed` by so many `resamples`.
  ///
  /// - Throws: ``HeadError`` when the answers are of another kind than the head's, the counts or widths differ, or there are no rows.
  public init(
    of head: Head, on features: Matrix<Float>, targets: Targets, seed: UInt64 = 0, resamples: Int = 1000,
    threads: Threads = .available
  ) throws(HeadError) {
    let outputs = try head.outputs(of: features, threads: threads)
    switch (head.answers, targets) {
    case (.oneOf(let classes), .classes(let labels)):
      self = .classes(
        try ClassificationMetrics(
          probabilities: outputs, classes: classes, labels: labels, seed: seed, resamples: resamples,
          threads: threads))
    case (.anyOf(let tags), .tags(let labels)):
      self = .tags(
        try TagMetrics(
          probabilities: outputs, tags: tags, labels: labels, seed: seed, resamples: resamples,
          threads: threads))
    case (.number, .numbers(let numbers)):
      self = .numbers(
        try RegressionMetrics(
          outputs: outputs, numbers: numbers, seed: seed, resamples: resamples, threads: threads))
    default:
      throw .classes(
        problem: "the head answers \(head.answers.kind), but the rows have \(targets.answers.kind)")
    }
  }

  /// How many rows were measured.
  public var rows: Int {
    switch self {
    case .classes(let metrics): metrics.rows
    case .tags(let metrics): metrics.rows
    case .numbers(let metrics): metrics.rows
    }
  }
}

extension HeadMeasures: Codable {
  private enum Marks: String, CodingKey { case tags, r2 }

  /// Reads the measures of any kind; each is known by a key that the others do not have.
  public init(from decoder: any Decoder) throws {
    let marks = try decoder.container(keyedBy: Marks.self)
    self =
      marks.contains(.tags)
      ? .tags(try TagMetrics(from: decoder))
      : marks.contains(.r2)
        ? .numbers(try RegressionMetrics(from: decoder)) : .classes(try ClassificationMetrics(from: decoder))
  }

  /// Writes the measures as they are.
  public func encode(to encoder: any Encoder) throws {
    switch self {
    case .classes(let metrics): try metrics.encode(to: encoder)
    case .tags(let metrics): try metrics.encode(to: encoder)
    case .numbers(let metrics): try metrics.encode(to: encoder)
    }
  }
}
