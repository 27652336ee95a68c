internal import Foundation
public import LinearAlgebra

/// A product quantiser (Jégou, Douze and Schmid 2011): vectors of length 1 in a rotation to their principal axes (Ge, He, Ke and Sun 2013),
/// cut into parts, each of which is the nearest of sixteen centroids of its own.
///
/// A sixth of a byte a value is enough to tell which few hundred of a hundred thousand vectors may be the nearest.
public struct ProductQuantizer: Sendable {
  /// How long the vectors are.
  public let dimension: Int
  /// The axes of all parts, part after part, one a row [axes × d].
  let axes: Matrix<Float>
  let centroids: [Centroids]
  /// Turns queries into their coordinates.
  private let rotation: PackedMatrix
  /// The coordinates of all sixteen centroids on each axis [axes].
  private let coordinates: [SIMD16<Float>]

  /// How many parts there are: an even number.
  public var parts: Int { centroids.count }

  /// How many vectors are enough to learn from.
  private static let sampleSize = 8192
  private static let rounds = 12
  private static let valuesInAPart = 3
  private static let blockRows = 512

  /// The rows that a quantiser learns from among so many: all, or enough that lie evenly among them.
  public static func sample(of rows: Int) -> [Int] { (0..<rows).spread(sampleSize) }

  /// Learns from the rows of `sample` [N × d]; those of zeros say nothing. The same bits on any number of threads. O(N·d² + d³).
  ///
  /// - Throws: ``SearchError/notFinite(query:)`` for a row that holds what is no finite number.
  public init(learningFrom sample: Matrix<Float>, threads: Threads) throws(SearchError) {
    if let row = (0..<sample.rows).first(where: { !sample.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(query: row)
    }
    let units = sample.unitRows(threads: threads)
    let scatter = units.scatter(around: units.columnMeans(threads: threads), threads: threads)
    let dimension = sample.columns
    let pairs = (dimension + 2 * Self.valuesInAPart - 1) / (2 * Self.valuesInAPart)
    let parts = min(PackedCodes.mostParts, 2 * max(1, pairs))
    // Of finite values LAPACK finds a solution; should it not, the axes that there are will do.
    let eigen = SymmetricEigen(scatter)
    let variances = eigen.map { Array($0.values.reversed()) } ?? Array(repeating: 1, count: dimension)
    let widths = PartPlan(parts: parts, variances: variances).widths
    var ends = 0
    let ranges = widths.map { width in
      ends += width
      return ends - width..<ends
    }
    // Two parts share a byte in a sum: a wide one goes with a narrow one.
    let paired = (0..<parts / 2).flatMap { [ranges[$0], ranges[parts - 1 - $0]] }
    let order = paired.flatMap { $0 }
    let chosen =
      eigen.map { eigen in
        Matrix(
          rows: order.count, columns: dimension,
          elements: order.flatMap { eigen.vectors.row(dimension - 1 - $0).map { Float($0) } })
      }
      ?? Matrix(
        rows: order.count, columns: dimension,
        elements: order.flatMap { axis in (0..<dimension).map { $0 == axis ? 1 : 0 } })
    let coordinates = PackedMatrix(units, transposed: true).product(chosen, threads: threads)
    var first = 0
    let starts = paired.map { range in
      first += range.count
      return first - range.count
    }
    self.init(
      axes: chosen,
      centroids: threads.map(parts) { part in
        Centroids(of: coordinates, from: starts[part], width: paired[part].count, rounds: Self.rounds)
      })
  }

  init(axes: Matrix<Float>, centroids: [Centroids]) {
    (dimension, self.axes, self.centroids) = (axes.columns, axes, centroids)
    rotation = PackedMatrix(axes, transposed: true)
    coordinates = centroids.flatMap { centroids in
      (0..<centroids.points.columns).map { axis in
        SIMD16((0..<Centroids.count).map { centroids.points[$0, axis] })
      }
    }
  }

  /// The codes of some rows of `vectors` [· × d], each as if its length were 1. O(d) a row and axis.
  public func codes(of rows: Range<Int>, of vectors: Matrix<Float>) -> PackedCodes {
    precondition(vectors.columns == dimension, "the vectors are as long as those that were learned from")
    var codes = [[UInt8]](repeating: [], count: parts)
    for part in codes.indices { codes[part].reserveCapacity(rows.count) }
    for start in stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows) {
      let block = start..<min(rows.upperBound, start + Self.blockRows)
      var units: [Float] = []
      units.reserveCapacity(block.count * dimension)
      for row in block {
        let inverse = vectors.row(row).inverseNorm
        units += vectors.row(row).map { Float(Double($0) * inverse) }
      }
      let packed = PackedMatrix(
        Matrix(rows: block.count, columns: dimension, elements: units), transposed: true)
      var coordinates = Matrix<Float>(rows: axes.rows, columns: block.count)
      packed.multiply(axes, rows: 0..<axes.rows, into: &coordinates, rows: 0..<axes.rows)
      var first = 0
      for (part, centroids) in centroids.enumerated() {
        codes[part] += centroids.nearest(to: coordinates, from: first)
        first += centroids.points.columns
      }
    }
    return PackedCodes(codes, count: rows.count)
  }

  /// What each code is worth to each of `queries` [Q × d]: how much of the cosine it makes, up to a shift. O(Q·d) an axis.
  func tables(for queries: Matrix<Float>) -> [CodeTable] {
    let units = (0..<queries.rows).flatMap { query in
      let inverse = queries.row(query).inverseNorm
      return queries.row(query).map { Float(Double($0) * inverse) }
    }
    let rotated = rotation.product(
      Matrix(rows: queries.rows, columns: dimension, elements: units), threads: Threads(1))
    return (0..<queries.rows).map { query in
      let query = rotated.row(query)
      var worths: [Float] = []
      worths.reserveCapacity(parts * Centroids.count)
      var axis = 0
      for centroids in centroids {
        var worth = SIMD16<Float>.zero
        for _ in 0..<centroids.points.columns {
          worth += query[query.startIndex + axis] * coordinates[axis]
          axis += 1
        }
        for code in 0..<Centroids.count { worths.append(worth[code]) }
      }
      return CodeTable(worths)
    }
  }
}
