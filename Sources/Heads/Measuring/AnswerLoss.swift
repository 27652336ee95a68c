/// What a head's outputs cost on rows whose answers are known: −ln of the probability of the class, the sum of that of all tags, or
/// the absolute error of a number.
public struct AnswerLoss: Sendable {
  private let targets: Targets
  /// For each class or tag of the rows, its place among the head's outputs.
  private let places: [Int?]
  private let unseen: Double

  /// The loss of a head that answers `answers` on rows whose answers are `targets`; a class or tag that it has never seen has the
  /// probability `unseen`.
  public init(of answers: Answers, on targets: Targets, unseen: Double = 0) {
    (self.targets, self.unseen) = (targets, unseen)
    places = ClassLabels.places(of: targets.answers.names, among: answers.names)
  }

  /// The loss of one row's outputs [answers]. O(outputs).
  public func of(_ outputs: ArraySlice<Float>, row: Int) -> Double {
    switch targets {
    case .classes(let labels):
      let place = places[Int(labels.indices[row])]
      return LogLoss.of(place.map { Double(outputs[outputs.startIndex + $0]) } ?? unseen)
    case .tags(let labels):
      var (loss, unknown) = (outputs.reduce(0) { $0 + LogLoss.of(1 - Double($1)) }, 0)
      for tag in labels.indices[row] {
        guard let place = places[Int(tag)] else {
          unknown += 1
          continue
        }
        let probability = Double(outputs[outputs.startIndex + place])
        loss += LogLoss.of(probability) - LogLoss.of(1 - probability)
      }
      return loss + Double(unknown) * LogLoss.of(unseen)
    case .numbers(let numbers):
      return abs(Double(outputs.first ?? 0) - numbers[row])
    }
  }
}
