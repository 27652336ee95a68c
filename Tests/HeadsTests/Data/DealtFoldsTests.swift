import Heads
import Testing

/// Folds of which every row is held out once.
struct DealtFoldsTests {
  @Test(arguments: [1, 2, 3] as [UInt64])
  func `Each class is as frequent in each fold as can be`(seed: UInt64) throws {
    let names = (0..<103).map { $0 < 50 ? "a" : $0 < 80 ? "b" : $0 < 102 ? "c" : "alone" }
    let keys = names.indices.map { [UInt8($0)] }
    let folds = try DealtFolds(ClassLabels(names), keys: keys, count: 5, seed: seed).splits
    #expect(folds.flatMap(\.holdout).sorted() == Array(names.indices))
    for fold in folds {
      #expect((fold.training + fold.holdout).sorted() == Array(names.indices))
      for (name, count) in [("a", 50), ("b", 30), ("c", 22)] {
        let held = fold.holdout.count { names[$0] == name }
        #expect(abs(Double(held) - Double(count) / 5) < 1, "seed \(seed), \(name)")
      }
    }
    let again = try DealtFolds(ClassLabels(names), keys: keys, count: 5, seed: seed).splits
    #expect(again == folds)
    #expect(try DealtFolds(ClassLabels(names), keys: keys, count: 5, seed: seed + 7).splits != folds)
  }

  @Test func `Too few rows make no folds`() {
    #expect(throws: HeadError.tooFewGroups(4, folds: 5)) {
      try DealtFolds(ClassLabels(["a", "b", "a", "b"]), keys: (0..<4).map { [$0] }, count: 5, seed: 0)
    }
  }
}
