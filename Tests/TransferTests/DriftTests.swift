import LinearAlgebra
import Testing

@testable import Transfer

@Suite struct DriftTests {
  private let golden: GoldenDrift

  init() throws { golden = try GoldenDrift() }

  /// How far a share of so many draws may lie from what it estimates, at four standard errors.
  private func tolerance(_ share: Double, draws: Int) -> Double {
    4 * (share * (1 - share) / Double(draws)).squareRoot() + 1 / Double(draws)
  }

  @Test func answersDifferAsPearsonsTestHasIt() throws {
    for expected in golden.answers {
      let shift = try AnswerShift(
        reference: expected.reference.map { [$0] }, new: expected.new.map { [$0] },
        answers: expected.classes,
        permutations: 20_000, seed: 3, threads: Threads(2))
      #expect(isClose(shift.statistic, expected.statistic))
      guard let pValue = expected.pValue else { continue }
      #expect(abs(shift.pValue - pValue) < tolerance(pValue, draws: 20_000), "\(shift.pValue) \(pValue)")
    }
    #expect(golden.answers.contains { $0.pValue != nil })
  }

  @Test func numbersDifferAsKolmogorovAndSmirnovHaveIt() throws {
    for expected in golden.numbers {
      let shift = try NumberShift(
        reference: expected.reference, new: expected.new, permutations: 20_000, seed: 4, threads: Threads(2))
      #expect(isClose(shift.distance, expected.distance))
      guard let pValue = expected.pValue else { continue }
      #expect(abs(shift.pValue - pValue) < tolerance(pValue, draws: 20_000), "\(shift.pValue) \(pValue)")
    }
    #expect(golden.numbers.contains { $0.pValue != nil })
  }

  @Test func valuesBeyondAThresholdAreAsManyAsTheNegativeHypergeometricHasThem() throws {
    for expected in golden.exceedances {
      let found = try Exceedance(
        reference: expected.reference, new: expected.new, threshold: expected.threshold)
      #expect(isClose(found.pValue, expected.pValue), "\(found.pValue) \(expected.pValue)")
      #expect(
        found.share == Double(expected.new.count { $0 > expected.threshold }) / Double(expected.new.count))
    }
  }

  @Test func confidencesTellTheAccuracyByTheirDifference() throws {
    let expected = golden.calibration
    let calibration = try ConfidenceCalibration(
      isRight: expected.isRight, confidences: expected.confidences)
    #expect(isClose(calibration.accuracy(at: expected.new), expected.accuracy))
    #expect(calibration.accuracy(at: expected.confidences) == calibration.accuracy)
    #expect(calibration.accuracy(at: [9]) == 1 && calibration.accuracy(at: [-9]) == 0)
  }

  @Test func pValuesAreAdjustedStepByStep() {
    for (value, expected) in zip(Holm.adjusted(golden.holm.pValues), golden.holm.adjusted) {
      #expect(isClose(value, expected))
    }
    #expect(Holm.adjusted([]).isEmpty)
  }

  /// A tag that always comes with another is no second sign: the p-value is that of one.
  @Test func tagsThatGoTogetherCountOnce() throws {
    var random = SplitMix64(state: 5)
    let rows = (0..<140).map { _ in Bool.random(using: &random) ? [0 as Int32] : [] }
    let (first, second) = (rows.prefix(80), rows.dropFirst(80))
    func test(_ tags: (Int32) -> [Int32]) throws -> AnswerShift {
      try AnswerShift(
        reference: first.map { $0.flatMap(tags) }, new: second.map { $0.flatMap(tags) }, answers: 3, seed: 6,
        threads: Threads(2))
    }
    let (one, both) = (try test { [$0] }, try test { [$0, 2] })
    #expect(one.pValue == both.pValue && isClose(2 * one.statistic, both.statistic))
    #expect(both.shares[0] == both.shares[2] && both.shares[1] == 0)
  }

  @Test func aSideWithoutRowsIsRefused() {
    #expect(throws: TransferError.tooFew(0, least: 1)) {
      try AnswerShift(reference: [[0]], new: [], answers: 1, seed: 0, threads: Threads(1))
    }
    #expect(throws: TransferError.tooFew(0, least: 1)) {
      try NumberShift(reference: [], new: [1], seed: 0, threads: Threads(1))
    }
    #expect(throws: TransferError.tooFew(0, least: 1)) {
      try Exceedance(reference: [], new: [1], threshold: 0)
    }
  }
}
