import LinearAlgebra
import Testing

@testable import Heads

/// Against cleanlab and NumPy: tools/golden/label_care.py.
struct LabelCareGoldenTests {
  private struct Figures: Decodable {
    struct Tags: Decodable {
      let truth: [[Int]]
      let probabilities: [[Float]]
      let scores: [[Double]]
    }

    struct Draw: Decodable {
      let features: [[Float]]
      let weights: [Double]
      let seed: UInt64
      let drawn: [Int]
    }

    let tags: Tags
    let draw: Draw
  }

  private let golden: Figures

  init() throws { golden = try Golden.decoded("label_care.json") }

  @Test func `The quality of tags is cleanlab's`() throws {
    let golden = golden.tags
    let labels = TagLabels(golden.truth.map { row in row.indices.filter { row[$0] == 1 }.map(String.init) })
    let probabilities = Matrix(
      rows: golden.truth.count, columns: 4, elements: golden.probabilities.flatMap { $0 })
    let quality = TagQuality(of: probabilities, labels: labels)
    for (row, scores) in golden.scores.enumerated() {
      for (tag, expected) in scores.enumerated() {
        let score = quality.score(
          of: probabilities[row, tag], tag: tag, isThere: golden.truth[row][tag] == 1)
        #expect(abs(score - expected) < 1e-6)
      }
    }
  }

  @Test(arguments: [1, 2])
  func `Draws are NumPy's`(threads: Int) {
    let golden = golden.draw
    let features = Matrix(
      rows: golden.features.count, columns: 6, elements: golden.features.flatMap { $0 })
    let drawn = DiverseDraw.rows(
      golden.drawn.count, of: features, weights: golden.weights, seed: golden.seed, threads: Threads(threads))
    #expect(drawn == golden.drawn)
    let all = DiverseDraw.rows(
      100, of: features, weights: golden.weights, seed: golden.seed, threads: Threads(threads))
    #expect(Array(all.prefix(drawn.count)) == drawn && all.sorted() == Array(0..<features.rows))
    // Rows 3 and 40 to 49 are one row at several lengths.
    let copies = all.enumerated().filter { $0.element == 3 || 40..<50 ~= $0.element }.map(\.offset)
    #expect(copies.dropFirst().allSatisfy { $0 >= 50 })
  }

  @Test func `Uncertainty is the lack of a margin, or the tags expected to be wrong`() {
    let outputs = Matrix<Float>(rows: 2, columns: 3, elements: [0.5, 0.25, 0.25, 0.125, 0, 0.875])
    #expect(Uncertainty.of(outputs, answers: .oneOf(["a", "b", "c"])) == [0.75, 0.25])
    #expect(Uncertainty.of(outputs, answers: .anyOf(["a", "b", "c"])) == [1, 0.25])
    #expect(Uncertainty.of(Matrix(rows: 2, columns: 1), answers: .number) == [1, 1])
  }
}
