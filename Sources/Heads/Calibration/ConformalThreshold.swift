internal import Foundation
public import LinearAlgebra

/// How far an answer must reach to be right as often as is asked: split conformal prediction (Papadopoulos et al. 2002; Sadinle, Lei
/// and Wasserman 2019 for sets of classes).
///
/// Of n rows that the head has not seen, the ⌈(n + 1)·coverage⌉-th smallest misfit is the threshold, where a row's misfit is
/// 1 − the probability of its class, or the absolute error of its number. Then a set of all classes that fit better holds the right
/// one of a new row of the same kind with at least that probability, whatever the head is worth: where it is worth little, the sets
/// are large.
public struct ConformalThreshold: Sendable {
  /// The share of new rows whose set or interval shall hold what is right.
  public let coverage: Double
  /// How many rows it was learnt from.
  public let rows: Int
  /// The largest misfit within a set; infinite where there are too few rows for the coverage.
  public let misfit: Double

  /// Learns the threshold from what a head says, `outputs` [N × answers], of rows that it has not seen.
  ///
  /// - Throws: ``HeadError`` when the coverage is not between 0 and 1, there are no rows, or the answers are tags.
  public init(coverage: Double, outputs: Matrix<Float>, of answers: Answers, targets: Targets)
    throws(HeadError)
  {
    guard coverage > 0, coverage < 1 else {
      throw .setting("the coverage", problem: "is \(coverage); it must lie between 0 and 1")
    }
    guard targets.count > 0 else { throw .tooFewRows(0) }
    let misfits: [Double]
    switch (answers, targets) {
    case (.oneOf(let classes), .classes(let labels)):
      let places = ClassLabels.places(of: labels.classes, among: classes)
      misfits = labels.indices.enumerated().map { row, class_ in
        1 - (places[Int(class_)].map { Double(outputs[row, $0]) } ?? 0)
      }
    case (.number, .numbers(let numbers)):
      misfits = numbers.enumerated().map { abs($1 - Double(outputs[$0, 0])) }
    default:
      throw .setting("a coverage", problem: "can be stated of one class or a number, not of \(answers.kind)")
    }
    let place = Int((Double(misfits.count + 1) * coverage).rounded(.up))
    self.coverage = coverage
    rows = misfits.count
    misfit = place <= misfits.count ? misfits.sorted()[place - 1] : .infinity
  }

  /// The places of the classes in the set of a row, the most probable first, given the probabilities of all [classes]. A set may be empty:
  /// then no class fits as well as those of most rows do.
  public func set(of probabilities: ArraySlice<Float>) -> [Int] {
    probabilities.enumerated().filter { 1 - Double($1) <= misfit }
      .sorted { ($1.element, $0.offset) < ($0.element, $1.offset) }.map(\.offset)
  }

  /// The interval around a number; nil where it has no ends.
  public func interval(around number: Double) -> Interval? {
    misfit.isFinite ? Interval(low: number - misfit, high: number + misfit) : nil
  }
}
