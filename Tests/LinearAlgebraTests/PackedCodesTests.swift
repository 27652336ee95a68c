import CKernels
import LinearAlgebra
import Testing

/// Scans of codes against sums that are added up one by one, and each form of the kernels against the portable one.
struct PackedCodesTests {
  /// Codes and a table at random, where some entries of eight parts that share a byte come to 255.
  private struct Drawn {
    let codes: PackedCodes
    let rows: [[UInt8]]
    let table: [UInt8]

    init(count: Int, parts: Int, seed: UInt64) {
      var random = RandomNumbers(seed: seed)
      let rows = (0..<parts).map { _ in (0..<count).map { _ in UInt8.random(in: 0..<16, using: &random) } }
      self.rows = rows
      codes = PackedCodes(rows, count: count)
      table = stride(from: 0, to: parts, by: 8).flatMap { first in
        var left = 255
        return (first..<min(parts, first + 8)).flatMap { part in
          let most = part == min(parts, first + 8) - 1 ? left : Int.random(in: 0...left / 2, using: &random)
          left -= most
          return (0..<16).map { $0 == 7 ? UInt8(most) : UInt8(Int.random(in: 0...most, using: &random)) }
        }
      }
    }

    func sum(of vector: Int) -> Int {
      rows.enumerated().reduce(0) { $0 + Int(table[16 * $1.offset + Int($1.element[vector])]) }
    }
  }

  @Test(arguments: [1, 63, 64, 65, 200], [2, 6, 64, 512])
  func `Every form finds the sums that reach a threshold, no more and no fewer`(count: Int, parts: Int) {
    let drawn = Drawn(count: count, parts: parts, seed: UInt64(count * parts))
    let sums = (0..<count).map { drawn.sum(of: $0) }
    let groups = (count + 63) / 64
    let bytes = drawn.codes.bytes
    for least in [0, sums.sorted()[count / 2], sums.max() ?? 0, 65535] {
      let expected = sums.indices.filter { sums[$0] >= least }
      for form in KernelFormTests.forms {
        var places = [UInt32](repeating: 0, count: groups * 64)
        var found = [UInt16](repeating: 0, count: groups * 64)
        let all = form.scan_codes(bytes, groups, parts / 2, drawn.table, UInt16(least), &places, &found)
        let inside = places[..<all].filter { $0 < count }.map(Int.init)
        #expect(inside == expected)
        #expect(zip(inside, found).allSatisfy { Int($1) == sums[$0] })
      }
    }
  }

  @Test(arguments: [1, 64, 200], [2, 6, 10, 64])
  func `Four queries together find what each finds alone, in every form`(count: Int, parts: Int) {
    let drawn = (0..<4).map { Drawn(count: count, parts: parts, seed: UInt64(count * parts + $0)) }
    let (bytes, groups) = (drawn[0].codes.bytes, (count + 63) / 64)
    let room = groups * 64
    for form in KernelFormTests.forms {
      let least = drawn.map { UInt16($0.table.reduce(0) { $0 + Int($1) } / 32) }
      var places = [UInt32](repeating: 0, count: 4 * room)
      var sums = [UInt16](repeating: 0, count: 4 * room)
      var found = [Int](repeating: 0, count: 4)
      form.scan_codes_for_four(
        bytes, groups, parts / 2, drawn.flatMap(\.table), least, &places, &sums, &found)
      for query in 0..<4 {
        var alonePlaces = [UInt32](repeating: 0, count: room)
        var aloneSums = [UInt16](repeating: 0, count: room)
        let alone = form.scan_codes(
          bytes, groups, parts / 2, drawn[query].table, least[query], &alonePlaces, &aloneSums)
        #expect(found[query] == alone)
        #expect(places[query * room..<query * room + alone] == alonePlaces[..<alone])
        #expect(sums[query * room..<query * room + alone] == aloneSums[..<alone])
      }
    }
  }

  @Test(arguments: [0, 1, 64, 130])
  func `Codes come back from their bytes, whole and one by one`(count: Int) throws {
    let drawn = Drawn(count: count, parts: 10, seed: 3)
    let bytes = drawn.codes.bytes
    #expect(bytes.count == PackedCodes.size(of: count, parts: 10))
    let again = try #require(bytes.withUnsafeBytes { PackedCodes(bytes: $0, count: count, parts: 10) })
    for vector in 0..<count {
      let codes = again.codes(of: vector).flatMap { [$0 & 15, $0 >> 4] }
      #expect(codes == drawn.rows.map { $0[vector] })
    }
    #expect(PackedCodes(vectors: (0..<count).map { again.codes(of: $0) }, parts: 10).bytes == bytes)
    let lent = try #require(
      bytes.withUnsafeBytes { PackedCodes(borrowing: $0, count: count, parts: 10)?.bytes })
    #expect(lent == bytes)
    for (count, parts) in [(count + 64, 10), (count, 12), (count, 9), (count, 0), (-1, 10), (count, 514)]
    where count != 0 || parts != 12 {
      #expect(bytes.withUnsafeBytes { PackedCodes(bytes: $0, count: count, parts: parts) } == nil)
    }
  }

  @Test func `A table keeps the order of sums as well as eight bits can`() {
    var random = RandomNumbers(seed: 9)
    let (parts, count) = (32, 500)
    let drawn = Drawn(count: count, parts: parts, seed: 4)
    // Parts of different weight, as principal axes have.
    let worths = (0..<parts).flatMap { part in random.floats(16).map { $0 / Float(1 + part) } }
    var places = [UInt32](repeating: 0, count: 512)
    var sums = [UInt16](repeating: 0, count: 512)
    let found = drawn.codes.find(in: 0..<8, reaching: 0, by: CodeTable(worths), places: &places, sums: &sums)
    #expect(found == count && Array(places[..<found]) == (0..<UInt32(count)).map { $0 })
    let exact = (0..<count).map { vector in
      (0..<parts).reduce(0.0) { $0 + Double(worths[16 * $1 + Int(drawn.rows[$1][vector])]) }
    }
    // The eight parts of a byte that span most span 251 units, and each entry is off by half of one at most.
    let spans = (0..<parts).map { part in
      let worths = worths[16 * part..<16 * part + 16].map(Double.init)
      return (worths.max() ?? 0) - (worths.min() ?? 0)
    }
    let unit = (stride(from: 0, to: parts, by: 8).map { spans[$0..<$0 + 8].reduce(0, +) }.max() ?? 0) / 251
    for vector in 1..<count {
      let difference = Double(sums[vector]) - Double(sums[0])
      #expect(abs(difference * unit - (exact[vector] - exact[0])) <= Double(parts) * unit)
    }
  }

  @Test(arguments: [2, 8, 10, 128])
  func `Every form makes the same tables`(parts: Int) {
    var random = RandomNumbers(seed: UInt64(parts))
    let huge = random.floats(16 * parts).map { $0 * 3e38 }
    for worths in [random.floats(16 * parts), [Float](repeating: 3, count: 16 * parts), huge] {
      let tables = KernelFormTests.forms.map { form in
        var table = [UInt8](repeating: .max, count: 16 * parts)
        form.code_tables(worths, parts, CodeTable.sharing, &table)
        return table
      }
      #expect(tables.allSatisfy { $0 == tables[0] })
      for first in stride(from: 0, to: parts, by: CodeTable.sharing) {
        let most = (first..<min(parts, first + CodeTable.sharing)).map {
          tables[0][16 * $0..<16 * $0 + 16].max() ?? 0
        }
        #expect(most.reduce(0) { $0 + Int($1) } <= 255)
      }
    }
  }

  @Test(arguments: [1, 15, 16, 17, 100], [0, 1, 2, 6])
  func `The nearest of sixteen centroids is that of a search one by one, in every form`(
    count: Int, width: Int
  ) {
    var random = RandomNumbers(seed: UInt64(100 * count + width))
    let points = random.matrix(max(1, width), count)
    let centroids = random.floats(16 * width)
    let results = KernelFormTests.forms.map { form in
      var codes = [UInt8](repeating: 99, count: count)
      form.nearest_centroids(points.elements, count, count, width, centroids, &codes)
      return codes
    }
    #expect(results.allSatisfy { $0 == results[0] })
    for (point, code) in results[0].enumerated() {
      let distances = (0..<16).map { centroid in
        (0..<width).reduce(0.0) { sum, k in
          let difference = Double(points[k, point]) - Double(centroids[centroid * width + k])
          return sum + difference * difference
        }
      }
      let least = distances.min() ?? 0
      #expect(distances[Int(code)] <= least * (1 + 1e-5) + 1e-12)
    }
  }
}
