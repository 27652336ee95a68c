@testable import LinearAlgebra
import Testing

@Suite struct FeatureMomentsTests {
  @Test(arguments: [(0, 3), (1, 1), (700, 33), (1300, 7), (5, 0)])
  func theyAreTheMeanAndScatterOfDoubles(rows: Int, columns: Int) {
    var random = RandomNumbers(seed: 51)
    let features = random.matrix(rows, columns)
    let moments = FeatureMoments(features, threads: Threads(2))
    let means = features.columnMeans(threads: Threads(1))
    let scatter = features.scatter(around: means, threads: Threads(1))
    for (mean, expected) in zip(moments.means, means) { #expect(abs(mean - expected) < 1e-9) }
    for (value, expected) in zip(moments.scatter.elements, scatter.elements) {
      #expect(abs(value - expected) < 1e-7)
    }
  }

  @Test(arguments: [1, 2, 3] as [UInt64])
  func rowsComeAndGoInAnyOrderAndLeaveNoTrace(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let features = random.matrix(900, 19)
    let all = FeatureMoments(features, threads: Threads(2))
    let order = (0..<900).map { ($0 * 7) % 900 }
    #expect(all == FeatureMoments(features.rows(at: order), threads: Threads(3)), "seed \(seed)")

    let (kept, gone) = (Array(0..<620), Array(620..<900))
    let rest = FeatureMoments(features.rows(at: kept), exponent: all.exponent, threads: Threads(1))
    let taken = FeatureMoments(features.rows(at: gone), exponent: all.exponent, threads: Threads(2))
    var changed = all
    changed.combine(taken, removing: true)
    #expect(changed == rest, "seed \(seed)")
    changed.combine(taken, removing: false)
    #expect(changed == all, "seed \(seed)")
  }

  @Test func theScaleIsTheLeastPowerOfTwoThatHoldsAllValues() {
    func exponent(_ value: Float) -> Int {
      FeatureMoments(Matrix(rows: 1, columns: 2, elements: [0, -value]), threads: Threads(1)).exponent
    }
    #expect([0, 0.01, 1, 1.001, 2, 2.5, 1024, 3e38].map { exponent($0) } == [0, 0, 0, 1, 1, 2, 10, 128])
  }

  @Test func aScaleThatRowsLeaveIsNoticed() {
    let large = FeatureMoments(Matrix(rows: 2, columns: 1, elements: [5, 1]), threads: Threads(1))
    func alone(_ value: Float) -> FeatureMoments {
      FeatureMoments(
        Matrix(rows: 1, columns: 1, elements: [value]), exponent: large.exponent, threads: Threads(1))
    }
    let none = FeatureMoments(Matrix(rows: 0, columns: 1), exponent: large.exponent, threads: Threads(1))
    #expect(large.keepsItsScale(adding: none, removing: alone(1)))
    #expect(!large.keepsItsScale(adding: none, removing: alone(5)))
    #expect(large.keepsItsScale(adding: alone(7), removing: alone(5)))
    #expect(large.holds([8]) && !large.holds([-8.5]))
  }

  @Test(arguments: [4, 5] as [UInt64])
  func wideWholeNumbersAreRoundedAsTheStandardLibraryDoes(seed: UInt64) {
    var random = RandomNumbers(seed: seed)
    let tie: Int128 = ((1 << 53) | 1) << 60
    for shift in 0...126 {
      let (high, low) = (Int128(random.next() >> 1), Int128(random.next()))
      // What lies on either side of a tie, and any number.
      let values: [Int128] = [tie, tie + 1, tie - 1, (high << 64) | low, 0]
      for value in values.map({ $0 >> Int128(shift) }) {
        #expect(value.rounded == Double(value), "seed \(seed): \(value)")
        #expect((-value).rounded == Double(-value), "seed \(seed): \(-value)")
      }
    }
  }

  /// What is left after the large values are gone is what doubles would have lost.
  @Test func sumsAreExactWhereDoublesAreNot() {
    let features = Matrix<Float>(rows: 3, columns: 1, elements: [0x1p20, 0x1p-15, -0x1p20])
    let moments = FeatureMoments(features, threads: Threads(1))
    #expect(moments.means == [0x1p-15 / 3])
  }
}
