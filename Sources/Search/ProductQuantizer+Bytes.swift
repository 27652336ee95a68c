internal import LinearAlgebra

/// A quantiser as bytes, little-endian: the dimension, the parts and the axes of each (4 bytes each), the axes and the centroids (float32).
extension ProductQuantizer {
  /// Beyond that, no network goes; below, no size overflows.
  private static let mostDimensions: UInt32 = 1 << 20

  /// The bytes.
  public var bytes: [UInt8] {
    var bytes: [UInt8] = []
    func append(_ word: UInt32) { withUnsafeBytes(of: word.littleEndian) { bytes += $0 } }
    append(UInt32(dimension))
    append(UInt32(parts))
    for centroids in centroids { append(UInt32(centroids.points.columns)) }
    for value in axes.elements { append(value.bitPattern) }
    for centroids in centroids { centroids.points.elements.forEach { append($0.bitPattern) } }
    return bytes
  }

  /// The quantiser of these bytes; nil where they are not as ``bytes`` makes them, or hold what is no finite number.
  public init?(bytes: [UInt8]) {
    guard bytes.count.isMultiple(of: 4) else { return nil }
    let words = bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 4).map {
        UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: 4 * $0, as: UInt32.self))
      }
    }
    guard words.count >= 2, (1...Self.mostDimensions).contains(words[0]), words[1] >= 2,
      words[1] <= PackedCodes.mostParts,
      words[1].isMultiple(of: 2),
      words.count >= 2 + Int(words[1])
    else { return nil }
    let (dimension, parts) = (Int(words[0]), Int(words[1]))
    let widths = words[2..<2 + parts].map { Int($0) }
    guard widths.allSatisfy({ $0 <= dimension }) else { return nil }
    let count = widths.reduce(0, +)
    guard words.count == 2 + parts + count * (dimension + Centroids.count) else { return nil }
    let values = words[(2 + parts)...].map { Float(bitPattern: $0) }
    guard values.allSatisfy(\.isFinite) else { return nil }
    var start = count * dimension
    let axes = Matrix(rows: count, columns: dimension, elements: Array(values[..<start]))
    let centroids = widths.map { width in
      defer { start += Centroids.count * width }
      return Centroids(
        Matrix(
          rows: Centroids.count, columns: width,
          elements: Array(values[start..<start + Centroids.count * width])))
    }
    self.init(axes: axes, centroids: centroids)
  }
}
