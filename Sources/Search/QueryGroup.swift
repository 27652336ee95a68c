internal import LinearAlgebra

/// Queries whose scores stand beside one another: few enough that a block of them stays in cache.
struct QueryGroup: Sendable {
  /// The queries by their numbers.
  let queries: Range<Int>
  /// How far each query of length 1 lies from what is multiplied; 0 where that is floats.
  let rests: [Double]
  /// Of length 1, so that a product is the cosine times the vector's norm.
  private let units: Units

  private enum Units {
    case floats(PackedMatrix)
    case integers(QuantizedMatrix)
  }

  /// From so many queries on it pays to take the vectors in integers, which are multiplied twice as fast.
  private static let manyQueries = 16

  /// A group of queries of so many values.
  init(_ queries: ArraySlice<ScoredQuery>, columns: Int) {
    self.queries = queries.indices
    let units = queries.map { $0.unit.map { Float($0) } }
    guard queries.count >= Self.manyQueries else {
      let matrix = Matrix(rows: queries.count, columns: columns, elements: units.flatMap { $0 })
      self.units = .floats(PackedMatrix(matrix, transposed: true))
      rests = [Double](repeating: 0, count: queries.count)
      return
    }
    let integers = QuantizedMatrix(rows: columns, columns: queries.count) { column, values in
      for index in 0..<columns { values[index] = units[column][index] }
    }
    self.units = .integers(integers)
    rests = integers.roundings.map { Double($0) * Double(columns).squareRoot() }
  }

  /// The products of some rows of `vectors` with the queries [rows × queries], and what no value of a row that was multiplied is off by more
  /// than; nil where none is.
  func products(of vectors: Matrix<Float>, rows: Range<Int>) -> (Matrix<Float>, roundings: [Float]?) {
    var products = Matrix<Float>(rows: rows.count, columns: queries.count)
    switch units {
    case .floats(let units):
      units.multiply(vectors, rows: rows, into: &products, rows: 0..<rows.count)
      return (products, nil)
    case .integers(let units):
      var integers = QuantizedRows(rows: rows.count, columns: vectors.columns)
      integers.fill(from: vectors, rows: rows)
      units.multiply(
        integers, plus: [Float](repeating: 0, count: queries.count), into: &products, rows: 0..<rows.count)
      return (products, integers.roundings)
    }
  }
}
