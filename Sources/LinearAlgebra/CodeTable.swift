/// What each code of each part is worth to one query, in 8 bits, to the scale of that query.
public struct CodeTable: Sendable {
  /// How many parts share a byte in a sum.
  public static let sharing = 8

  /// How many parts.
  public let parts: Int
  let entries: [UInt8]

  /// No sum of entries, one a part, is greater.
  public var greatestSum: Int { (parts + Self.sharing - 1) / Self.sharing * Int(UInt8.max) }

  /// A table of the worth of sixteen codes a part [parts × 16], finite; the parts are even in number. Only differences within a part count:
  /// what a sum of entries is worth is known up to a shift.
  public init(_ worths: [Float]) {
    precondition(
      worths.count.isMultiple(of: 32) && worths.count / 16 <= PackedCodes.mostParts, "parts come in pairs")
    parts = worths.count / 16
    let bounds = stride(from: 0, to: worths.count, by: 16).map { start in
      let part = worths[start..<start + 16]
      return (least: part.min() ?? 0, most: part.max() ?? 0)
    }
    // Rounding adds a half to each of those that share a byte.
    let widest =
      stride(from: 0, to: bounds.count, by: Self.sharing).map { first in
        bounds[first..<min(bounds.count, first + Self.sharing)].reduce(0) { $0 + ($1.most - $1.least) }
      }.max() ?? 0
    let most = Float(UInt8.max) - Float(Self.sharing) / 2
    let scale = widest > 0 && widest.isFinite ? most / widest : 0
    entries = [UInt8](unsafeUninitializedCapacity: worths.count) { entries, initialized in
      for (part, bounds) in bounds.enumerated() {
        for index in 16 * part..<16 * part + 16 {
          // Half a unit more, and what is behind the point cut off.
          entries[index] = UInt8(max(0, min(most, (worths[index] - bounds.least) * scale)) + 0.5)
        }
      }
      initialized = worths.count
    }
  }
}
