import LinearAlgebra
import Testing

struct MatrixTests {
  @Test func `Elements stand in row-major order`() {
    var matrix = Matrix<Float>(rows: 2, columns: 3, elements: [1, 2, 3, 4, 5, 6])
    #expect(matrix[1, 0] == 4)
    #expect(Array(matrix.row(1)) == [4, 5, 6])
    #expect(matrix.transposed() == Matrix(rows: 3, columns: 2, elements: [1, 4, 2, 5, 3, 6]))
    #expect(matrix.rows(at: [1, 0, 1]).elements == [4, 5, 6, 1, 2, 3, 4, 5, 6])
    matrix.fillRow(0) { row in for column in row.indices { row[column] = 7 + Float(column) } }
    matrix.add([1, 0, -1])
    #expect(matrix.elements == [8, 8, 8, 5, 5, 5])
  }
}

struct ThreadsTests {
  @Test(arguments: [1, 2, 3, 8])
  func `Every index is visited once and results keep their order`(count: Int) {
    let threads = Threads(count)
    #expect(threads.map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(threads.map(0) { $0 } == [])
  }

  @Test func `A fold adds up in one order on any number of threads`() {
    func fold(_ threads: Int) -> [[Int]] {
      Threads(threads).fold(blocks: 21, lanes: 4, into: { [Int]() }) { $0.append($1) }
    }
    #expect(
      fold(1) == [[0, 4, 8, 12, 16, 20], [1, 5, 9, 13, 17], [2, 6, 10, 14, 18], [3, 7, 11, 15, 19]])
    #expect(fold(3) == fold(1))
  }

  @Test(arguments: [1, 3, 4, 7, 384], [1, 2])
  func workersFillOneTogether(columns: Int, workers: Int) {
    let (matrix, results) = Matrix<Float>.filled(
      rows: 100, columns: columns, parts: 10, on: Threads(workers), with: { 0 }
    ) { done, part, writer in
      for row in part * 10..<(part + 1) * 10 {
        let values = (0..<columns).map { Float(row * columns + $0) }
        values.withUnsafeBytes { writer.write($0.bytes, row: row) }
        done += 1
      }
      return done
    }
    #expect(matrix == Matrix(rows: 100, columns: columns, elements: (0..<100 * columns).map(Float.init)))
    #expect(results.allSatisfy { $0.isMultiple(of: 10) } && results.max().map { $0 >= 100 / workers } == true)
  }
}
