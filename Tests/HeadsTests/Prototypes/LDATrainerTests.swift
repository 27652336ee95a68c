import LinearAlgebra
import Testing

@testable import Heads

@Suite struct LDATrainerTests {
  @Test(arguments: GoldenProblem.names)
  func theShrinkageIsScikitLearns(name: String) throws {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name])
    let labels = try problem.data.classLabels(for: .lda)
    let means = ClassMeans(problem.data.features, groups: labels.classes.count, threads: Threads(2)) {
      [Int(labels.indices[$0])]
    }
    let covariance = PooledCovariance(
      problem.data.features, labels: labels, means: means, threads: Threads(2))
    #expect(abs(covariance.shrinkage / golden.lda.shrinkage - 1) < 1e-9)
  }

  /// At a sharpness of 1: the golden probabilities are the normal densities' own.
  @Test(arguments: GoldenProblem.names)
  func probabilitiesAreThoseOfNormalDensities(name: String) throws {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name])
    let fitted = try LDATrainer().train(on: problem.data).head
    let head = try Head(answers: fitted.answers, model: fitted.model)
    let outputs = try head.outputs(of: problem.data.features)
    for (row, expected) in golden.lda.probabilities.enumerated() {
      #expect(areClose(Array(outputs.row(row)), expected, within: 2e-5), "row \(row)")
    }
  }
}
