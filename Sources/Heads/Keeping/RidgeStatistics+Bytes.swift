internal import JSON
internal import LinearAlgebra

/// Statistics of classes as bytes: 64-bit little-endian words, the format's version, the moments, the classes' sums, and how many bytes
/// of JSON follow with the classes' names.
extension RidgeStatistics {
  private static let version: UInt64 = 1

  /// The bytes; nil for statistics of tags or numbers, which are not kept.
  public var bytes: [UInt8]? {
    guard case .groups(.oneOf(let classes), let sums) = targets, moments.canBeKept else { return nil }
    let names = Array(JSONValue.array(classes.map { .string($0) }).canonicalText.utf8)
    let words = [Self.version] + moments.words + sums.words + [UInt64(names.count)]
    return words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> (8 * $0)) } } + names
  }

  /// Reads statistics. Throws ``HeadError/archive(key:problem:)`` when the bytes are none.
  public init(bytes: [UInt8]) throws(HeadError) {
    let damaged = HeadError.archive(key: "statistics", problem: "they are not as they were written")
    var words = bytes.withUnsafeBytes { bytes in
      (0..<bytes.count / 8).map {
        UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
      }
    }[...]
    guard words.popFirst() == Self.version, let moments = FeatureMoments(words: &words),
      let sums = GroupSums(words: &words), let length = words.popFirst(),
      let value = try? JSONValue(parsing: bytes[min(bytes.count, 8 * words.startIndex)...]),
      length == UInt64(bytes.count - 8 * words.startIndex), case .array(let values) = value
    else { throw damaged }
    var classes: [String] = []
    for case .string(let name) in values { classes.append(name) }
    guard classes.count == values.count, classes.count == sums.counts.count, sums.width == moments.width,
      sums.counts.reduce(0, +) == moments.rows
    else { throw damaged }
    try ClassLabels.check(classes)
    self.init(moments: moments, targets: .groups(.oneOf(classes), sums))
  }
}
