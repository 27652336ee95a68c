internal import CKernels

/// Sixteen points, to one of which others are nearest.
public struct Centroids: Sendable, Hashable {
  /// How many there are.
  public static let count = 16
  /// One point a row [16 × width].
  public let points: Matrix<Float>

  /// Sixteen points [16 × width].
  public init(_ points: Matrix<Float>) {
    precondition(points.rows == Self.count, "there are sixteen centroids")
    self.points = points
  }

  /// The nearest of them to each point, of which `columns` [· × points] holds a coordinate a row, from row `first` on; of two equally near
  /// the first.
  public func nearest(to columns: Matrix<Float>, from first: Int) -> [UInt8] {
    precondition(
      first >= 0 && first + points.columns <= columns.rows, "the coordinates are rows of the matrix")
    let (count, width) = (columns.columns, points.columns)
    return [UInt8](unsafeUninitializedCapacity: count) { codes, initialized in
      columns.elements.withUnsafeBufferPointer { elements in
        guard let start = elements.baseAddress, let codes = codes.baseAddress else { return }
        firn_arithmetic().pointee.nearest_centroids(
          start + first * count, count, count, width, points.elements, codes)
        initialized = count
      }
    }
  }

  /// The centroids of points, of which `columns` holds a coordinate a row, from row `first` on, `width` of them (Lloyd 1982): those that
  /// `rounds` of choosing the nearest and moving to the middle lead to, from points that lie evenly among the others.
  public init(of columns: Matrix<Float>, from first: Int, width: Int, rounds: Int) {
    let count = columns.columns
    var centroids = Centroids(Matrix(rows: Self.count, columns: width))
    guard count > 0 else {
      self = centroids
      return
    }
    let coordinates = (first..<first + width).map { columns.row($0) }
    let starts = (0..<Self.count).flatMap { index in
      coordinates.map { $0[$0.startIndex + index * count / Self.count] }
    }
    centroids = Centroids(Matrix(rows: Self.count, columns: width, elements: starts))
    for _ in 0..<rounds {
      let codes = centroids.nearest(to: columns, from: first)
      var members = [Int](repeating: 0, count: Self.count)
      for code in codes { members[Int(code)] += 1 }
      var middles = centroids.points
      for (coordinate, values) in coordinates.enumerated() {
        var sums = [Double](repeating: 0, count: Self.count)
        for (code, value) in zip(codes, values) { sums[Int(code)] += Double(value) }
        // One that nobody is nearest to stays where it is.
        for index in 0..<Self.count where members[index] > 0 {
          middles[index, coordinate] = Float(sums[index] / Double(members[index]))
        }
      }
      centroids = Centroids(middles)
    }
    self = centroids
  }
}
