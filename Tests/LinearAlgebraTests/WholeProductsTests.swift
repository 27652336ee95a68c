import Foundation
import Testing

@testable import LinearAlgebra

/// Sums of whole numbers, by each way that this processor has, beside sums of 128 bits.
@Suite struct WholeProductsTests {
  static let ways: [any WholeProducts.Type] =
    [DoubleProducts.self] + (IntegerProducts.areSupported ? [IntegerProducts.self] : [])

  /// Whatever form of the other kernels is chosen.
  @Test func theWayOfIntegersIsThereWhereTheProcessorHasIt() throws {
    guard ProcessInfo.processInfo.environment["FIRN_KERNELS"] == nil,
      let processor = try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8),
      let flags = processor.split(separator: "\n").first(where: { $0.hasPrefix("flags") })
    else { return }
    let words = Set(flags.split(separator: " "))
    let wanted: Set<Substring> = ["avx512f", "avx512dq", "avx512bw", "avx512vl", "avx512ifma", "fma"]
    #expect(IntegerProducts.areSupported == wanted.isSubset(of: words))
  }

  @Test(arguments: [1, 2, 7, 8, 9, 16, 33], [1, 3, 256] as [Int])
  func theyAreExact(columns: Int, rows: Int) {
    var random = RandomNumbers(seed: UInt64(columns * 1000 + rows))
    for way in Self.ways {
      var products = way.init(width: columns)
      var values: [Float] = []
      for _ in 0..<3 {
        let added = random.floats(rows * columns)
        products.add(added[...], scale: 0x1p39)
        values += added
      }
      expect(products, toBeThoseOf: values, columns: columns)
    }
  }

  /// The most that has room: 2¹³ rows of the largest values, of either sign.
  @Test func theLargestHaveRoom() {
    for way in Self.ways {
      var products = way.init(width: 3)
      let block = (0..<256).flatMap { _ -> [Float] in [1, -1, Float(1).nextDown] }
      for _ in 0..<32 { products.add(block[...], scale: 0x1p39) }
      expect(products, toBeThoseOf: Array(repeating: block, count: 32).flatMap { $0 }, columns: 3)
    }
  }

  private func expect(
    _ products: any WholeProducts, toBeThoseOf values: [Float], columns: Int,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    let wholes = values.map { Int128((Double($0) * 0x1p39).rounded(.toNearestOrEven)) }
    let starts = stride(from: 0, to: wholes.count, by: columns)
    for row in 0..<columns {
      #expect(
        Int128(products.sum(row)) == starts.reduce(0) { $0 + wholes[$1 + row] },
        sourceLocation: sourceLocation)
      for column in row..<columns {
        let expected = starts.reduce(Int128(0)) { $0 + wholes[$1 + row] * wholes[$1 + column] }
        #expect(products.product(row, column) == expected, sourceLocation: sourceLocation)
      }
    }
  }
}
