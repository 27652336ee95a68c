import LinearAlgebra
import Testing

@testable import Heads

/// All methods on data that breaks lesser ones. Everything that can be trained on gives finite numbers, and says that it
/// converged.
@Suite struct HostileInputTests {
  static let trainers: [any HeadTrainer] = {
    let trainers: [(any HeadTrainer)?] = [
      try? LogisticTrainer(), try? LogisticTrainer(penalty: 0.01), try? RidgeTrainer(),
      try? RidgeTrainer(penalty: 1e-6), CentroidTrainer(), LDATrainer(),
      try? NeighbourTrainer(), try? PerceptronTrainer(units: 16),
      try? SVMTrainer(), try? SVMTrainer(penalty: 0.01),
      try? LogisticTrainer(penalty: 1, classWeights: .balanced, smoothing: 0.1),
      try? SVMTrainer(penalty: 1, classWeights: .balanced),
      try? StandardisedTrainer(LogisticTrainer(penalty: 1)),
      try? StandardisedTrainer(RidgeTrainer(penalty: 1)),
      StandardisedTrainer(LDATrainer()),
      try? PerceptronTrainer(units: 16, classWeights: .balanced, smoothing: 0.1),
    ]
    return trainers.compactMap { $0 }
  }()

  /// `hingeMayStop`: a squared hinge that falls to nothing is lost in a float's rounding, and then says that it did not converge.
  private func check(
    _ features: Matrix<Float>, _ labels: [String], accuracy: Double? = nil, hingeMayStop: Bool = false
  ) throws {
    #expect(Self.trainers.count == 16)
    let data = try TrainingData(features: features, labels: ClassLabels(labels))
    for trainer in Self.trainers {
      let trained = try trainer.train(on: data)
      #expect(trained.report.converged || (hingeMayStop && trainer is SVMTrainer), "\(trainer)")
      #expect(trained.report.objective.isFinite && trained.report.gradientNorm.isFinite, "\(trainer)")
      #expect(trained.report.penaltyCurve.allSatisfy { $0.loss.isFinite }, "\(trainer)")
      let probabilities = try trained.head.outputs(of: features)
      #expect(probabilities.elements.allSatisfy { $0.isFinite && $0 >= 0 && $0 <= 1 }, "\(trainer)")
      guard let accuracy else { continue }
      let metrics = try ClassificationMetrics(
        probabilities: probabilities, classes: trained.head.answers.names, labels: ClassLabels(labels))
      #expect(metrics.accuracy == accuracy, "\(trainer)")
    }
  }

  @Test func twoRows() throws {
    try check(Matrix(rows: 2, columns: 3, elements: [1, 0, 2, 0, 1, 2]), ["a", "b"], accuracy: 1)
  }

  @Test func twoEqualRowsOfTwoClasses() throws {
    try check(Matrix(rows: 2, columns: 3, filledWith: 1), ["a", "b"], accuracy: 0.5)
  }

  @Test func aClassWithOneRow() throws {
    var random = SeededGenerator(seed: 31)
    try check(
      random.matrix(rows: 20, columns: 4), (0..<20).map { $0 == 7 ? "rare" : $0 % 2 == 0 ? "a" : "b" })
  }

  @Test func asManyClassesAsRows() throws {
    var random = SeededGenerator(seed: 32)
    try check(random.matrix(rows: 12, columns: 40), (0..<12).map { "class \($0)" }, accuracy: 1)
  }

  @Test func constantColumns() throws {
    var random = SeededGenerator(seed: 33)
    var features = random.matrix(rows: 50, columns: 5)
    for row in 0..<50 {
      features[row, 1] = 0
      features[row, 3] = 1000
    }
    try check(features, (0..<50).map { $0 % 3 == 0 ? "a" : "b" })
    let data = try TrainingData(
      features: features, labels: ClassLabels((0..<50).map { $0 % 3 == 0 ? "a" : "b" }))
    #expect(PrincipalAxes(of: features, threads: Threads(1)).count == 3)
    for trainer in Self.trainers {
      guard case .linear(let head) = try trainer.train(on: data).head.model else { continue }
      #expect(abs(head.weights[0, 1]) < 1e-6 && abs(head.weights[0, 3]) < 1e-6)
    }
  }

  @Test func noFeaturesAtAll() throws {
    try check(Matrix(rows: 6, columns: 0), ["a", "a", "a", "b", "b", "a"])
  }

  @Test func featuresOfVeryDifferentSize() throws {
    var random = SeededGenerator(seed: 34)
    var features = random.matrix(rows: 60, columns: 4)
    for row in 0..<60 {
      features[row, 0] *= 1e-6
      features[row, 2] *= 1e3
    }
    try check(
      features, (0..<60).map { features[$0, 2] > 0 ? "positive" : "negative" }, hingeMayStop: true)
  }

  @Test func columnsThatRepeat() throws {
    var random = SeededGenerator(seed: 35)
    let half = random.matrix(rows: 40, columns: 3)
    let elements = (0..<40).flatMap { Array(half.row($0)) + Array(half.row($0)) }
    try check(Matrix(rows: 40, columns: 6, elements: elements), (0..<40).map { half[$0, 0] > 0 ? "a" : "b" })
  }

  @Test func separableClasses() throws {
    let features = Matrix<Float>(rows: 40, columns: 1, elements: (0..<40).map { Float($0) - 19.5 })
    try check(features, (0..<40).map { $0 < 20 ? "left" : "right" }, accuracy: 1)
  }
}
