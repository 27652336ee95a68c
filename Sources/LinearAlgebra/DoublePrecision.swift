/// Products in double precision, for the statistics and solves that heads are made of.
extension Matrix<Double> {
  /// self · other, or with either factor transposed first. Shapes: [m×k]·[k×n] = [m×n].
  public func times(
    _ other: Matrix<Double>, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Matrix<Double> {
    let packed = PackedDoubles(other, transposed: transposingOther)
    return transposingSelf ? packed.product(transposing: self) : packed.product(self)
  }

  /// Each row times the same row of a matrix of the same shape [rows].
  public func rowProducts(with other: Matrix<Double>) -> [Double] {
    precondition(rows == other.rows && columns == other.columns, "both matrices have one shape")
    return (0..<rows).map { row in
      zip(self.row(row), other.row(row)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }
}
