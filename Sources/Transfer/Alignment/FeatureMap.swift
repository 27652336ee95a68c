public import LinearAlgebra

/// A map from one space of features to another: y = (x − centre)·matrix + shift.
public struct FeatureMap: Sendable, Hashable {
  /// What is taken away first [d].
  public let centre: [Double]
  /// What the rest is multiplied by [d × d′].
  public let matrix: Matrix<Double>
  /// What is added at the end [d′].
  public let shift: [Double]

  /// A map of its parts, whose shapes fit.
  public init(centre: [Double], matrix: Matrix<Double>, shift: [Double]) {
    precondition(centre.count == matrix.rows && shift.count == matrix.columns, "the parts of a map fit")
    (self.centre, self.matrix, self.shift) = (centre, matrix, shift)
  }

  /// The features [N × d] in the other space [N × d′]. O(N·d·d′).
  ///
  /// - Throws: ``TransferError/dimensions(source:target:)`` when they are not of the space that the map is from.
  public func callAsFunction(
    _ features: Matrix<Float>, threads: Threads
  ) throws(TransferError) -> Matrix<Float> {
    guard features.columns == centre.count else {
      throw .dimensions(source: features.columns, target: centre.count)
    }
    let packed = PackedDoubles(matrix)
    let blocks = threads.mapBlocks(of: features.rows, by: 256) { range in
      let products = packed.product(features.rows(range, minus: centre))
      return products.elements.enumerated().map { Float($1 + shift[$0 % shift.count]) }
    }
    return Matrix(rows: features.rows, columns: matrix.columns, elements: blocks.flatMap { $0 })
  }
}
