/// What accuracy the confidences of answers tell of, without labels: their mean, and by how much it was off where the labels are known
/// (difference of confidences, Guillory and others 2021).
///
/// It holds where the head is as much too sure of new rows as it is of the reference's; it sees no row that is answered wrongly and surely.
public struct ConfidenceCalibration: Sendable, Hashable {
  /// The accuracy on the reference.
  public let accuracy: Double
  /// How much a mean confidence falls short of the accuracy there.
  public let correction: Double

  /// Learns from rows of a reference that the head was not trained on: whether it is right [N], and the probability of its answer [N].
  ///
  /// - Throws: ``TransferError/tooFew(_:least:)`` when there are none.
  public init(isRight: [Bool], confidences: [Double]) throws(TransferError) {
    guard !isRight.isEmpty else { throw .tooFew(0, least: 1) }
    accuracy = Double(isRight.count { $0 }) / Double(isRight.count)
    correction = accuracy - confidences.reduce(0, +) / Double(isRight.count)
  }

  /// The accuracy of answers of such confidences, of which there is at least one, from 0 to 1.
  public func accuracy(at confidences: [Double]) -> Double {
    min(1, max(0, confidences.reduce(0, +) / Double(confidences.count) + correction))
  }
}
