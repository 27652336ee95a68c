import Foundation
import LinearAlgebra
import Testing

@testable import Transfer

@Suite struct MapTests {
  private struct Golden: Decodable {
    struct Aligned: Decodable {
      let coral, moments, subspace: [[Double]]
    }
    struct Stitched: Decodable {
      let space, procrustes, ridge: [[Double]]
      let explained, cosine: Double
      let left_out: [Double]
    }
    let penalty: Double
    let penalties: [Double]
    let axes: Int
    let aligned: Aligned
    let stitched: [String: Stitched]

    static func decoded() throws -> Golden {
      try JSONDecoder().decode(Golden.self, from: GoldenMeasures.bytes("maps.json"))
    }
  }

  /// Rows in single precision, as they are mapped.
  private func expect(
    _ rows: Matrix<Float>, toBe expected: [[Double]], sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(rows.rows == expected.count, sourceLocation: sourceLocation)
    for (value, other) in zip(rows.elements, expected.joined()) {
      #expect(isClose(Double(value), other), sourceLocation: sourceLocation)
    }
  }

  @Test func theSourceIsBroughtToTheTarget() throws {
    let (golden, problem) = (try Golden.decoded(), try GoldenProblem("tall"))
    let source = problem.source.rows(at: 0..<30)
    let moments = (
      FeatureMoments(source, threads: Threads(2)), FeatureMoments(problem.target, threads: Threads(2))
    )
    let ways: [(Alignment, [[Double]])] = [
      (.coral(penalty: golden.penalty), golden.aligned.coral), (.moments, golden.aligned.moments),
      (.subspace(axes: golden.axes), golden.aligned.subspace),
    ]
    for (way, expected) in ways {
      expect(try way.map(from: moments.0, to: moments.1)(source, threads: Threads(2)), toBe: expected)
    }
  }

  @Test(arguments: ["same", "fewer"])
  func oneSpaceIsMappedToAnother(name: String) throws {
    let golden = try Golden.decoded()
    let expected = try #require(golden.stitched[name])
    let source = try GoldenProblem("tall").source.rows(at: 0..<30)
    let space = Matrix(
      rows: 30, columns: expected.space[0].count, elements: expected.space.joined().map { Float($0) })
    for (way, rows) in [
      (Stitching.procrustes, expected.procrustes), (.ridge(penalty: golden.penalty), expected.ridge),
    ] {
      expect(
        try way.map(from: source, to: space, threads: Threads(2))(source, threads: Threads(2)), toBe: rows)
    }
  }

  @Test(arguments: ["same", "fewer"])
  func stitchesAreMeasured(name: String) throws {
    let golden = try Golden.decoded()
    let (expected, threads) = (try #require(golden.stitched[name]), Threads(2))
    let source = try GoldenProblem("tall").source.rows(at: 0..<30)
    let space = Matrix(
      rows: 30, columns: expected.space[0].count, elements: expected.space.joined().map { Float($0) })
    let mapped = try Stitching.ridge(penalty: golden.penalty).map(from: source, to: space, threads: threads)(
      source, threads: threads)
    let fidelity = StitchFidelity(of: mapped, to: space, around: space.columnMeans(threads: threads))
    #expect(abs(try #require(fidelity.explained) - expected.explained) < 1e-6)
    #expect(abs(fidelity.cosine - expected.cosine) < 1e-6)

    let centre = source.columnMeans(threads: threads)
    let system = source.scatter(around: centre, threads: threads)
    let usual = try Stitching.usualPenalty(from: source, to: space, threads: threads)
    let errors = Stitching.leaveOneOutErrors(
      golden.penalties + [usual], try #require(SymmetricEigen(system)), source, minus: centre, to: space,
      threads: threads)
    for (error, other) in zip(errors, expected.left_out) { #expect(isClose(error, other)) }
    #expect(expected.left_out.allSatisfy { errors[3] < 1.05 * $0 })
  }

  @Test func whatDoesNotFitIsRefused() throws {
    let (small, large) = (Matrix<Float>(rows: 3, columns: 2), Matrix<Float>(rows: 3, columns: 4))
    let moments = (FeatureMoments(small, threads: Threads(1)), FeatureMoments(large, threads: Threads(1)))
    #expect(throws: TransferError.dimensions(source: 2, target: 4)) {
      try Alignment.moments.map(from: moments.0, to: moments.1)
    }
    #expect(throws: TransferError.self) {
      try Alignment.subspace(axes: 3).map(from: moments.0, to: moments.0)
    }
    #expect(throws: TransferError.self) {
      try Alignment.coral(penalty: .nan).map(from: moments.0, to: moments.0)
    }
    #expect(throws: TransferError.self) {
      try Stitching.ridge(penalty: 0).map(from: small, to: large, threads: Threads(1))
    }
    #expect(throws: TransferError.self) {
      try Stitching.usualPenalty(from: small, to: large, threads: Threads(1))
    }
  }
}
