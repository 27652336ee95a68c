import LinearAlgebra
import Testing

@testable import Transfer

@Suite struct ScoreTests {
  private func labelled(_ problem: GoldenProblem) -> LabelledMoments {
    let labels = problem.expected.labels
    return LabelledMoments(
      problem.source, FeatureMoments(problem.source, threads: Threads(2)), groups: problem.expected.classes,
      threads: Threads(2)
    ) {
      labels[$0...$0]
    }
  }

  @Test(arguments: GoldenMeasures.names)
  func theMaximumEvidenceIsThatOfBayesianRidge(name: String) throws {
    let problem = try GoldenProblem(name)
    #expect(isClose(try #require(LogME.score(labelled(problem))), problem.expected.logEvidence))
  }

  /// The evidence of what is met without error has no bound.
  @Test func thereIsNoEvidenceWhereNothingIsLeftToExplain() {
    let labels: [Int32] = [0, 1, 0, 1]
    let told = Matrix<Float>(rows: 4, columns: 2, elements: labels.flatMap { [Float($0), 1 - Float($0)] })
    for features in [told, Matrix(rows: 4, columns: 2)] {
      let labelled = LabelledMoments(
        features, FeatureMoments(features, threads: Threads(1)), groups: 2, threads: Threads(1)
      ) { labels[$0...$0] }
      #expect(LogME.score(labelled) == nil)
    }
  }

  @Test(arguments: GoldenMeasures.names)
  func theHScoresAreThoseOfTheirFormulas(name: String) throws {
    let (problem, expected) = (try GoldenProblem(name), try GoldenProblem(name).expected.hScore)
    #expect(isClose(HScore.plain(labelled(problem)), expected.plain))
    #expect(isClose(HScore.shrunk(labelled(problem)), expected.shrunk))
  }

  @Test(arguments: GoldenMeasures.names)
  func agreementIsThatOfNumPyAndSciPy(name: String) throws {
    let expected = try GoldenProblem(name).expected
    let theta = expected.agreement.probabilities
    let probabilities = Matrix(rows: theta.count, columns: theta[0].count, elements: theta.flatMap { $0 })
    let leep = LabelAgreement.logExpectedPrediction(
      probabilities, labels: expected.labels, classes: expected.classes)
    #expect(isClose(leep, expected.agreement.leep))
    let answers = theta.map { row in Int32(row.indices.max { row[$0] < row[$1] } ?? 0) }
    let entropy = LabelAgreement.negativeConditionalEntropy(
      labels: expected.labels, classes: expected.classes, given: answers, of: theta[0].count)
    #expect(isClose(entropy, expected.agreement.nce))
  }
}
