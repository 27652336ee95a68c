internal import COpenBLAS

/// The factorisation A = L·Lᵀ of a symmetric positive definite matrix (LAPACK `dpotrf`), kept to solve with.
public struct Cholesky: Sendable {
  private let factor: Matrix<Double>

  /// Factors an n×n matrix; nil when it is not positive definite. O(n³).
  public init?(_ matrix: Matrix<Double>) {
    precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
    _ = Threads.blasRunsOneThread
    var n = Int32(matrix.rows)
    var elements = matrix.elements
    var info: Int32 = 0
    dpotrf_("L", &n, &elements, &n, &info)
    guard info == 0 else { return nil }
    factor = Matrix(rows: matrix.rows, columns: matrix.rows, elements: elements)
  }

  /// The X of A·Xᵀ = Bᵀ for `right` B [m×n]: each *row* of the result solves for one row of B. O(m·n²).
  public func solve(rowsOf right: Matrix<Double>) -> Matrix<Double> {
    precondition(right.columns == factor.rows, "a right-hand side is as long as the matrix")
    var n = Int32(factor.rows)
    var count = Int32(right.rows)
    var solution = right.elements
    var info: Int32 = 0
    // Rows of ours are columns of LAPACK's.
    dpotrs_("L", &n, &count, factor.elements, &n, &solution, &n, &info)
    return Matrix(rows: right.rows, columns: right.columns, elements: solution)
  }

  /// The x of A·x = b for one right-hand side b [n]. O(n²).
  public func solve(_ right: [Double]) -> [Double] {
    precondition(right.count == factor.rows, "a right-hand side is as long as the matrix")
    let n = Int32(factor.rows)
    var solution = right
    for transposed in [CblasNoTrans, CblasTrans] {
      cblas_dtrsv(
        CblasColMajor, CblasLower, transposed, CblasNonUnit, n, factor.elements, n, &solution, 1)
    }
    return solution
  }
}
