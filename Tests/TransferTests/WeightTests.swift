import LinearAlgebra
import Testing

@testable import Transfer

@Suite struct WeightTests {
  @Test(arguments: GoldenMeasures.names)
  func rowsCountByTheRatioOfDensities(name: String) throws {
    let problem = try GoldenProblem(name)
    let expected = problem.expected.reweighted
    let ratio = DensityRatio(coefficients: expected.coefficients, intercept: expected.intercept)
    let weights = try ratio.weights(of: problem.source)
    #expect(weights.count == expected.weights.count)
    for (weight, other) in zip(weights, expected.weights) {
      #expect(abs(Double(weight) / other - 1) < 1e-6)
    }
    #expect(abs(DensityRatio.effectiveRows(of: weights) / expected.effectiveRows - 1) < 1e-6)
    #expect(throws: TransferError.dimensions(source: 1, target: expected.coefficients.count)) {
      try ratio.weights(of: Matrix<Float>(rows: 2, columns: 1))
    }
  }

  /// Against SciPy's maximum of the likelihood.
  @Test(arguments: GoldenMeasures.names)
  func classesHaveTheirLikeliestShares(name: String) throws {
    let expected = try GoldenProblem(name).expected.reweighted
    let probabilities = Matrix(
      rows: expected.probabilities.count, columns: expected.learnt.count,
      elements: Array(expected.probabilities.joined()))
    let found = try ClassShares(learnt: expected.learnt, probabilities: probabilities)
    for (place, share) in expected.shares.enumerated() {
      #expect(isClose(found.shares[place], share))
      #expect(isClose(found.weights[place], share / expected.learnt[place], within: 2e-6))
    }
    #expect(throws: TransferError.tooFew(0, least: 1)) {
      try ClassShares(learnt: expected.learnt, probabilities: Matrix<Float>(rows: 0, columns: 3))
    }
  }
}
