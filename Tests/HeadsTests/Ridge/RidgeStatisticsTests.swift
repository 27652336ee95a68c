import LinearAlgebra
import Testing

@testable import Heads

/// Statistics that follow rows and labels make the head that training anew makes.
@Suite struct RidgeStatisticsTests {
  private struct Rows {
    var features: Matrix<Float>
    var labels: [String]

    func at(_ places: [Int]) -> (features: Matrix<Float>, labels: ClassLabels) {
      (features.rows(at: places), ClassLabels(places.map { labels[$0] }))
    }

    var data: TrainingData {
      get throws { try TrainingData(features: features, labels: ClassLabels(labels)) }
    }
  }

  @Test(arguments: 1...8 as ClosedRange<UInt64>)
  func aHeadOfChangedLabelsIsThatOfTrainingAnew(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    let problem = try randomProblem(rows: 1500, width: 12, classes: 5, seed: seed)
    let classes = try problem.classLabels(for: .ridge)
    var rows = Rows(features: problem.features, labels: classes.indices.map { "class \($0)" })
    var statistics = RidgeStatistics(try rows.data, threads: Threads(2))
    for round in 0..<4 {
      // Some labels change, one of them to a class that is new; some rows go, and the last round's come back.
      let edited = (0..<40).map { _ in Int.random(in: 0..<rows.labels.count, using: &random) }
      let places = Array(Set(edited)).sorted()
      let before = rows.at(places)
      for place in places { rows.labels[place] = "class \(Int.random(in: 0..<5, using: &random))" }
      rows.labels[places[0]] = "new \(round % 2)"
      let after = rows.at(places)
      statistics = try #require(
        try statistics.changed(removing: before, adding: after, threads: Threads(1)), "seed \(seed)")

      let gone = Array((0..<rows.labels.count).shuffled(using: &random).prefix(30))
      let left = (0..<rows.labels.count).filter { !gone.contains($0) }
      let nothing = rows.at([])
      let removed = try statistics.changed(removing: rows.at(gone), adding: nothing, threads: Threads(2))
      rows = Rows(features: rows.features.rows(at: left), labels: left.map { rows.labels[$0] })
      statistics = try #require(removed, "seed \(seed)")

      let data = try rows.data
      let anew = try RidgeTrainer(penalty: 0.5).train(on: data)
      let link = RidgeTrainer.linkRows(of: data.targets)
      let updated = try RidgeTrainer.head(
        statistics, penalty: 0.5,
        linkedBy: (data.features.rows(at: link), data.targets.rows(keepingNamesAt: link)), threads: Threads(3)
      )
      #expect(
        HeadArchive(updated.head, method: .ridge).bytes == HeadArchive(anew.head, method: .ridge).bytes,
        "seed \(seed), round \(round)")
      #expect(updated.report == anew.report, "seed \(seed), round \(round)")
    }
  }

  @Test func whatCannotFollowSaysSo() throws {
    let rows = Rows(
      features: Matrix(rows: 4, columns: 1, elements: [3, 0.5, 0.25, 1]), labels: ["a", "b", "a", "b"])
    let statistics = RidgeStatistics(try rows.data, threads: Threads(1))
    let nothing = rows.at([])
    // The only value above two goes, and one comes that is too large.
    #expect(try statistics.changed(removing: rows.at([0]), adding: nothing, threads: Threads(1)) == nil)
    let large = (features: Matrix<Float>(rows: 1, columns: 1, elements: [9]), labels: ClassLabels(["a"]))
    #expect(try statistics.changed(removing: nothing, adding: large, threads: Threads(1)) == nil)
    #expect(throws: HeadError.tooFewClasses(1)) {
      try statistics.changed(removing: rows.at([1, 3]), adding: nothing, threads: Threads(1))
    }
    let never = (features: Matrix<Float>(rows: 1, columns: 1, elements: [0.5]), labels: ClassLabels(["z"]))
    #expect(throws: HeadError.self) {
      try statistics.changed(removing: never, adding: nothing, threads: Threads(1))
    }
  }
}

/// Statistics that are kept.
@Suite struct KeptStatisticsTests {
  private func bytes() throws -> [UInt8] {
    let data = try randomProblem(rows: 60, width: 4, classes: 3, seed: 95)
    return try #require(RidgeStatistics(data, threads: Threads(1)).bytes)
  }

  @Test func theyAreReadAsTheyWereWritten() throws {
    let bytes = try bytes()
    let read = try RidgeStatistics(bytes: bytes)
    #expect(read.bytes == bytes)
    let data = try randomProblem(rows: 60, width: 4, classes: 3, seed: 95)
    let solution = RidgeSolution(read, penalty: 2)
    let expected = RidgeSolution(RidgeStatistics(data, threads: Threads(1)), penalty: 2)
    #expect(solution.weights == expected.weights && solution.objective == expected.objective)
  }

  @Test func whatIsNoStatisticsIsRefused() throws {
    let bytes = try bytes()
    for length in 0..<bytes.count {
      #expect(throws: HeadError.self) { try RidgeStatistics(bytes: Array(bytes[..<length])) }
    }
    // Whatever byte is wrong, nothing breaks; the sums themselves carry no check here.
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xff] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        guard let read = try? RidgeStatistics(bytes: damaged) else { continue }
        #expect(read.answers.count == 3)
      }
    }
  }
}
