/// What each code of each part is worth to one query, in 8 bits, to the scale of that query.
public struct CodeTable: Sendable {
  /// How many parts.
  public let parts: Int
  let entries: [UInt8]

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
    // Two parts share a byte; rounding adds a half to each.
    let widest =
      stride(from: 0, to: bounds.count, by: 2).map { pair in
        bounds[pair].most - bounds[pair].least + (bounds[pair + 1].most - bounds[pair + 1].least)
      }.max() ?? 0
    let scale = widest > 0 && widest.isFinite ? 254 / widest : 0
    entries = worths.indices.map { index in
      UInt8(max(0, min(254, ((worths[index] - bounds[index / 16].least) * scale).rounded())))
    }
  }
}
