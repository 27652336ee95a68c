internal import CKernels

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
    let parts = worths.count / 16
    precondition(worths.count == 16 * parts && PackedCodes.areParts(parts), "parts come in pairs")
    self.parts = parts
    entries = [UInt8](unsafeUninitializedCapacity: worths.count) { entries, initialized in
      guard let entries = entries.baseAddress else { return }
      firn_arithmetic().pointee.code_tables(worths, parts, Self.sharing, entries)
      initialized = worths.count
    }
  }
}
