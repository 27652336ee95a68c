import LinearAlgebra
import Testing

/// What LAPACK's factorisations promise: that their factors make the matrix again.
struct FactorisationTests {
  private func symmetric(_ size: Int, seed: UInt64) -> Matrix<Double> {
    var random = RandomNumbers(seed: seed)
    let factor = random.matrix(size + 3, size)
    let doubles = factor.converted(to: Double.self)
    return doubles.times(doubles, transposingSelf: true)
  }

  private func largestDifference(_ a: Matrix<Double>, _ b: Matrix<Double>) -> Double {
    zip(a.elements, b.elements).map { abs($0 - $1) }.max() ?? 0
  }

  @Test func `The float product agrees with the one in double precision`() {
    var random = RandomNumbers(seed: 12)
    let (a, b) = (random.matrix(37, 130), random.matrix(130, 21))
    var product = Matrix<Float>(rows: 37, columns: 21)
    PackedMatrix(b).multiply(a, rows: 0..<37, into: &product, rows: 0..<37)
    let exact = a.converted(to: Double.self).times(b.converted())
    #expect(largestDifference(product.converted(), exact) <= 1e-5)
    var again = Matrix<Float>(rows: 37, columns: 21)
    PackedMatrix(b.transposed(), transposed: true).multiply(a, rows: 0..<37, into: &again, rows: 0..<37)
    #expect(again == product)
    PackedMatrix(rows: 130, columns: 21) { column, values in
      for row in values.indices { values[row] = b[row, column] }
    }.multiply(a, rows: 0..<37, into: &again, rows: 0..<37)
    #expect(again == product)

    var transposed = Matrix<Float>(rows: 130, columns: 21)
    PackedMatrix(product).addProduct(transposing: a, rows: 0..<37, to: &transposed)
    let exactTransposed = a.converted(to: Double.self).times(product.converted(), transposingSelf: true)
    #expect(largestDifference(transposed.converted(), exactTransposed) <= 1e-3)
  }

  @Test(arguments: [1, 2, 9, 64])
  func `Eigenvectors and eigenvalues make the matrix again`(size: Int) throws {
    let matrix = symmetric(size, seed: UInt64(size))
    let eigen = try #require(SymmetricEigen(matrix))
    #expect(eigen.values == eigen.values.sorted())
    var scaled = eigen.vectors
    for row in 0..<size {
      for column in 0..<size { scaled[row, column] *= eigen.values[row] }
    }
    #expect(largestDifference(eigen.vectors.times(scaled, transposingSelf: true), matrix) <= 1e-10)
    let identity = eigen.vectors.times(eigen.vectors, transposingOther: true)
    for row in 0..<size {
      for column in 0..<size { #expect(abs(identity[row, column] - (row == column ? 1 : 0)) <= 1e-12) }
    }
  }

  @Test(arguments: [1, 2, 9, 64])
  func `A Cholesky factorisation solves its system`(size: Int) throws {
    let matrix = symmetric(size, seed: 100 + UInt64(size))
    var random = RandomNumbers(seed: 5)
    let right = random.matrix(4, size).converted(to: Double.self)
    let solution = try #require(Cholesky(matrix)).solve(rowsOf: right)
    #expect(largestDifference(solution.times(matrix), right) <= 1e-9)
  }

  @Test func `What has no factorisation is refused`() {
    #expect(Cholesky(Matrix(rows: 2, columns: 2, elements: [1, 2, 2, 1])) == nil)
    #expect(SymmetricEigen(Matrix(rows: 2, columns: 2, elements: [1, .nan, .nan, 1])) == nil)
  }
}
