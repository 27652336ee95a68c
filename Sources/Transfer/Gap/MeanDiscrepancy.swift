internal import Foundation
public import LinearAlgebra

/// How far two sets of rows are from being drawn alike: the unbiased squared maximum mean discrepancy under a Gaussian kernel, with the
/// p-value of a permutation test (Gretton and others 2012).
///
///     MMD² = Σ_{i≠j} k(xᵢ, xⱼ)/m(m−1) + Σ_{i≠j} k(yᵢ, yⱼ)/n(n−1) − 2·Σ k(xᵢ, yⱼ)/mn
public struct MeanDiscrepancy: Sendable, Hashable {
  /// MMD²; below zero by chance where the sets are alike.
  public let square: Double
  /// γ of the kernel exp(−γ‖x − y‖²).
  public let gamma: Double
  /// (1 + how many permutations are at least as far)/(1 + how many there were).
  public let pValue: Double

  /// Measures the rows of two matrices [m × d] and [n × d], of at least two rows each. O((m + n)²·(d + permutations)), and memory for
  /// (m + n)² numbers: the caller draws samples of large sets.
  ///
  /// - Parameters:
  ///   - source: The rows of one set.
  ///   - target: The rows of the other.
  ///   - gamma: Of the kernel; half of one over the median squared distance of all pairs where it is nil.
  ///   - permutations: How many permutations are tried.
  ///   - seed: What they are drawn from.
  ///   - threads: The workers.
  /// - Throws: ``TransferError`` when the rows differ in length, or a set has fewer than two.
  public init(
    _ source: Matrix<Float>, _ target: Matrix<Float>, gamma: Double? = nil, permutations: Int = 1000,
    seed: UInt64, threads: Threads
  ) throws(TransferError) {
    guard source.columns == target.columns else {
      throw .dimensions(source: source.columns, target: target.columns)
    }
    guard source.rows >= 2, target.rows >= 2 else { throw .tooFew(min(source.rows, target.rows), least: 2) }
    let distances = Self.squaredDistances(source, target, threads: threads)
    let (gamma, rows) = (gamma ?? Self.medianGamma(of: distances), distances.rows)
    self.gamma = gamma
    let values = threads.mapBlocks(of: rows, by: 64) { range in
      range.flatMap { row in
        // A row is no pair with itself.
        distances.row(row).enumerated().map { $0 == row ? 0 : exp(-gamma * $1) }
      }
    }
    let kernel = Matrix(rows: rows, columns: rows, elements: values.flatMap { $0 })
    let sides = Self.sides(source.rows, of: rows, permutations: permutations, seed: seed)
    let squares = Self.squares(of: sides, kernel: kernel, threads: threads)
    square = squares[0]
    pValue = Double(1 + squares.dropFirst().count { $0 >= squares[0] }) / Double(1 + permutations)
  }

  /// Which rows are of the first set, a column of ones and zeros each: as it is, and permuted [rows × (1 + permutations)].
  private static func sides(_ count: Int, of rows: Int, permutations: Int, seed: UInt64) -> Matrix<Double> {
    var sides = Matrix<Double>(rows: rows, columns: 1 + permutations)
    var (random, order) = (SplitMix64(state: seed), Array(0..<rows))
    for column in 0...permutations {
      for row in order.prefix(count) { sides[row, column] = 1 }
      order.shuffle(using: &random)
    }
    return sides
  }

  /// MMD² of each column of sides s: with q = sᵀKs, u = sᵀK1 and T = 1ᵀK1 the sums over the pairs within and between the sets are q,
  /// T − 2u + q and u − q.
  private static func squares(of sides: Matrix<Double>, kernel: Matrix<Double>, threads: Threads) -> [Double]
  {
    let (packed, blockRows) = (PackedDoubles(sides), 64)
    let rowSums = (0..<kernel.rows).map { kernel.row($0).reduce(0, +) }
    let partials = threads.fold(
      blocks: (kernel.rows + blockRows - 1) / blockRows,
      into: { [Double](repeating: 0, count: sides.columns) }
    ) { sums, block in
      let rows = block * blockRows..<min(kernel.rows, (block + 1) * blockRows)
      let products = packed.product(kernel.rows(at: rows))
      for row in rows {
        for column in sums.indices {
          sums[column] += sides[row, column] * products[row - rows.lowerBound, column]
        }
      }
    }
    let all = rowSums.reduce(0, +)
    return (0..<sides.columns).map { column in
      let within = partials.reduce(0) { $0 + $1[column] }
      var (first, touching) = (0.0, 0.0)
      for row in 0..<sides.rows {
        first += sides[row, column]
        touching += sides[row, column] * rowSums[row]
      }
      let second = Double(sides.rows) - first
      return within / (first * (first - 1)) + (all - 2 * touching + within) / (second * (second - 1))
        - 2 * (touching - within) / (first * second)
    }
  }

  /// ‖x − y‖² of each two rows of both sets [(m + n) × (m + n)].
  private static func squaredDistances(
    _ source: Matrix<Float>, _ target: Matrix<Float>, threads: Threads
  ) -> Matrix<Double> {
    let rows = Matrix(
      rows: source.rows + target.rows, columns: source.columns,
      elements: (source.elements + target.elements).map { Double($0) })
    let squares = rows.rowProducts(with: rows)
    let (packed, blockRows) = (PackedDoubles(rows, transposed: true), 64)
    let blocks = threads.mapBlocks(of: rows.rows, by: blockRows) { range in
      var products = packed.product(rows.rows(at: range))
      for row in range {
        for column in 0..<products.columns {
          let product = products[row - range.lowerBound, column]
          products[row - range.lowerBound, column] = max(0, squares[row] + squares[column] - 2 * product)
        }
      }
      return products.elements
    }
    return Matrix(rows: rows.rows, columns: rows.rows, elements: blocks.flatMap { $0 })
  }

  /// Half of one over the median of the squared distances between different rows; 1 where all are the same.
  private static func medianGamma(of distances: Matrix<Double>) -> Double {
    let pairs = (1..<distances.rows).flatMap { Array(distances.row($0).prefix($0)) }.sorted()
    let median = pairs[pairs.count / 2]
    return median > 0 ? 1 / (2 * median) : 1
  }
}
