/// What a head's outputs cost on rows whose answers are known: −ln of the probability of the class, the sum of that of all tags, or
/// the absolute error of a number. A class or tag that the head has never seen has a probability of 0.
public struct AnswerLoss: Sendable {
  private let targets: Targets
  /// For each class or tag of the rows, its place among the head's outputs.
  private let places: [Int?]

  /// The loss of a head that answers `answers` on rows whose answers are `targets`.
  public init(of answers: Answers, on targets: Targets) {
    self.targets = targets
    places = ClassLabels.places(of: targets.answers.names, among: answers.names)
  }

  /// The loss of one row's outputs [answers]. O(outputs).
  public func of(_ outputs: ArraySlice<Float>, row: Int) -> Double {
    switch targets {
    case .classes(let labels):
      let place = places[Int(labels.indices[row])]
      return LogLoss.of(place.map { Double(outputs[outputs.startIndex + $0]) } ?? 0)
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
      return loss + Double(unknown) * LogLoss.of(0)
    case .numbers(let numbers):
      return abs(Double(outputs.first ?? 0) - numbers[row])
    }
  }
}
