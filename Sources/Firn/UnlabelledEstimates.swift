internal import Heads
internal import LinearAlgebra
internal import Transfer

/// What is told of new rows without their classes, from what a head answers of them and of rows whose classes are known.
struct UnlabelledEstimates {
  let accuracy: DriftReport.Accuracy
  /// Nil where the answers do not tell the shares of the classes.
  let shift: LabelShift?
  private let held: ClassAnswers
  private let calibration: ConfidenceCalibration
  private let newConfidences: [[Double]]

  /// Of outputs [rows × classes] of either side; nil where the head answers no classes.
  ///
  /// - Throws: `TransferError` when there are no rows of known classes.
  init?(
    of answers: Answers, reference: Matrix<Float>, new: Matrix<Float>, targets: Targets, seed: UInt64,
    threads: Threads
  ) throws(TransferError) {
    guard let held = ClassAnswers(of: answers, outputs: reference, targets: targets) else { return nil }
    let (given, isRight) = (new.likeliest, held.isRight)
    let (known, confidences) = (reference.confidences(in: held.given), new.confidences(in: given))
    let calibration = try ConfidenceCalibration(isRight: isRight, confidences: known)
    let sampled = Bootstrap(seed: seed).interval(
      ofMean: zip(isRight, known).map { ($0 ? 1 : 0) - $1 }, plusMeanOf: confidences, threads: threads)
    shift = try? held.shift(to: given)
    accuracy = DriftReport.Accuracy(
      reference: calibration.accuracy, estimated: calibration.accuracy(at: confidences),
      interval: sampled.clamped(to: 0...1),
      byLabelShift: shift?.accuracy, condition: shift?.condition)
    var byAnswer = [[Double]](repeating: [], count: held.classes.count)
    for (answer, confidence) in zip(given, confidences) { byAnswer[Int(answer)].append(confidence) }
    (self.held, self.calibration, newConfidences) = (held, calibration, byAnswer)
  }

  /// The shares and accuracies of each class, beside the shares of the answers.
  func changes(_ answered: AnswerShift) -> [DriftReport.Change] {
    let own = held.shares
    var (right, all) = ([Double](repeating: 0, count: own.count), [Double](repeating: 0, count: own.count))
    for (answer, isRight) in zip(held.given, held.isRight) {
      all[Int(answer)] += 1
      if isRight { right[Int(answer)] += 1 }
    }
    return held.classes.enumerated().map { place, label in
      var change = DriftReport.Change(label, place, answered)
      (change.referenceShare, change.estimatedShare) = (own[place], shift?.shares[place])
      change.referenceAccuracy = all[place] > 0 ? right[place] / all[place] : nil
      let confidences = newConfidences[place]
      change.estimatedAccuracy = confidences.isEmpty ? nil : calibration.accuracy(at: confidences)
      return change
    }
  }
}

extension Matrix<Float> {
  /// The probability of each row's answer.
  fileprivate func confidences(in answers: [Int32]) -> [Double] {
    answers.enumerated().map { Double(self[$0, Int($1)]) }
  }
}
