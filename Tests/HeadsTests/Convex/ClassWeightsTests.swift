import Foundation
import LinearAlgebra
import Testing

@testable import Heads

/// Class weights and label smoothing against scikit-learn's, PyTorch's and SciPy's optima.
@Suite struct ClassWeightsTests {
  private let golden: GoldenSettings

  init() throws { golden = try GoldenSettings.decoded() }

  private func tags(_ name: String) throws -> TrainingData {
    try TrainingData(
      features: GoldenProblem(name).data.features, targets: .tags(GoldenMethods.decoded()[name].tagLabels))
  }

  /// The certificate promises 1e-6; the scores' rounding may make the sum look smaller than it is.
  private func check(_ trained: TrainedHead, on features: Matrix<Float>, _ expected: GoldenSettings.Optimum)
    throws
  {
    #expect(trained.report.converged)
    #expect(abs(trained.report.objective / expected.objective - 1) < 1e-6)
    let outputs = try trained.head.outputs(of: features)
    #expect(largestDifference(outputs.elements, expected.outputs) < 1e-3)
  }

  @Test(arguments: GoldenProblem.names)
  func weightedLogisticRegressionIsScikitLearns(name: String) throws {
    let data = try GoldenProblem(name).data
    for (weights, expected) in [
      (ClassWeights.balanced, golden[name].classes.balanced),
      (.given(golden.given), golden[name].classes.given),
    ] {
      let trained = try LogisticTrainer(penalty: golden.penalty, classWeights: weights).train(on: data)
      try check(trained, on: data.features, expected)
    }
  }

  @Test(arguments: GoldenProblem.names)
  func weightedRowsAreScikitLearnsAndSciPys(name: String) throws {
    let (data, expected) = (try GoldenProblem(name).data, golden[name].weightedRows)
    let weighted = try TrainingData(
      features: data.features, targets: data.targets, weights: expected.weights)
    let logistic = try LogisticTrainer(penalty: golden.penalty, classWeights: .given(golden.given))
    try check(logistic.train(on: weighted), on: data.features, expected.logistic)
    let machine = try SVMTrainer(penalty: golden.penalty).train(on: weighted)
    #expect(machine.report.converged)
    #expect(abs(machine.report.objective / expected.hinge.objective - 1) < 1e-6)
    #expect(
      largestDifference(try machine.head.scores(of: data.features).elements, expected.hinge.outputs) < 1e-2)
  }

  @Test func rowsAreWeightedByMethodsThatCan() throws {
    let (data, tags) = (try GoldenProblem("tall").data, try tags("tall"))
    func weighted(_ data: TrainingData, _ weight: Float) throws -> TrainingData {
      try TrainingData(
        features: data.features, targets: data.targets, weights: Array(repeating: weight, count: data.count))
    }
    for method in [HeadMethod.centroid, .lda, .knn, .ridge] {
      #expect(throws: HeadError.self, "\(method)") {
        try HeadSpecification(method: method).trainer().train(on: weighted(data, 2))
      }
    }
    for method in [HeadMethod.logistic, .svm, .mlp] {
      #expect(throws: HeadError.self, "\(method)") {
        try HeadSpecification(method: method).trainer().train(on: weighted(tags, 2))
      }
    }
    #expect(
      try HeadSpecification(method: .mlp).trainer().train(on: weighted(data, 2)).head.width
        == data.features.columns)
    for wrong: Float in [0, -1, .nan, .infinity] {
      #expect(throws: HeadError.self, "\(wrong)") { try weighted(data, wrong) }
    }
    #expect(throws: HeadError.rowCount(features: 1, labels: data.count)) {
      try TrainingData(features: data.features, targets: data.targets, weights: [1])
    }
  }

  @Test(arguments: GoldenProblem.names)
  func weightedTagsAreScikitLearnsAndPyTorchs(name: String) throws {
    let data = try tags(name)
    let balanced = try LogisticTrainer(penalty: golden.penalty, classWeights: .balanced).train(on: data)
    try check(balanced, on: data.features, golden[name].tags)
    let given = try LogisticTrainer(penalty: golden.penalty, classWeights: .given(golden.given)).train(
      on: data)
    try check(given, on: data.features, golden[name].posWeight)
  }

  @Test(arguments: GoldenProblem.names)
  func weightedHingesAreSciPys(name: String) throws {
    let (data, tags) = (try GoldenProblem(name).data, try tags(name))
    let classes = try SVMTrainer(penalty: golden.penalty, classWeights: .balanced).train(on: data)
    #expect(classes.report.converged)
    #expect(abs(classes.report.objective / golden[name].classHinge.objective - 1) < 1e-6)
    let scores = try classes.head.scores(of: data.features)
    #expect(largestDifference(scores.elements, golden[name].classHinge.outputs) < 1e-2)
    let given = try SVMTrainer(penalty: golden.penalty, classWeights: .given(golden.given)).train(on: tags)
    #expect(given.report.converged)
    #expect(abs(given.report.objective / golden[name].tagHinge.objective - 1) < 1e-6)
  }

  @Test(arguments: GoldenProblem.names)
  func smoothedLogisticRegressionIsPyTorchs(name: String) throws {
    let (data, tags, expected) = (try GoldenProblem(name).data, try tags(name), golden[name].smoothed)
    func trained(_ data: TrainingData, _ weights: ClassWeights?) throws -> TrainedHead {
      try LogisticTrainer(penalty: golden.penalty, classWeights: weights, smoothing: golden.smoothing)
        .train(on: data)
    }
    try check(trained(data, nil), on: data.features, expected.classes)
    try check(trained(data, .given(golden.given)), on: data.features, expected.weightedClasses)
    try check(trained(tags, nil), on: data.features, expected.tags)
    try check(trained(tags, .balanced), on: data.features, expected.weightedTags)
  }

  /// What the model of the curvature is made of, for losses that are weighted, smoothed, both or neither.
  @Test(arguments: [nil, 0.2], [nil, ClassWeights.balanced, .given(["class 1": 3, "x": 0.5])])
  func curvaturesAreTheSlopesOfSlopes(smoothing: Double?, weights: ClassWeights?) throws {
    let labels = try randomProblem(rows: 40, width: 2, classes: 4, seed: 81).classLabels(for: .logistic)
    let tags = TagLabels((0..<40).map { $0 % 3 == 0 ? ["x"] : $0 % 3 == 1 ? ["x", "y"] : [] })
    try checkCurvatures(SoftmaxLoss(labels, weights: weights, smoothing: smoothing))
    try checkCurvatures(TagLogisticLoss(tags, weights: weights, smoothing: smoothing))
    guard smoothing == nil else { return }
    try checkCurvatures(SquaredHingeLoss(labels, weights: weights))
    try checkCurvatures(TagHingeLoss(tags, weights: weights))
  }

  private func checkCurvatures<Loss: ConvexLoss>(_ loss: Loss) throws {
    var random = SeededGenerator(seed: 82)
    let scores = random.matrix(rows: 40, columns: loss.scores)
    func slopes(_ moved: Matrix<Float>) -> (slopes: Matrix<Float>, curvature: [Float], loss: Double) {
      var (slopes, curvature) = (moved, [Float](repeating: 0, count: loss.scores))
      let total = loss.addSlopes(of: 0..<40, to: &slopes, curvature: &curvature)
      return (slopes, curvature, total)
    }
    let (here, sums, _) = slopes(scores)
    var curvatures = here
    loss.turnIntoCurvatures(&curvatures, of: 0..<40)
    for column in 0..<loss.scores {
      let sum = (0..<40).reduce(Float(0)) { $0 + curvatures[$1, column] }
      #expect(abs(sum - sums[column]) < 1e-4 * max(1, sum))
      let width: Float = 1 / 128
      for row in 0..<40 {
        // The hinge bends where it ends.
        let (above, below) = (scores[row, column] + width, scores[row, column] - width)
        if loss is SquaredHingeLoss || loss is TagHingeLoss, (abs(above) > 1) != (abs(below) > 1) { continue }
        var (up, down) = (scores, scores)
        (up[row, column], down[row, column]) = (above, below)
        let (more, less) = (slopes(up), slopes(down))
        let bend = (more.slopes[row, column] - less.slopes[row, column]) / (2 * width)
        #expect(abs(bend - curvatures[row, column]) < 2e-3 * max(1, bend), "\(Loss.self) row \(row)")
        let slope = Float((more.loss - less.loss) / Double(2 * width))
        #expect(abs(slope - here[row, column]) < 2e-3 * max(1, abs(slope)), "\(Loss.self) row \(row)")
      }
    }
  }

  /// Weights that are all the same number are a penalty divided by it.
  @Test(arguments: [1e-7, 1e-3, 40])
  func aWeightForAllIsAPenaltyForAll(weight: Double) throws {
    let data = try randomProblem(rows: 300, width: 6, classes: 3, seed: 83)
    let weights = ClassWeights.given(
      Dictionary(uniqueKeysWithValues: data.targets.answers.names.map { ($0, weight) }))
    let plain = try LogisticTrainer(penalty: 2).train(on: data)
    let weighted = try LogisticTrainer(penalty: 2 * weight, classWeights: weights).train(on: data)
    #expect(weighted.report.converged)
    #expect(abs(weighted.report.objective / plain.report.objective / weight - 1) < 2e-6)
    #expect(
      areClose(
        try weighted.head.linear.weights.elements, try plain.head.linear.weights.elements.map(Double.init),
        within: 3e-3))
  }

  @Test func balancedWeightsRaiseTheBalancedAccuracyOfSkewedClasses() throws {
    var random = SeededGenerator(seed: 84)
    let noise = random.matrix(rows: 900, columns: 5)
    let labels = (0..<900).map { $0 % 15 == 0 ? "rare" : $0 % 15 == 7 ? "odd" : "common" }
    let elements = labels.enumerated().flatMap { row, label in
      noise.row(row).enumerated().map {
        $1 + (label == "rare" && $0 < 2 || label == "odd" && $0 == 2 ? 1 : 0)
      }
    }
    let features = Matrix<Float>(rows: 900, columns: 5, elements: elements)
    let (known, new) = (Array(0..<600), Array(600..<900))
    let classes = ClassLabels(labels)
    let data = try TrainingData(features: features.rows(at: known), labels: classes.rows(at: known))
    for method in [HeadMethod.logistic, .svm, .mlp] {
      let accuracies = try [nil, ClassWeights.balanced].map { weights in
        let specification = HeadSpecification(
          method: method, units: method == .mlp ? 8 : nil, classWeights: weights)
        let outputs = try specification.trainer().train(on: data).head.outputs(of: features.rows(at: new))
        return try ClassificationMetrics(
          probabilities: outputs, classes: classes.classes, labels: classes.rows(at: new)
        ).balancedAccuracy
      }
      #expect(accuracies[1] > accuracies[0] + 0.1, "\(method)")
    }
  }

  @Test func penaltiesAreChosenByTheLossThatIsTrained() throws {
    let data = try randomProblem(rows: 240, width: 6, classes: 3, seed: 85)
    let weights = ClassWeights.given(["class 0": 5])
    let report = try LogisticTrainer(classWeights: weights, smoothing: 0.1).train(on: data).report
    #expect(report.converged && report.penalty == report.penaltyCurve.min { $0.loss < $1.loss }?.penalty)
    // The least that a smoothed loss can be is the entropy of its targets.
    let targets = [0.9 + 0.1 / 3, 0.1 / 3, 0.1 / 3]
    let entropy = -targets.reduce(0) { $0 + $1 * log($1) }
    #expect(report.penaltyCurve.allSatisfy { $0.loss > entropy * 2 })
  }

  @Test(arguments: [0, -1, .nan, .infinity, 1e300, 1e-300] as [Double])
  func aWeightMustBePositive(weight: Double) {
    let weights = ClassWeights.given(["a": weight])
    #expect(throws: HeadError.self) { try LogisticTrainer(classWeights: weights) }
    #expect(throws: HeadError.self) { try SVMTrainer(classWeights: weights) }
    #expect(throws: HeadError.self) { try PerceptronTrainer(classWeights: weights) }
  }

  @Test(arguments: [0, 1, -0.1, 1.5, .nan] as [Double])
  func aSmoothingMustLieBetweenNothingAndAll(smoothing: Double) {
    #expect(throws: HeadError.self) { try LogisticTrainer(smoothing: smoothing) }
    #expect(throws: HeadError.self) { try PerceptronTrainer(smoothing: smoothing) }
  }

  @Test func aNameThatNoRowHasIsTold() {
    let weights = ClassWeights.given(["spam": 3, "hamm": 2])
    #expect(throws: HeadError.self) { try weights.check(against: .oneOf(["ham", "spam"])) }
    #expect(throws: HeadError.self) { try weights.check(against: .number) }
    #expect(throws: Never.self) { try weights.check(against: .anyOf(["hamm", "other", "spam"])) }
    #expect(throws: Never.self) { try ClassWeights.balanced.check(against: .oneOf(["a"])) }
  }
}
