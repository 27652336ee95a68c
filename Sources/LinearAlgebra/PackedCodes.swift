internal import CKernels

/// Vectors in codes of four bits a part, laid out as the kernels read them: in groups of 64, part beside part.
///
/// A code names one of sixteen centroids; with a ``CodeTable`` of what each is worth, a vector's worth is a sum of as many table entries
/// as it has parts, and 64 vectors are looked up at once.
public struct PackedCodes: Sendable {
  /// How many vectors stand in one group.
  public static let groupSize = 64
  /// The most parts whose sums have room in 16 bits.
  public static let mostParts = 2 * Int(firn_most_pairs)

  /// How many vectors.
  public let count: Int
  /// How many parts each has: an even number.
  public let parts: Int
  private let codes: FixedBuffer<UInt8>

  /// How many bytes `count` vectors take: whole groups.
  public static func size(of count: Int, parts: Int) -> Int {
    (count + groupSize - 1) / groupSize * groupSize * parts / 2
  }

  /// Vectors by their codes, one row of bytes a part, each as long as there are vectors.
  public init(_ rows: [[UInt8]], count: Int) {
    precondition(Self.areParts(rows.count), "parts come in pairs")
    precondition(rows.allSatisfy { $0.count == count && $0.allSatisfy { $0 < 16 } }, "codes have four bits")
    let pairs = rows.count / 2
    (self.count, parts) = (count, rows.count)
    codes = FixedBuffer(count: Self.size(of: count, parts: rows.count)) { codes in
      codes.initialize(repeating: 0)
      for pair in 0..<pairs {
        let (low, high) = (rows[2 * pair], rows[2 * pair + 1])
        for vector in 0..<count {
          let place = vector / Self.groupSize * pairs * Self.groupSize + pair * Self.groupSize
          codes[place + Self.lane(of: vector)] = low[vector] | high[vector] << 4
        }
      }
    }
  }

  /// Vectors by the codes of each, as ``codes(of:)`` gives them.
  public init(vectors: [[UInt8]], parts: Int) {
    precondition(Self.areParts(parts), "parts come in pairs")
    precondition(vectors.allSatisfy { $0.count == parts / 2 }, "two codes take a byte")
    (count, self.parts) = (vectors.count, parts)
    codes = FixedBuffer(count: Self.size(of: vectors.count, parts: parts)) { codes in
      codes.initialize(repeating: 0)
      for (vector, pairs) in vectors.enumerated() {
        let start = vector / Self.groupSize * parts / 2 * Self.groupSize + Self.lane(of: vector)
        for (pair, code) in pairs.enumerated() { codes[start + pair * Self.groupSize] = code }
      }
    }
  }

  /// Vectors by the bytes of their groups, as ``bytes`` gives them; nil when there are not as many as they take.
  public init?(bytes: UnsafeRawBufferPointer, count: Int, parts: Int) {
    guard Self.fit(bytes, count: count, parts: parts) else { return nil }
    (self.count, self.parts) = (count, parts)
    codes = FixedBuffer(count: bytes.count) { UnsafeMutableRawBufferPointer($0).copyMemory(from: bytes) }
  }

  /// The same without a copy, for codes that are read once: the bytes must stay as long as these.
  public init?(borrowing bytes: UnsafeRawBufferPointer, count: Int, parts: Int) {
    guard Self.fit(bytes, count: count, parts: parts) else { return nil }
    (self.count, self.parts) = (count, parts)
    codes = FixedBuffer(borrowing: bytes.bindMemory(to: UInt8.self))
  }

  /// Whether a vector may have so many parts.
  static func areParts(_ count: Int) -> Bool { count.isMultiple(of: 2) && (2...mostParts).contains(count) }

  private static func fit(_ bytes: UnsafeRawBufferPointer, count: Int, parts: Int) -> Bool {
    count >= 0 && areParts(parts) && bytes.count == size(of: count, parts: parts)
  }

  /// The bytes of all groups; in the last one there are zeros behind the vectors.
  public var bytes: [UInt8] {
    var all: [UInt8] = []
    codes.withUnsafeBufferPointer { all = Array($0.prefix(Self.size(of: count, parts: parts))) }
    return all
  }

  /// The codes of one vector, two parts a byte, the first of them in its lower half.
  public func codes(of vector: Int) -> [UInt8] {
    precondition(vector >= 0 && vector < count, "vectors lie among their codes")
    var found: [UInt8] = []
    codes.withUnsafeBufferPointer { codes in
      let start = vector / Self.groupSize * parts / 2 * Self.groupSize + Self.lane(of: vector)
      found = (0..<parts / 2).map { codes[start + $0 * Self.groupSize] }
    }
    return found
  }

  /// Finds the vectors in some groups that are worth at least so much. Their places, counted from the first group's first vector, ascend
  /// at the front of `places`, beside their worth in `sums`, which both have room for all.
  ///
  /// - Returns: How many there are.
  public func find(
    in groups: Range<Int>, reaching least: UInt16, by table: CodeTable, places: inout [UInt32],
    sums: inout [UInt16]
  ) -> Int {
    precondition(table.parts == parts, "the table is one of such codes")
    var found = 0
    withCodes(of: groups, finding: 1, room: min(places.count, sums.count)) { codes in
      found = firn_arithmetic().pointee.scan_codes(
        codes, groups.count, parts / 2, table.entries, least, &places, &sums)
    }
    drop(behind: groups, from: places[...], count: &found)
    return found
  }

  /// The same for four queries at once, in half the time: what is found for query q begins at place 64 · groups · q of `places` and `sums`.
  ///
  /// - Returns: How many there are for each.
  public func find(
    in groups: Range<Int>, reaching least: [UInt16], by tables: FourCodeTables, places: inout [UInt32],
    sums: inout [UInt16]
  ) -> [Int] {
    precondition(tables.parts == parts && least.count == 4, "the tables are of such codes, with a floor each")
    var found = [Int](repeating: 0, count: 4)
    withCodes(of: groups, finding: 4, room: min(places.count, sums.count)) { codes in
      firn_arithmetic().pointee.scan_codes_for_four(
        codes, groups.count, parts / 2, tables.entries, least, &places, &sums, &found)
    }
    for query in found.indices {
      drop(behind: groups, from: places[(query * groups.count * Self.groupSize)...], count: &found[query])
    }
    return found
  }

  private func withCodes(
    of groups: Range<Int>, finding queries: Int, room: Int, _ body: (UnsafePointer<UInt8>) -> Void
  ) {
    precondition(room >= queries * groups.count * Self.groupSize, "there is room for all")
    precondition(
      groups.lowerBound >= 0 && groups.upperBound * Self.groupSize < count + Self.groupSize,
      "groups lie among the codes")
    codes.withUnsafeBufferPointer { codes in
      guard let start = codes.baseAddress else { return }
      body(start + groups.lowerBound * parts / 2 * Self.groupSize)
    }
  }

  /// Behind the last vector its group is empty.
  private func drop(behind groups: Range<Int>, from places: ArraySlice<UInt32>, count found: inout Int) {
    let end = count - groups.lowerBound * Self.groupSize
    while found > 0, Int(places[places.startIndex + found - 1]) >= end { found -= 1 }
  }

  /// Even bytes of a group are its first half.
  private static func lane(of vector: Int) -> Int {
    let place = vector % groupSize
    return 2 * (place % 32) + place / 32
  }
}
