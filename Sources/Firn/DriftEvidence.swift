internal import Heads
internal import LinearAlgebra
internal import Transfer

/// Whether new rows are drawn as those are that a head held out, by three tests: where they lie, how many of them are unlike all that the
/// head was trained on, and what it answers of them.
struct DriftEvidence {
  let discrepancy: Discrepancy
  let novelty: Exceedance
  let answers: AnswerDrift
  /// What the head says of the rows of either side [rows × answers].
  let outputs: (reference: Matrix<Float>, new: Matrix<Float>)

  /// Compares features [m × d] of rows held out with those of new rows [n × d].
  ///
  /// - Throws: `TransferError` when a side has fewer than two rows; `HeadError`.
  init(
    of head: Head, trainedOn data: TrainingData, reference: Matrix<Float>, new: Matrix<Float>, seed: UInt64,
    threads: Threads
  ) throws {
    discrepancy = try Discrepancy(reference, new, seed: seed, threads: threads)
    let usual = try Novelty(data, held: reference, threads: threads)
    novelty = try Exceedance(
      reference: usual.distances(of: reference, threads: threads),
      new: usual.distances(of: new, threads: threads), threshold: usual.threshold)
    outputs = (
      try head.outputs(of: reference, threads: threads), try head.outputs(of: new, threads: threads)
    )
    answers = try AnswerDrift(
      of: head.answers, reference: outputs.reference, new: outputs.new, seed: seed, threads: threads)
  }

  /// The tests as one, at a level.
  func tests(at level: Double) -> [DriftReport.Test] {
    let found: [(DriftReport.Evidence, statistic: Double, pValue: Double)] = [
      (.features, discrepancy.square, discrepancy.pValue), (.novelty, novelty.share, novelty.pValue),
      (.answers, answers.statistic, answers.pValue),
    ]
    return zip(found, Holm.adjusted(found.map(\.pValue))).map { test, adjusted in
      DriftReport.Test(
        evidence: test.0, statistic: test.statistic, pValue: test.pValue, adjusted: adjusted,
        isDrift: adjusted <= level)
    }
  }
}

/// How what a head answers of new rows differs from what it answers of a reference.
enum AnswerDrift {
  /// Of classes and tags.
  case shares(AnswerShift)
  /// Of numbers.
  case spread(NumberShift)

  init(
    of answers: Answers, reference: Matrix<Float>, new: Matrix<Float>, seed: UInt64, threads: Threads
  ) throws(TransferError) {
    guard case .number = answers else {
      self = .shares(
        try AnswerShift(
          reference: answers.given(in: reference), new: answers.given(in: new), answers: answers.count,
          seed: seed, threads: threads))
      return
    }
    self = .spread(
      try NumberShift(
        reference: reference.elements.map { Double($0) }, new: new.elements.map { Double($0) }, seed: seed,
        threads: threads))
  }

  var statistic: Double {
    switch self {
    case .shares(let shift): shift.statistic
    case .spread(let shift): shift.distance
    }
  }

  var pValue: Double {
    switch self {
    case .shares(let shift): shift.pValue
    case .spread(let shift): shift.pValue
    }
  }
}

extension Answers {
  /// The places of the class, or of the tags more probable than not, that outputs [N × answers] give each row.
  fileprivate func given(in outputs: Matrix<Float>) -> [[Int32]] {
    guard case .anyOf = self else { return outputs.likeliest.map { [$0] } }
    return (0..<outputs.rows).map { row in
      outputs.row(row).enumerated().compactMap { $1 > 0.5 ? Int32($0) : nil }
    }
  }
}
