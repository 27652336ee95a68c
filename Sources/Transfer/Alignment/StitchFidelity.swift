public import LinearAlgebra

/// How near features that were mapped into a space come to those that they stand for.
public struct StitchFidelity: Sendable {
  /// ‖y − ŷ‖² of each row.
  public let errors: [Double]
  /// ‖y − centre‖² of each row: what one would be wrong by who knows no more than the mean.
  public let spreads: [Double]
  /// The mean cosine between y and ŷ; of a vector without length it is 0.
  public let cosine: Double

  /// Of mapped rows and the true ones [N × d], around the mean of the true rows that the map was learnt from. O(N·d).
  public init(of mapped: Matrix<Float>, to truth: Matrix<Float>, around centre: [Double]) {
    precondition(mapped.rows == truth.rows && mapped.columns == truth.columns, "each row has its true one")
    precondition(centre.count == truth.columns, "one mean a column")
    let rows = 0..<truth.rows
    func sum(_ one: ArraySlice<Float>, _ other: ArraySlice<Float>) -> Double {
      zip(one, other).reduce(0) { $0 + Double($1.0) * Double($1.1) }
    }
    errors = rows.map { row in
      zip(truth.row(row), mapped.row(row)).reduce(0) { sum, pair in
        let difference = Double(pair.0) - Double(pair.1)
        return sum + difference * difference
      }
    }
    spreads = rows.map { row in
      zip(truth.row(row), centre).reduce(0) { sum, pair in
        let difference = Double(pair.0) - pair.1
        return sum + difference * difference
      }
    }
    let cosines = rows.map { row in
      let (one, other) = (truth.row(row), mapped.row(row))
      let lengths = (sum(one, one) * sum(other, other)).squareRoot()
      return lengths > 0 ? sum(one, other) / lengths : 0
    }
    cosine = cosines.reduce(0, +) / Double(max(1, truth.rows))
  }

  /// The share of the variance that is explained, 1 − Σ errors / Σ spreads: below zero where the mean would be nearer; nil where there is
  /// nothing to explain.
  public var explained: Double? {
    let spread = spreads.reduce(0, +)
    return spread > 0 ? 1 - errors.reduce(0, +) / spread : nil
  }
}
