internal import CKernels

/// What rows may score at the most, by the products of their integers with a query's.
public struct ProductBounds: Sendable {
  /// The query's side of the bound.
  public struct Query: Sendable {
    /// What a unit of a product, of a row's rest, and any row is worth.
    public let scale, share, base: Double

    /// A query's side.
    public init(scale: Double, share: Double, base: Double) {
      (self.scale, self.share, self.base) = (scale, share, base)
    }
  }

  /// What a unit of a row's integers is worth, and what they leave out [rows].
  private let scales, rests: [Float]
  /// What each bound is multiplied by, and what is added then [rows]; empty where that is 1 and 0.
  private let slopes, offsets: [Double]

  /// The rows' side of the bound (scale · the query's scale · product + rest · share + base) · slope + offset.
  public init(scales: [Float], rests: [Float], slopes: [Double] = [], offsets: [Double] = []) {
    precondition(
      [
        rests.count, slopes.isEmpty ? scales.count : slopes.count,
        offsets.isEmpty ? scales.count : offsets.count,
      ]
      .allSatisfy { $0 == scales.count }, "every row has its side")
    (self.scales, self.rests, self.slopes, self.offsets) = (scales, rests, slopes, offsets)
  }

  /// The rows among `rows`, ascending and below 2³², whose bound is not below `floor`; `products` has theirs. What is no number excludes nothing.
  public func rows(_ rows: Range<Int>, of products: [Int32], reaching floor: Double, by query: Query)
    -> [UInt32]
  {
    precondition(
      products.count == rows.count && rows.lowerBound >= 0 && rows.upperBound <= scales.count,
      "every row has its product")
    let places = [UInt32](unsafeUninitializedCapacity: rows.count) { places, initialized in
      guard let out = places.baseAddress else { return }
      products.withUnsafeBufferPointer { products in
        scales.withUnsafeBufferPointer { scales in
          rests.withUnsafeBufferPointer { rests in
            slopes.withUnsafeBufferPointer { slopes in
              offsets.withUnsafeBufferPointer { offsets in
                guard let products = products.baseAddress, let scales = scales.baseAddress,
                  let rests = rests.baseAddress
                else { return }
                let first = rows.lowerBound
                var bound = firn_bound(
                  products: products, scales: scales + first, rests: rests + first,
                  slopes: slopes.isEmpty ? nil : slopes.baseAddress.map { $0 + first },
                  offsets: offsets.isEmpty ? nil : offsets.baseAddress.map { $0 + first },
                  scale: query.scale, share: query.share, base: query.base, floor: floor)
                initialized = firn_arithmetic().pointee.find_bounded(&bound, rows.count, out)
              }
            }
          }
        }
      }
    }
    return places.map { UInt32(rows.lowerBound) + $0 }
  }
}
