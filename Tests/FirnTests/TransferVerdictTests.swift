import Testing

@testable import Firn

/// What comparisons with rivals say together, over draws of rows.
struct TransferVerdictTests {
  /// Draws verdicts on heads that are as good as their three rivals but for `advantage`, on rows that are hard or easy for all of them.
  private func verdicts(
    _ count: Int, rows: Int, advantage: Double = 0, using random: inout SplitMix64
  ) -> [TransferVerdict] {
    let rivals: [TransferVerdict.Rival] = [.targetOnly, .unadapted, .majority]
    return (0..<count).map { _ in
      let own = (0..<rows).map { _ in Double.random(in: 0..<1, using: &random) < 0.6 + advantage }
      return TransferVerdict(
        rivals.map { rival in
          let values = own.map { ($0 ? 1 : 0) - (Double.random(in: 0..<1, using: &random) < 0.6 ? 1.0 : 0) }
          return (rival, Advantages(measure: "accuracy", values: values))
        }, threads: Threads(2))
    }
  }

  /// 10 of 400 are expected at the most, for a head is worse than one of its rivals on one side only; 21 are exceeded once in a thousand times.
  @Test(arguments: [41, 42] as [UInt64])
  func `A head that is as good as its rivals seldom hurts, however many they are`(seed: UInt64) {
    var random = SplitMix64(state: seed)
    let found = verdicts(400, rows: 100, using: &random)
    let hurts = found.count { $0.outcome == .hurts }
    #expect((1...21).contains(hurts), "seed \(seed): \(hurts)")
    #expect(found.count { $0.outcome == .helps } < 5, "seed \(seed)")
  }

  @Test(arguments: [43] as [UInt64])
  func `What is better or worse is found, and named by the comparison that shows it`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let better = verdicts(50, rows: 300, advantage: 0.3, using: &random)
    #expect(better.allSatisfy { $0.outcome == .helps }, "seed \(seed)")
    let worse = verdicts(50, rows: 300, advantage: -0.3, using: &random)
    #expect(worse.allSatisfy { $0.outcome == .hurts }, "seed \(seed)")
    for verdict in better {
      let decisive = try #require(verdict.decisive)
      #expect(verdict.comparisons.allSatisfy { $0.interval.low >= decisive.interval.low })
    }
    for verdict in worse {
      let decisive = try #require(verdict.decisive)
      #expect(verdict.comparisons.allSatisfy { $0.interval.high >= decisive.interval.high })
    }
  }

  @Test func `Fewer than twenty rows tell nothing, and of losses fewer than a hundred`() {
    func verdict(_ rows: Int, measure: String = "accuracy") -> TransferVerdict {
      TransferVerdict(
        [(.majority, Advantages(measure: measure, values: [Double](repeating: 1, count: rows)))],
        threads: Threads(1))
    }
    #expect(verdict(99, measure: "log loss").outcome == .unmeasured)
    #expect(verdict(100, measure: "mean absolute error").outcome == .helps)
    #expect(verdict(19).outcome == .unmeasured && verdict(19).comparisons.isEmpty)
    #expect(verdict(19).description.contains("too few texts"))
    #expect(verdict(20).outcome == .helps)
  }
}
