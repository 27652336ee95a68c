import LinearAlgebra
import Testing

@testable import Heads

@Suite struct StratifiedHoldoutTests {
  private func key(_ number: Int) -> [UInt8] { Array("text \(number)".utf8) }

  /// The first outputs of SplitMix64 from the seed 1234567, as published with the generator.
  @Test func theHashMixesAsPublished() {
    let step: UInt64 = 0x9e37_79b9_7f4a_7c15
    let published: [UInt64] = [
      6_457_827_717_110_365_317, 3_203_168_211_198_807_973, 9_817_491_932_198_370_423,
      4_593_380_528_125_082_431, 16_408_922_859_458_223_821,
    ]
    for (index, value) in published.enumerated() {
      #expect(LinearAlgebra.SplitMix64.mixed(1_234_567 &+ UInt64(index) &* step) == value)
    }
  }

  @Test func theHashTellsLengthsAndPaddingApart() {
    let keys: [[UInt8]] = [
      [], [0], [0, 0], Array(repeating: 0, count: 8), Array(repeating: 0, count: 9), [1],
    ]
    #expect(Set(keys.map { KeyHash.value(of: $0, seed: 7) }).count == keys.count)
    #expect(KeyHash.value(of: [1], seed: 7) != KeyHash.value(of: [1], seed: 8))
  }

  @Test func eachClassGivesItsShare() throws {
    let labels = ClassLabels((0..<1000).map { $0 < 900 ? "a" : $0 < 993 ? "b" : "c" })
    let split = try StratifiedHoldout(share: 0.2, seed: 1).split(labels, keys: (0..<1000).map(key))
    #expect(labels.rows(at: split.holdout).counts == [180, 19, 1])
    #expect(Set(split.holdout).isDisjoint(with: split.training))
    #expect(split.holdout.count + split.training.count == 1000)
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    let labels = (0..<200).map { $0 % 3 == 0 ? "a" : "b" }
    let holdout = try StratifiedHoldout(share: 0.25, seed: 9)
    let forward = try holdout.split(ClassLabels(labels), keys: (0..<200).map(key))
    let backward = try holdout.split(ClassLabels(labels.reversed()), keys: (0..<200).reversed().map(key))
    #expect(Set(forward.holdout) == Set(backward.holdout.map { 199 - $0 }))
  }

  @Test func aGrowingDatasetKeepsItsSides() throws {
    let holdout = try StratifiedHoldout(share: 0.2, seed: 3)
    let all = ClassLabels((0..<5000).map { "\($0 % 4)" })
    let small = try holdout.split(all.rows(at: 0..<4000), keys: (0..<4000).map(key))
    let large = try holdout.split(all, keys: (0..<5000).map(key))
    let moved = Set(small.holdout).symmetricDifference(large.holdout.filter { $0 < 4000 })
    #expect(moved.count < 80)
  }

  @Test func equalKeysStayTogether() throws {
    let labels = ClassLabels((0..<300).map { "\($0 / 3 % 2)" })
    let keys = (0..<300).map { key($0 / 3) }
    let split = try StratifiedHoldout(share: 0.3, seed: 4).split(labels, keys: keys)
    #expect(Set(split.holdout.map { keys[$0] }).isDisjoint(with: split.training.map { keys[$0] }))
    #expect(split.holdout.count == 90)
  }

  @Test(arguments: 0..<20)
  func noKeyIsOnBothSidesWhateverClassesItHas(seed: UInt64) throws {
    var state = seed
    func next(_ count: UInt64) -> Int {
      state = LinearAlgebra.SplitMix64.mixed(state)
      return Int(state % count)
    }
    let labels = ClassLabels((0..<400).map { _ in "\(next(5))" })
    let keys = (0..<400).map { _ in key(next(150)) }
    let split = try StratifiedHoldout(share: 0.4, seed: seed).split(labels, keys: keys)
    #expect(
      Set(split.holdout.map { keys[$0] }).isDisjoint(with: split.training.map { keys[$0] }), "seed \(seed)")
    #expect((split.training + split.holdout).sorted() == Array(0..<400), "seed \(seed)")
  }

  @Test func aClassIsNeverHeldOutWhole() throws {
    let holdout = try StratifiedHoldout(share: 0.9, seed: 5)
    let labels = ClassLabels(["a", "b", "b", "c", "c", "c"])
    let split = try holdout.split(labels, keys: [key(0), key(1), key(2), key(3), key(3), key(3)])
    #expect(labels.rows(at: split.training).classes == ["a", "b", "c"])
    #expect(labels.rows(at: split.holdout).classes == ["b"])
  }

  @Test func anotherSeedHoldsOutOthers() throws {
    let labels = ClassLabels(Array(repeating: "a", count: 100))
    let keys = (0..<100).map(key)
    let first = try StratifiedHoldout(share: 0.5, seed: 0).split(labels, keys: keys)
    let second = try StratifiedHoldout(share: 0.5, seed: 1).split(labels, keys: keys)
    #expect(first != second)
  }

  @Test(arguments: [-0.1, 1, 1.5, .nan])
  func aShareThatIsNoneIsRefused(share: Double) {
    #expect(throws: HeadError.self) { try StratifiedHoldout(share: share, seed: 0) }
  }

  @Test func everyRowNeedsAKey() {
    #expect(throws: HeadError.self) {
      try StratifiedHoldout(share: 0.5, seed: 0).split(ClassLabels(["a", "b"]), keys: [[1]])
    }
  }
}

@Suite struct StratifiedFoldsTests {
  @Test func foldsAreEvenAndLonelyRowsAreAlwaysTrainedOn() {
    let labels = ClassLabels(["a", "b", "b", "c", "c", "c", "c", "b", "d", "d"])
    let folds = StratifiedFolds(labels, count: 3)
    #expect(folds.folds[0] == nil)
    #expect((0..<3).map { folds.held($0).count } == [3, 3, 3])
    for fold in 0..<3 {
      #expect(labels.rows(at: folds.others(fold)).classes == labels.classes)
      #expect(Set(folds.held(fold)).isDisjoint(with: folds.others(fold)))
    }
  }
}
