import Foundation
import LinearAlgebra

/// What the original software measures of two sets of rows: tools/golden/transfer.py.
struct GoldenMeasures: Decodable {
  struct HScores: Decodable {
    let plain, shrinkage, shrunk: Double
  }
  struct Agreement: Decodable {
    let probabilities: [[Float]]
    let leep, nce: Double
  }
  struct Gap: Decodable {
    let coral, frechet: Double
  }
  struct Shift: Decodable {
    let answers, unlabelled: [Int32]
    let weights, shares: [Double]
    let condition, accuracy: Double
  }
  struct Reweighted: Decodable {
    let coefficients: [Float]
    let intercept: Float
    let weights: [Double]
    let effectiveRows: Double
    let probabilities: [[Float]]
    let learnt, shares: [Double]
  }
  struct Problem: Decodable {
    let rows, targetRows, width, classes: Int
    let labels: [Int32]
    let logEvidence, gamma, mmd: Double
    let hScore: HScores
    let agreement: Agreement
    let covarianceGap: Gap
    let labelShift: Shift
    let reweighted: Reweighted
  }

  let problems: [String: Problem]

  static let names = ["tall", "wide"]

  static func bytes(_ name: String) throws -> Data {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
    return try Data(contentsOf: folder.appending(path: name))
  }
}

/// One of the problems, with its rows.
struct GoldenProblem {
  let expected: GoldenMeasures.Problem
  let source, target: Matrix<Float>

  init(_ name: String) throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    let all = try decoder.decode(GoldenMeasures.self, from: GoldenMeasures.bytes("measures.json"))
    guard let expected = all.problems[name] else { throw CocoaError(.fileReadCorruptFile) }
    self.expected = expected
    source = try Self.matrix("\(name)-source.f32", rows: expected.rows, columns: expected.width)
    target = try Self.matrix("\(name)-target.f32", rows: expected.targetRows, columns: expected.width)
  }

  private static func matrix(_ name: String, rows: Int, columns: Int) throws -> Matrix<Float> {
    let values = try GoldenMeasures.bytes(name).withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
      }
    }
    return Matrix(rows: rows, columns: columns, elements: values)
  }
}

/// Whether a value is the expected one, but for rounding.
func isClose(_ value: Double, _ expected: Double, within tolerance: Double = 1e-6) -> Bool {
  abs(value - expected) <= tolerance * max(1, abs(expected))
}
