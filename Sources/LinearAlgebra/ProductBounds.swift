internal import CKernels

/// What many vectors may score at the most against one, by the products of their integers with its.
public struct ProductBounds: Sendable {
  /// The one's side of the bound.
  public struct One: Sendable {
    /// What a unit of a product, of a vector's rest, and any vector is worth.
    public let scale, share, base: Double

    /// The side of one vector.
    public init(scale: Double, share: Double, base: Double) {
      (self.scale, self.share, self.base) = (scale, share, base)
    }
  }

  /// What a unit of a vector's integers is worth, and what they leave out [count].
  private let scales, rests: [Float]
  /// What each bound is multiplied by, and what is added then [count]; empty where that is 1 and 0.
  private let slopes, offsets: [Double]
  /// What each is to reach, besides what all are [count]; empty where that is 0.
  public var floors: [Float] = []

  /// The many's side of the bound (scale · the one's scale · product + rest · share + base) · slope + offset. Without slopes and offsets it is
  /// computed in floats: then the base is to have room for their rounding.
  public init(scales: [Float], rests: [Float], slopes: [Double] = [], offsets: [Double] = []) {
    (self.scales, self.rests, self.slopes, self.offsets) = (scales, rests, slopes, offsets)
  }

  /// Finds those of the vectors in `range` whose bound is not below `floor` and their own; `products` has theirs. Their places in the range,
  /// ascending, are written to the front of `places`, which has room for all. What is no number excludes nothing.
  ///
  /// - Returns: How many there are.
  public func find(
    in range: Range<Int>, of products: ArraySlice<Int32>, reaching floor: Double, by one: One,
    into places: inout [UInt32]
  ) -> Int {
    precondition(
      products.count == range.count && places.count >= range.count,
      "every vector has its product, and a place")
    precondition(
      range.lowerBound >= 0
        && range.upperBound <= min(scales.count, rests.count)
        && [slopes.count, offsets.count, floors.count].allSatisfy { $0 == 0 || range.upperBound <= $0 },
      "every vector has its side")
    let first = range.lowerBound
    return places.withUnsafeMutableBufferPointer { places in
      products.withUnsafeBufferPointer { products in
        scales.withUnsafeBufferPointer { scales in
          rests.withUnsafeBufferPointer { rests in
            slopes.withUnsafeBufferPointer { slopes in
              offsets.withUnsafeBufferPointer { offsets in
                floors.withUnsafeBufferPointer { floors in
                  guard let places = places.baseAddress, let products = products.baseAddress,
                    let scales = scales.baseAddress, let rests = rests.baseAddress
                  else { return 0 }
                  var bound = firn_bound(
                    products: products, scales: scales + first, rests: rests + first,
                    slopes: slopes.isEmpty ? nil : slopes.baseAddress.map { $0 + first },
                    offsets: offsets.isEmpty ? nil : offsets.baseAddress.map { $0 + first },
                    floors: floors.isEmpty ? nil : floors.baseAddress.map { $0 + first },
                    scale: one.scale, share: one.share, base: one.base, floor: floor)
                  return firn_arithmetic().pointee.find_bounded(&bound, range.count, places)
                }
              }
            }
          }
        }
      }
    }
  }
}
