internal import COpenBLAS

/// The eigendecomposition A = V·diag(λ)·Vᵀ of a symmetric matrix (LAPACK `dsyevd`).
public struct SymmetricEigen: Sendable {
  /// The eigenvalues, ascending.
  public let values: [Double]
  /// The eigenvectors, one a *row*, in the order of their values: V transposed.
  public let vectors: Matrix<Double>

  /// Decomposes a symmetric n×n matrix, of which one triangle is read; nil when LAPACK finds no solution (the matrix
  /// holds NaN or infinity). O(n³).
  public init?(_ matrix: Matrix<Double>) {
    precondition(matrix.rows == matrix.columns, "a symmetric matrix is square")
    _ = Threads.blasRunsOneThread
    guard matrix.rows > 0 else {
      (values, vectors) = ([], matrix)
      return
    }
    guard matrix.elements.allSatisfy(\.isFinite) else { return nil }
    var n = Int32(matrix.rows)
    var vectors = matrix.elements
    var values = [Double](repeating: 0, count: matrix.rows)
    var info: Int32 = 0
    // A first call asks how much workspace the second one needs.
    var workSize = 0.0
    var integerWorkSize: Int32 = 0
    var query: Int32 = -1
    dsyevd_("V", "L", &n, &vectors, &n, &values, &workSize, &query, &integerWorkSize, &query, &info)
    guard info == 0 else { return nil }
    var workCount = Int32(workSize)
    var work = [Double](repeating: 0, count: Int(workCount))
    var integerWork = [Int32](repeating: 0, count: Int(integerWorkSize))
    dsyevd_(
      "V", "L", &n, &vectors, &n, &values, &work, &workCount, &integerWork, &integerWorkSize, &info)
    guard info == 0 else { return nil }
    self.values = values
    // LAPACK is column-major: its columns, the vectors, are our rows.
    self.vectors = Matrix(rows: matrix.rows, columns: matrix.rows, elements: vectors)
  }
}
