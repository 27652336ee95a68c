import LinearAlgebra
import Testing

@testable import Heads

/// Heads of standardised features against scikit-learn's pipelines.
@Suite struct StandardisationTests {
  @Test(arguments: GoldenProblem.names)
  func headsAreThoseOfScikitLearnsPipelines(name: String) throws {
    let (data, golden) = (try GoldenProblem(name).data, try GoldenSettings.decoded())
    let expected = golden[name].standardised
    let logistic = try StandardisedTrainer(LogisticTrainer(penalty: golden.penalty)).train(on: data)
    #expect(logistic.report.converged)
    #expect(abs(logistic.report.objective / expected.logistic.objective - 1) < 1e-6)
    let probabilities = try logistic.head.outputs(of: data.features).elements
    #expect(largestDifference(probabilities, expected.logistic.outputs) < 1e-3)
    let ridge = try StandardisedTrainer(RidgeTrainer(penalty: golden.penalty)).train(on: data)
    #expect(abs(ridge.report.objective / expected.ridge.objective - 1) < 1e-6)
    let scores = try ridge.head.scores(of: data.features).elements
    #expect(largestDifference(scores, expected.ridge.outputs) < 1e-4)
    #expect(ridge.statistics == nil)
    let centroid = try StandardisedTrainer(CentroidTrainer()).train(on: data).head
    let outputs = try centroid.outputs(of: data.features)
    #expect((0..<outputs.rows).map { outputs.largest(ofRow: $0) } == expected.centroid)
  }

  /// Whatever the units of the features, the head answers alike; a constant feature has no weight.
  @Test(arguments: HeadMethod.allCases.filter(\.standardises))
  func unitsDecideNothing(method: HeadMethod) throws {
    let data = try randomProblem(rows: 200, width: 5, classes: 3, seed: 91)
    let units: [Float] = [1, 100, 0.01, 8, 0.5]
    let scaled = data.features.elements.enumerated().map { $1 * units[$0 % 5] + ($0 % 5 == 1 ? 50 : 0) }
    var other = Matrix<Float>(rows: 200, columns: 5, elements: scaled)
    var plain = data.features
    for row in 0..<200 { (plain[row, 4], other[row, 4]) = (3, -7) }
    let specification = HeadSpecification(
      method: method, penalty: method.hasPenalty ? 5 : nil, standardises: true)
    let outputs = try [plain, other].map { features in
      let trained = try specification.trainer().train(
        on: TrainingData(features: features, targets: data.targets))
      #expect(trained.report.converged)
      #expect(try trained.head.linear.weights.transposed().row(4).allSatisfy { abs($0) < 1e-6 })
      return try trained.head.outputs(of: features).elements
    }
    #expect(areClose(outputs[0], outputs[1].map(Double.init), within: 2e-3), "\(method)")
  }

  @Test func anyNumberOfThreadsGivesTheSameBits() throws {
    let features = try randomProblem(rows: 3000, width: 33, classes: 7, seed: 92).features
    let scaled = [1, 2, 3].map { threads in
      Standardisation(of: features, threads: Threads(threads)).applied(
        to: features, threads: Threads(threads))
    }
    #expect(scaled[0] == scaled[1] && scaled[0] == scaled[2])
    let (means, ones) = (
      scaled[0].columnMeans(threads: Threads(1)), [Double](repeating: 0, count: 33)
    )
    #expect(means.allSatisfy { abs($0) < 1e-6 })
    let variances = scaled[0].columnVariances(around: ones, threads: Threads(1))
    #expect(variances.allSatisfy { abs($0 - 1) < 1e-5 })
  }

  @Test func votesOfNeighboursCannotBeTurnedBack() throws {
    let data = try randomProblem(rows: 40, width: 5, classes: 3, seed: 93)
    #expect(throws: HeadError.self) { try StandardisedTrainer(NeighbourTrainer(count: 3)).train(on: data) }
  }
}
