public import LinearAlgebra

/// Ways to learn a map between the spaces of two backbones from the vectors that both made of the same texts.
public enum Stitching: Sendable, Hashable {
  /// The rotation around the means that brings the rows nearest (orthogonal Procrustes, Schönemann 1966): distances stay. Where the spaces differ
  /// in dimension, as near to one as can be.
  case procrustes
  /// Ridge regression of one space on the other, with free intercepts: (XcᵀXc + λI)⁻¹·Xcᵀ·Yc.
  case ridge(penalty: Double)

  /// The map from the rows of one space [N × d] to the same rows of another [N × d′]. O(N·d·d′ + d³).
  ///
  /// - Throws: ``TransferError`` when there are too few rows or the penalty is not positive.
  public func map(
    from source: Matrix<Float>, to target: Matrix<Float>, threads: Threads
  ) throws(TransferError) -> FeatureMap {
    precondition(source.rows == target.rows, "both spaces have the same rows")
    guard source.rows >= 2 else { throw .tooFew(source.rows, least: 2) }
    let (centre, shift) = (source.columnMeans(threads: threads), target.columnMeans(threads: threads))
    switch self {
    case .procrustes:
      let products = Self.products(source, minus: centre, target, minus: shift, threads: threads)
      return FeatureMap(centre: centre, matrix: products.orthogonalFactor, shift: shift)
    case .ridge(let penalty):
      guard penalty > 0, penalty.isFinite else {
        throw .setting("the penalty of a stitch", problem: "is \(penalty); it must be greater than 0")
      }
      var system = source.scatter(around: centre, threads: threads)
      for index in 0..<system.rows { system[index, index] += penalty }
      let products = Self.products(source, minus: centre, target, minus: shift, threads: threads)
      guard let factor = Cholesky(system) else { throw .undetermined(condition: .infinity) }
      return FeatureMap(
        centre: centre, matrix: factor.solve(rowsOf: products.transposed()).transposed(), shift: shift)
    }
  }

  /// Σ (x − centre)·(y − shift)ᵀ over the rows [d × d′].
  static func products(
    _ source: Matrix<Float>, minus centre: [Double], _ target: Matrix<Float>, minus shift: [Double],
    threads: Threads
  ) -> Matrix<Double> {
    let blockRows = 512
    let partials = threads.fold(
      blocks: (source.rows + blockRows - 1) / blockRows,
      into: { Matrix<Double>(rows: source.columns, columns: target.columns) }
    ) { sum, block in
      let rows = block * blockRows..<min(source.rows, (block + 1) * blockRows)
      PackedDoubles(target.rows(rows, minus: shift))
        .addProduct(transposing: source.rows(rows, minus: centre), to: &sum)
    }
    var sums = [Double](repeating: 0, count: source.columns * target.columns)
    for partial in partials {
      for index in sums.indices { sums[index] += partial.elements[index] }
    }
    return Matrix(rows: source.columns, columns: target.columns, elements: sums)
  }
}

extension Matrix<Double> {
  /// U·Vᵀ of the singular value decomposition U·S·Vᵀ: M·(MᵀM)^−½, from the side on which there are fewer.
  fileprivate var orthogonalFactor: Matrix<Double> {
    rows >= columns
      ? times(times(self, transposingSelf: true).power(-0.5))
      : times(self, transposingOther: true).power(-0.5).times(self)
  }
}
