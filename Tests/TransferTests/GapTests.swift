import LinearAlgebra
import Testing

@testable import Transfer

@Suite struct GapTests {
  @Test(arguments: GoldenMeasures.names)
  func theMeanDiscrepancyIsThatOfKernels(name: String) throws {
    let problem = try GoldenProblem(name)
    let measured = try MeanDiscrepancy(
      problem.source, problem.target, gamma: problem.expected.gamma, permutations: 99, seed: 1,
      threads: Threads(2))
    #expect(isClose(measured.square, problem.expected.mmd))
    #expect(measured.pValue == 0.01)
  }

  /// Where both sets are drawn alike, p-values are uniform: 400 of them lie within Kolmogorov's band at 0.1 %.
  @Test(arguments: [11, 12] as [UInt64])
  func pValuesAreUniformWhereNothingDiffers(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let trials = 400
    let values = try (0..<trials).map { trial in
      let rows = Matrix(
        rows: 24, columns: 2, elements: (0..<48).map { _ in Float.random(in: -1...1, using: &random) })
      return try MeanDiscrepancy(
        rows.rows(at: 0..<10), rows.rows(at: 10..<24), permutations: 199, seed: UInt64(trial),
        threads: Threads(1)
      ).pValue
    }.sorted()
    let farthest = values.enumerated().map { abs($1 - (Double($0) + 0.5) / Double(trials)) }.max() ?? 1
    #expect(farthest < 1.95 / Double(trials).squareRoot() + 1 / 200, "seed \(seed): \(farthest)")
  }

  @Test(arguments: GoldenMeasures.names)
  func covariancesLieAsFarApartAsSciPyFinds(name: String) throws {
    let problem = try GoldenProblem(name)
    let gap = try CovarianceGap(
      FeatureMoments(problem.source, threads: Threads(2)), FeatureMoments(problem.target, threads: Threads(2))
    )
    #expect(isClose(gap.coral, problem.expected.covarianceGap.coral))
    #expect(isClose(gap.frechet, problem.expected.covarianceGap.frechet))
  }

  @Test(arguments: GoldenMeasures.names)
  func sharesAreThoseThatSolveTheAnswers(name: String) throws {
    let expected = try GoldenProblem(name).expected
    let shift = try LabelShift(
      answers: expected.labelShift.answers, labels: expected.labels,
      unlabelled: expected.labelShift.unlabelled,
      classes: expected.classes)
    for (one, other) in zip(shift.weights, expected.labelShift.weights) { #expect(isClose(one, other)) }
    for (one, other) in zip(shift.shares, expected.labelShift.shares) { #expect(isClose(one, other)) }
    #expect(isClose(shift.condition, expected.labelShift.condition))
    #expect(isClose(shift.accuracy, expected.labelShift.accuracy))
  }

  @Test func answersThatSayNothingAreRefused() {
    #expect(throws: TransferError.self) {
      try LabelShift(answers: [0, 0, 0, 0], labels: [0, 1, 0, 1], unlabelled: [0, 0], classes: 2)
    }
  }
}
