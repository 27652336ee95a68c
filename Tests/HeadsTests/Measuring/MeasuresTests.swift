import LinearAlgebra
import Testing

@testable import Heads

/// Measures against scikit-learn, SciPy and torchmetrics.
@Suite struct MeasuresTests {
  private struct Expected: Decodable {
    struct Classes: Decodable {
      let truth: [Int]
      let probabilities: [[Float]]
      let brier, calibrationError: Double
      let accuracyInterval: [Double]
    }

    struct Tags: Decodable {
      struct Tag: Decodable {
        let averagePrecision, rocAuc, precision, recall: Double
      }

      let tags: [String]
      let truth: [[Int]]
      let probabilities: [[Float]]
      let microF1, macroF1, exactMatches, averagePrecision, rocAuc, logLoss, brier, calibrationError: Double
      let perTag: [Tag]
    }

    struct Numbers: Decodable {
      let truth: [Double]
      let given: [Float]
      let r2, mae, rmse: Double
    }

    struct Test: Decodable {
      let first, second: Int
      let p: Double
    }

    let classes: Classes
    let tags: Tags
    let numbers: Numbers
    let mcnemar: [Test]
  }

  private func expected() throws -> Expected { try Golden.decoded("measures.json") }

  private func matrix(_ rows: [[Float]]) -> Matrix<Float> {
    Matrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap { $0 })
  }

  @Test func brierScoreAndCalibrationErrorAreTheirs() throws {
    let expected = try expected().classes
    let names = (0..<4).map(String.init)
    let metrics = try ClassificationMetrics(
      probabilities: matrix(expected.probabilities), classes: names,
      labels: ClassLabels(expected.truth.map(String.init)))
    #expect(abs(try #require(metrics.brier) - expected.brier) < 1e-6)
    #expect(abs(try #require(metrics.calibrationError) - expected.calibrationError) < 1e-6)
    let interval = try #require(metrics.intervals?["accuracy"])
    // A thousand samples may miss the quantile by a row or two.
    #expect(abs(interval.low - expected.accuracyInterval[0]) < 2.5 / 150)
    #expect(abs(interval.high - expected.accuracyInterval[1]) < 2.5 / 150)
  }

  @Test func measuresOfTagsAreScikitLearns() throws {
    let expected = try expected().tags
    let labels = TagLabels(
      expected.truth.map { row in row.indices.filter { row[$0] == 1 }.map { expected.tags[$0] } })
    let metrics = try TagMetrics(
      probabilities: matrix(expected.probabilities), tags: expected.tags, labels: labels)
    #expect(abs(metrics.microF1 - expected.microF1) < 1e-12)
    #expect(abs(metrics.macroF1 - expected.macroF1) < 1e-12)
    #expect(abs(metrics.exactMatches - expected.exactMatches) < 1e-12)
    #expect(abs(metrics.averagePrecision - expected.averagePrecision) < 1e-12)
    #expect(abs(try #require(metrics.rocAUC) - expected.rocAuc) < 1e-12)
    #expect(abs(metrics.logLoss - expected.logLoss) < 1e-6)
    #expect(abs(metrics.brier - expected.brier) < 1e-6)
    #expect(abs(metrics.calibrationError - expected.calibrationError) < 1e-6)
    for (measures, expected) in zip(metrics.perTag, expected.perTag) {
      #expect(abs(try #require(measures.averagePrecision) - expected.averagePrecision) < 1e-12)
      #expect(abs(try #require(measures.rocAUC) - expected.rocAuc) < 1e-12)
      #expect(abs(measures.precision - expected.precision) < 1e-12)
      #expect(abs(measures.recall - expected.recall) < 1e-12)
    }
    // No row has the last tag.
    #expect(metrics.perTag[3].averagePrecision == nil && metrics.perTag[3].rocAUC == nil)
  }

  @Test func aTagThatTheHeadHasNeverSeenIsNeverAnswered() throws {
    let metrics = try TagMetrics(
      probabilities: Matrix(rows: 2, columns: 1, elements: [0.9, 0.1]), tags: ["known"],
      labels: TagLabels([["known", "unknown"], []]))
    #expect(metrics.tags == ["known", "unknown"])
    #expect(metrics.exactMatches == 0.5)
    #expect(metrics.perTag.map(\.recall) == [1, 0])
  }

  @Test func measuresOfNumbersAreScikitLearns() throws {
    let expected = try expected().numbers
    let metrics = try RegressionMetrics(
      outputs: Matrix(rows: expected.given.count, columns: 1, elements: expected.given),
      numbers: expected.truth)
    #expect(abs(metrics.r2 - expected.r2) < 1e-12)
    #expect(abs(metrics.meanAbsoluteError - expected.mae) < 1e-12)
    #expect(abs(metrics.rootMeanSquaredError - expected.rmse) < 1e-12)
    #expect(metrics.intervals["r2"].map { $0.low < metrics.r2 && metrics.r2 < $0.high } == true)
  }

  @Test func mcNemarsTestIsTheBinomialOne() throws {
    for test in try expected().mcnemar {
      let p = McNemar.pValue(onlyFirst: test.first, onlySecond: test.second)
      #expect(abs(p - test.p) <= 1e-9 * max(test.p, 1e-30) + 1e-12, "\(test)")
      #expect(p == McNemar.pValue(onlyFirst: test.second, onlySecond: test.first))
    }
    #expect(McNemar.pValue(onlyFirst: 0, onlySecond: 0) == 1)
  }

  @Test func samplesAreTheSameOnAnyNumberOfThreads() {
    let values = (0..<200).map { Double($0 % 7) }
    let intervals = [1, 2, 3].map {
      Bootstrap(seed: 9).interval(ofMean: values, threads: Threads($0))
    }
    #expect(intervals[0] == intervals[1] && intervals[0] == intervals[2])
    #expect(Bootstrap(seed: 8).interval(ofMean: values, threads: Threads(2)) != intervals[0])
  }
}
