import Heads
import LinearAlgebra
import Testing

@Suite struct ClassificationMetricsTests {
  private struct Expected: Decodable {
    let classes, labels: [String]
    let probabilities: [[Float]]
    let accuracy, balancedAccuracy, macroF1, logLoss: Double
    let confusion: [[Int]]
    let precision, recall, f1: [Double]
    let support: [Int]
  }

  @Test func theyAreScikitLearnsOnClassesThatTheHeadHasNeverSeenToo() throws {
    let expected = try Golden.decoded("metrics.json", as: Expected.self)
    let probabilities = Matrix(
      rows: expected.labels.count, columns: expected.classes.count,
      elements: expected.probabilities.flatMap { $0 })
    let metrics = try ClassificationMetrics(
      probabilities: probabilities, classes: expected.classes, labels: ClassLabels(expected.labels))
    #expect(metrics.rows == 200)
    #expect(metrics.classes == ["a", "b", "c", "d", "e"])
    #expect(metrics.accuracy == expected.accuracy)
    #expect(abs(metrics.balancedAccuracy - expected.balancedAccuracy) < 1e-14)
    #expect(abs(metrics.macroF1 - expected.macroF1) < 1e-14)
    // scikit-learn takes its logarithms in float32.
    #expect(abs(metrics.logLoss - expected.logLoss) < 1e-6)
    #expect(metrics.confusion == expected.confusion)
    #expect(metrics.perClass.map(\.support) == expected.support)
    for (class_, metrics) in metrics.perClass.enumerated() {
      #expect(abs(metrics.precision - expected.precision[class_]) < 1e-14)
      #expect(abs(metrics.recall - expected.recall[class_]) < 1e-14)
      #expect(abs(metrics.f1 - expected.f1[class_]) < 1e-14)
    }
  }

  @Test func theFirstOfEquallyProbableClassesIsTheAnswer() throws {
    let metrics = try ClassificationMetrics(
      probabilities: Matrix(rows: 2, columns: 2, filledWith: 0.5), classes: ["a", "b"],
      labels: ClassLabels(["a", "b"]))
    #expect(metrics.confusion == [[1, 0], [1, 0]])
    #expect(metrics.accuracy == 0.5)
    #expect(abs(metrics.logLoss - 0.693_147_180_559_945) < 1e-12)
  }

  @Test func countsMustAgree() {
    let probabilities = Matrix<Float>(rows: 2, columns: 2, filledWith: 0.5)
    #expect(throws: HeadError.self) {
      try ClassificationMetrics(
        probabilities: probabilities, classes: ["a", "b"], labels: ClassLabels(["a"]))
    }
    #expect(throws: HeadError.self) {
      try ClassificationMetrics(
        probabilities: probabilities, classes: ["a"], labels: ClassLabels(["a", "a"]))
    }
    #expect(throws: HeadError.self) {
      try ClassificationMetrics(
        probabilities: Matrix(rows: 0, columns: 2), classes: ["a", "b"], labels: ClassLabels([]))
    }
  }
}
