import LinearAlgebra
import Testing

@testable import Transfer

@Suite struct ScoreTests {
  private func labelled(_ problem: GoldenProblem) -> LabelledMoments {
    let labels = problem.expected.labels
    return LabelledMoments(problem.source, groups: problem.expected.classes, threads: Threads(2)) {
      labels[$0...$0]
    }
  }

  @Test(arguments: GoldenMeasures.names)
  func theMaximumEvidenceIsThatOfBayesianRidge(name: String) throws {
    let problem = try GoldenProblem(name)
    #expect(isClose(LogME.score(labelled(problem)), problem.expected.logEvidence))
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
