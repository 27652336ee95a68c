import LinearAlgebra
import Testing

@testable import Heads

/// Heads of convex losses against SciPy's and scikit-learn's optima.
@Suite struct SVMTrainerTests {
  @Test(arguments: GoldenProblem.names)
  func theOptimumForClassesIsSciPys(name: String) throws {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name].convex)
    let trained = try SVMTrainer(penalty: golden.penalty).train(on: problem.data)
    #expect(trained.report.converged)
    #expect(abs(trained.report.objective / golden.classHinge - 1) < 2e-6)
    let scores = try trained.head.scores(of: problem.data.features)
    #expect(areClose(scores.elements, golden.classScores.flatMap { $0 }, within: 5e-3))
  }

  @Test(arguments: GoldenProblem.names)
  func theOptimaForTagsAreTheirs(name: String) throws {
    let (features, golden) = (try GoldenProblem(name).data.features, try GoldenMethods.decoded()[name])
    let data = try TrainingData(features: features, targets: .tags(golden.tagLabels))
    let svm = try SVMTrainer(penalty: golden.convex.penalty).train(on: data)
    #expect(svm.report.converged)
    #expect(abs(svm.report.objective / golden.convex.tagHinge - 1) < 2e-6)
    let logistic = try LogisticTrainer(penalty: golden.convex.penalty).train(on: data)
    #expect(logistic.report.converged)
    #expect(abs(logistic.report.objective / golden.convex.tagLogistic - 1) < 2e-6)
    let outputs = try logistic.head.outputs(of: features)
    #expect(areClose(outputs.elements, golden.convex.tagProbabilities.flatMap { $0 }, within: 1e-3))
  }

  @Test func withoutAPenaltyTheOneWithTheLeastSquaredHingeIsUsed() throws {
    let data = try randomProblem(rows: 300, width: 8, classes: 3, seed: 15)
    let report = try SVMTrainer().train(on: data).report
    #expect(report.validation == .crossValidatedSquaredHinge)
    #expect(report.penalty == report.penaltyCurve.min { $0.loss < $1.loss }?.penalty)
  }

  /// The link is fitted to rows that their heads had not seen, so that probabilities are honest.
  @Test func probabilitiesOfNewRowsAreHonest() throws {
    let all = try randomProblem(rows: 1200, width: 6, classes: 3, seed: 16)
    let labels = try all.classLabels(for: .svm)
    let (known, new) = (Array(0..<600), Array(600..<1200))
    let head = try SVMTrainer(penalty: 1).train(
      on: TrainingData(features: all.features.rows(at: known), labels: labels.rows(at: known))
    ).head
    let metrics = try ClassificationMetrics(
      probabilities: head.outputs(of: all.features.rows(at: new)), classes: head.answers.names,
      labels: labels.rows(at: new))
    #expect(try #require(metrics.calibrationError) < 0.08)
  }

  @Test(arguments: [0, -1, .nan, .infinity] as [Double])
  func aPenaltyMustBePositive(penalty: Double) {
    #expect(throws: HeadError.self) { try SVMTrainer(penalty: penalty) }
  }
}
