internal import Foundation
internal import LinearAlgebra

extension Head {
  /// The simplest rival of any head: it answers what is most frequent, with the shares that the classes or tags have, or the median of
  /// numbers, whose absolute error is least, whatever the features [width].
  ///
  /// - Throws: ``HeadError`` when there are no rows.
  public init(priorOf targets: Targets, width: Int) throws(HeadError) {
    guard targets.count > 0 else { throw .tooFewRows(0) }
    let rows = Double(targets.count)
    // Half a row more on either side keeps shares from certainty.
    func share(_ count: Int) -> Double { (Double(count) + 0.5) / (rows + 1) }
    let bias: [Double] =
      switch targets {
      case .classes(let labels): labels.counts.map { log(share($0)) }
      case .tags(let labels): labels.counts.map { log(share($0) / (1 - share($0))) }
      case .numbers(let numbers): [Self.median(of: numbers.sorted())]
      }
    let model = try LinearModel(
      weights: Matrix(rows: bias.count, columns: width), bias: bias.map { Float($0) })
    try self.init(answers: targets.answers, model: .linear(model))
  }

  /// That of sorted numbers, of which there is at least one.
  private static func median(of numbers: [Double]) -> Double {
    (numbers[(numbers.count - 1) / 2] + numbers[numbers.count / 2]) / 2
  }
}
