import CKernels
import LinearAlgebra
import Testing

/// Scans of codes against sums that are added up one by one, and each form of the kernels against the portable one.
struct PackedCodesTests {
  /// Codes and a table at random, where some pairs of entries come to 255.
  private struct Drawn {
    let codes: PackedCodes
    let rows: [[UInt8]]
    let table: [UInt8]

    init(count: Int, parts: Int, seed: UInt64) {
      var random = RandomNumbers(seed: seed)
      let rows = (0..<parts).map { _ in (0..<count).map { _ in UInt8.random(in: 0..<16, using: &random) } }
      self.rows = rows
      codes = PackedCodes(rows, count: count)
      table = (0..<parts / 2).flatMap { _ in
        let most = UInt8.random(in: 0...255, using: &random)
        return [most, 255 - most].flatMap { most in
          (0..<16).map { $0 == 7 ? most : UInt8.random(in: 0...most, using: &random) }
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
    // The two parts of a byte that span most span 254 units, and each entry is off by half of one at most.
    let spans = (0..<parts).map { part in
      let worths = worths[16 * part..<16 * part + 16].map(Double.init)
      return (worths.max() ?? 0) - (worths.min() ?? 0)
    }
    let unit = (stride(from: 0, to: parts, by: 2).map { spans[$0] + spans[$0 + 1] }.max() ?? 0) / 254
    for vector in 1..<count {
      let difference = Double(sums[vector]) - Double(sums[0])
      #expect(abs(difference * unit - (exact[vector] - exact[0])) <= Double(parts) * unit)
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

  @Test(arguments: [1, 15, 16, 33, 384])
  func `Products of chosen rows are those of doubles, in every form the same bits`(columns: Int) {
    var random = RandomNumbers(seed: UInt64(columns))
    let (matrix, query) = (random.matrix(20, columns), random.floats(columns))
    let rows: [UInt32] = [19, 0, 7, 7, 3, 12, 1]
    let results = KernelFormTests.forms.map { form in
      var out = [Float](repeating: .nan, count: rows.count)
      form.chosen_products(matrix.elements, columns, rows, rows.count, query, &out)
      return out
    }
    #expect(results.allSatisfy { $0.map(\.bitPattern) == results[0].map(\.bitPattern) })
    #expect(matrix.products(ofRows: rows, with: query[...]).map(\.bitPattern) == results[0].map(\.bitPattern))
    for (row, product) in zip(rows, results[0]) {
      let exact = zip(matrix.row(Int(row)), query).reduce(0.0) { $0 + Double($1.0) * Double($1.1) }
      #expect(abs(Double(product) - exact) <= Double(columns + 8) * 0x1p-24 * Double(columns))
    }
  }
}
