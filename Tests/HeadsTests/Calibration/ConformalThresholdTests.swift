import Foundation
import LinearAlgebra
import Testing

@testable import Heads

/// Sets and intervals against MAPIE's.
@Suite struct ConformalThresholdTests {
  private struct Expected: Decodable {
    struct Coverage: Decodable {
      let coverage, halfWidth: Double
      let sets: [[Int]]
    }

    let known: Int
    let truth: [Int]
    let probabilities: [[Float]]
    let numbers: [Double]
    let given: [Float]
    let coverages: [Coverage]
  }

  private let expected: Expected
  private let names = ["0", "1", "2", "3"]

  init() throws { expected = try Golden.decoded("conformal.json") }

  @Test func setsAreMAPIEs() throws {
    let known = expected.probabilities.prefix(expected.known)
    let labels = ClassLabels(expected.truth.prefix(expected.known).map(String.init))
    for case_ in expected.coverages {
      let threshold = try ConformalThreshold(
        coverage: case_.coverage,
        outputs: Matrix(rows: known.count, columns: 4, elements: known.flatMap { $0 }), of: .oneOf(names),
        targets: .classes(labels))
      let sets = expected.probabilities.dropFirst(expected.known).map { threshold.set(of: $0[...]).sorted() }
      #expect(sets == case_.sets, "\(case_.coverage)")
    }
  }

  @Test func intervalsAreMAPIEs() throws {
    let given = Array(expected.given.prefix(expected.known))
    for case_ in expected.coverages {
      let threshold = try ConformalThreshold(
        coverage: case_.coverage, outputs: Matrix(rows: given.count, columns: 1, elements: given),
        of: .number, targets: .numbers(Array(expected.numbers.prefix(expected.known))))
      let interval = try #require(threshold.interval(around: 5))
      #expect(abs((interval.high - interval.low) / 2 - case_.halfWidth) < 1e-6, "\(case_.coverage)")
    }
  }

  @Test func tooFewRowsForACoverageGiveAllClassesAndNoEnds() throws {
    let classes = try ConformalThreshold(
      coverage: 0.9, outputs: Matrix(rows: 2, columns: 2, elements: [0.9, 0.1, 0.2, 0.8]),
      of: .oneOf(["a", "b"]), targets: .classes(ClassLabels(["a", "b"])))
    #expect(classes.set(of: [0.3, 0.7]) == [1, 0])
    let numbers = try ConformalThreshold(
      coverage: 0.9, outputs: Matrix(rows: 2, columns: 1, elements: [1, 2]), of: .number,
      targets: .numbers([1, 2]))
    #expect(numbers.interval(around: 1) == nil)
  }

  /// What it promises: on new rows of the same kind the set holds the right class as often as was asked.
  @Test(arguments: [0.8, 0.9])
  func theCoverageIsKept(coverage: Double) throws {
    var random = SeededGenerator(seed: 91)
    func rows(_ count: Int) -> (outputs: Matrix<Float>, labels: [String]) {
      var elements: [Float] = []
      let labels = (0..<count).map { _ in Int.random(in: 0..<4, using: &random) }
      for label in labels {
        let scores = (0..<4).map { exp(Double.random(in: -1...1, using: &random) + ($0 == label ? 1 : 0)) }
        elements += scores.map { Float($0 / scores.reduce(0, +)) }
      }
      return (Matrix(rows: count, columns: 4, elements: elements), labels.map(String.init))
    }
    var held = 0
    for _ in 0..<40 {
      let (known, new) = (rows(200), rows(200))
      let threshold = try ConformalThreshold(
        coverage: coverage, outputs: known.outputs, of: .oneOf(names),
        targets: .classes(ClassLabels(known.labels)))
      held += (0..<200).count { row in
        threshold.set(of: new.outputs.row(row)).contains { names[$0] == new.labels[row] }
      }
    }
    // 8,000 rows, and thresholds that vary from draw to draw.
    #expect(abs(Double(held) / 8000 - coverage) < 0.015)
  }

  @Test(arguments: [0, 1, -0.5, .nan] as [Double])
  func aCoverageThatIsNoneIsRefused(coverage: Double) {
    #expect(throws: HeadError.self) {
      try ConformalThreshold(
        coverage: coverage, outputs: Matrix(rows: 1, columns: 1), of: .number, targets: .numbers([0]))
    }
  }

  @Test func tagsHaveNoCoverage() {
    #expect(throws: HeadError.self) {
      try ConformalThreshold(
        coverage: 0.9, outputs: Matrix(rows: 1, columns: 1), of: .anyOf(["a"]),
        targets: .tags(TagLabels([["a"]])))
    }
  }
}
