import Testing

@testable import Heads

/// Random rows with keys and groups, and what a split of them must keep to.
private struct GroupedRows {
  let seed: UInt64
  let labels: ClassLabels
  let keys: [[UInt8]]
  let groups: [[UInt8]?]

  init(seed: UInt64, rows: Int, classes: Int, keys keyCount: Int, groups groupCount: Int) {
    var random = SeededGenerator(seed: seed)
    self.seed = seed
    labels = ClassLabels((0..<rows).map { _ in "\(Int.random(in: 0..<classes, using: &random))" })
    keys = (0..<rows).map { _ in Array("text \(Int.random(in: 0..<keyCount, using: &random))".utf8) }
    // A tenth of the rows is in no group.
    groups = (0..<rows).map { _ in
      Int.random(in: 0..<10, using: &random) == 0
        ? nil : Array("group \(Int.random(in: 0..<groupCount, using: &random))".utf8)
    }
  }

  func expectParted(_ split: StratifiedHoldout.Split) {
    #expect((split.training + split.holdout).sorted() == Array(0..<labels.count), "seed \(seed)")
    func all(_ names: [[UInt8]?], _ rows: [Int]) -> Set<[UInt8]> { Set(rows.compactMap { names[$0] }) }
    #expect(all(keys, split.training).isDisjoint(with: all(keys, split.holdout)), "seed \(seed)")
    #expect(all(groups, split.training).isDisjoint(with: all(groups, split.holdout)), "seed \(seed)")
    #expect(labels.rows(at: split.training).classes == labels.classes, "seed \(seed)")
  }
}

@Suite struct GroupedHoldoutTests {
  @Test func noKeyAndNoGroupIsOnBothSides() throws {
    for _ in 0..<30 {
      let rows = GroupedRows(seed: .random(in: 0 ... .max), rows: 400, classes: 4, keys: 100_000, groups: 60)
      let split = try StratifiedHoldout(share: 0.25, seed: rows.seed)
        .split(rows.labels, keys: rows.keys, groups: rows.groups)
      rows.expectParted(split)
      // 21 rows and 14 points are the most in 20,000 simulated draws.
      #expect(abs(split.holdout.count - 100) <= 25, "seed \(rows.seed): \(split.holdout.count)")
      let (held, all) = (rows.labels.rows(at: split.holdout).counts, rows.labels.counts)
      for (held, all) in zip(held, all) {
        #expect(abs(Double(held) / Double(all) - 0.25) < 0.17, "seed \(rows.seed): \(held) of \(all)")
      }
    }
  }

  /// Texts that stand in several groups bind these together.
  @Test func groupsThatShareAKeyStayTogether() throws {
    for _ in 0..<30 {
      let rows = GroupedRows(seed: .random(in: 0 ... .max), rows: 300, classes: 2, keys: 700, groups: 250)
      let split = try StratifiedHoldout(share: 0.2, seed: rows.seed)
        .split(rows.labels, keys: rows.keys, groups: rows.groups)
      rows.expectParted(split)
    }
  }

  @Test func theOrderOfRowsDoesNotMatter() throws {
    let rows = GroupedRows(seed: 5, rows: 200, classes: 3, keys: 500, groups: 40)
    let holdout = try StratifiedHoldout(share: 0.3, seed: 9)
    let forward = try holdout.split(rows.labels, keys: rows.keys, groups: rows.groups)
    let backward = try holdout.split(
      rows.labels.rows(at: (0..<200).reversed()), keys: rows.keys.reversed(), groups: rows.groups.reversed())
    #expect(Set(forward.holdout) == Set(backward.holdout.map { 199 - $0 }))
    let other = try StratifiedHoldout(share: 0.3, seed: 10).split(
      rows.labels, keys: rows.keys, groups: rows.groups)
    #expect(other != forward)
  }

  @Test func classesThatStandInOneGroupEachCannotBeHeldOut() throws {
    let labels = ClassLabels(["a", "a", "b", "b"])
    let (keys, groups): ([[UInt8]], [[UInt8]?]) = ([[1], [2], [3], [4]], [[1], [1], [2], [2]])
    #expect(throws: HeadError.nothingToHoldOut(smallest: nil)) {
      try StratifiedHoldout(share: 0.5, seed: 0).split(labels, keys: keys, groups: groups)
    }
    #expect(throws: HeadError.nothingToHoldOut(smallest: 2)) {
      try StratifiedHoldout(share: 0.1, seed: 0).split(
        ClassLabels(["a", "a", "a", "a"]), keys: keys, groups: groups)
    }
    let all = try StratifiedHoldout(share: 0, seed: 0).split(labels, keys: keys, groups: groups)
    #expect(all.training == [0, 1, 2, 3])
    #expect(throws: HeadError.rowCount(features: 3, labels: 4)) {
      try StratifiedHoldout(share: 0.5, seed: 0).split(labels, keys: keys, groups: [nil, nil, nil])
    }
  }
}

@Suite struct GroupedFoldsTests {
  @Test func everyRowHasOneTurnAndGroupsStayWhole() throws {
    for _ in 0..<30 {
      let rows = GroupedRows(seed: .random(in: 0 ... .max), rows: 300, classes: 3, keys: 700, groups: 80)
      let count = Int(rows.seed % 4) + 2
      let folds = try GroupedFolds(
        rows.labels, keys: rows.keys, groups: rows.groups, count: count, seed: rows.seed)
      #expect(folds.splits.count == count)
      for split in folds.splits { rows.expectParted(split) }
      #expect(folds.splits.flatMap(\.holdout).sorted() == Array(0..<300), "seed \(rows.seed)")
    }
  }

  @Test func withoutGroupsClassesAreAsEvenAsCanBe() throws {
    let labels = ClassLabels((0..<503).map { $0 % 7 == 0 ? "rare" : $0 == 1 ? "only" : "common" })
    let keys = (0..<503).map { Array("\($0)".utf8) }
    let folds = try GroupedFolds(labels, keys: keys, count: 5, seed: 3)
    for split in folds.splits {
      let counts = labels.rows(at: split.holdout).counts
      #expect([86, 87].contains(counts[0]) && [14, 15].contains(counts[1]), "\(counts)")
      // The only row of its class is always trained on.
      #expect(split.training.contains(1))
    }
    #expect(try GroupedFolds(labels, keys: keys, count: 5, seed: 4).splits != folds.splits)
  }

  /// scikit-learn's folds keep groups whole, and are as even as its greedy search makes them: these are no less even, but for a little.
  @Test func foldsAreAsEvenAsScikitLearns() throws {
    struct Folds: Decodable {
      struct Problem: Decodable {
        let folds: Int
        let labels, groups, sizes: [Int]
        let unevenness: Double
      }
      let problems: [Problem]
    }
    for golden in try Folds.decoded().problems {
      let labels = ClassLabels(golden.labels.map(String.init))
      let groups = golden.groups.map { Array("\($0)".utf8) as [UInt8]? }
      let keys = golden.labels.indices.map { Array("\($0)".utf8) }
      for seed in 0..<5 as Range<UInt64> {
        let folds = try GroupedFolds(labels, keys: keys, groups: groups, count: golden.folds, seed: seed)
        var unevenness = 0.0
        for split in folds.splits {
          let held = Set(split.holdout.map { golden.groups[$0] })
          #expect(held.isDisjoint(with: split.training.map { golden.groups[$0] }))
          for (class_, total) in labels.counts.enumerated() {
            let count = split.holdout.count { Int(labels.indices[$0]) == class_ }
            let off = Double(count) - Double(total) / Double(golden.folds)
            unevenness += off * off / Double(total)
          }
        }
        #expect(folds.splits.flatMap(\.holdout).count == labels.count)
        #expect(
          unevenness < 1.25 * golden.unevenness + 0.25, "seed \(seed): \(unevenness), \(golden.unevenness)")
        let spread = folds.splits.map(\.holdout.count).sorted()
        #expect(
          spread[golden.folds - 1] - spread[0] <= golden.sizes[golden.folds - 1] - golden.sizes[0] + 8,
          "seed \(seed): \(spread), \(golden.sizes)")
      }
    }
  }

  @Test(arguments: [1, 4])
  func foldsThatCannotAllBeFilledAreRefused(count: Int) {
    let labels = ClassLabels(["a", "a", "b", "a", "b", "a"])
    let groups: [[UInt8]?] = [[1], [1], [1], [2], [2], [3]]
    let keys = (0..<6).map { [$0] as [UInt8] }
    #expect(throws: HeadError.tooFewGroups(3, folds: count)) {
      try GroupedFolds(labels, keys: keys, groups: groups, count: count, seed: 0)
    }
  }
}

extension Decodable {
  fileprivate static func decoded() throws -> Self { try Golden.decoded("folds.json") }
}
