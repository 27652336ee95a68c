import LinearAlgebra
import Search
import Testing

@testable import Heads

struct LabelEvidenceTests {
  /// Rows of which every third stands there twice, with their contents; a clear pattern, but for noise.
  private static func rows(seed: UInt64) -> (features: Matrix<Float>, contents: [Int], classes: [Int]) {
    var random = SplitMix64(state: seed)
    var (elements, contents, classes): ([Float], [Int], [Int]) = ([], [], [])
    for content in 0..<150 {
      let class_ = content % 3
      let row = (0..<6).map { Float($0 == class_ ? 2 : 0) + Float.random(in: -1...1, using: &random) }
      for _ in 0..<(content % 3 == 0 ? 2 : 1) {
        elements += row
        contents.append(content)
        classes.append(class_)
      }
    }
    return (Matrix(rows: contents.count, columns: 6, elements: elements), contents, classes)
  }

  @Test(arguments: [0.1, 3])
  func `Ridge's scores are those of training without a row and its copies`(penalty: Double) throws {
    let (features, contents, classes) = Self.rows(seed: 1)
    let data = try TrainingData(features: features, labels: ClassLabels(classes.map(String.init)))
    let groups = Dictionary(grouping: contents.indices) { contents[$0] }.values.filter { $0.count > 1 }
    let scores = RidgeSolution(RidgeStatistics(data, threads: Threads(2)), penalty: penalty)
      .leaveOneOut(features, targets: data.targets, groups: groups, threads: Threads(2))
    for row in [0, 1, 2, 7, 100, 150] {
      let others = contents.indices.filter { contents[$0] != contents[row] }
      let rest = try TrainingData(
        features: features.rows(at: others), labels: ClassLabels(others.map { "\(classes[$0])" }))
      let model = try RidgeTrainer(penalty: penalty).train(on: rest).head.model
      let expected = try model.scores(of: features.rows(at: [row]), threads: Threads(1))
      #expect(areClose(Array(scores.row(row)), expected.elements.map(Double.init), within: 1e-5))
    }
  }

  @Test func `Wrong classes come first, with the right one and a row that has it`() throws {
    let (features, contents, classes) = Self.rows(seed: 2)
    var given = classes
    // Both copies of a content are wrong: neither vouches for the other.
    let wrong = contents.indices.filter { [0, 40, 77, 90].contains(contents[$0]) }
    for row in wrong { given[row] = (classes[row] + 1) % 3 }
    let data = try TrainingData(features: features, labels: ClassLabels(given.map(String.init)))
    let evidence = try LabelEvidence(of: data, contents: contents, threads: Threads(2))
    let suspects = evidence.suspects(wrong.count)
    #expect(Set(suspects.map(\.row)) == Set(wrong))
    #expect(suspects.allSatisfy { $0.output == classes[$0.row] && $0.score < 0.1 && $0.deviations == nil })
    for suspect in suspects {
      let against = try #require(suspect.against)
      #expect(contents[against.row] != contents[suspect.row] && given[against.row] != given[suspect.row])
    }
    #expect(evidence.suspects(2) == Array(suspects.prefix(2)))
    let alone = try LabelEvidence(of: data, contents: contents, threads: Threads(1))
    #expect(alone.outputs == evidence.outputs && alone.neighbours == evidence.neighbours)
  }

  @Test func `A tag that is missing and one that should not be there are told apart`() throws {
    let (features, contents, classes) = Self.rows(seed: 3)
    var tags = classes.map { $0 == 2 ? [] : ["t\($0)"] }
    let missing = try #require(contents.indices.first { classes[$0] == 1 })
    let needless = try #require(contents.indices.last { classes[$0] == 2 })
    tags[missing] = []
    tags[needless] = ["t1"]
    let data = try TrainingData(features: features, targets: .tags(TagLabels(tags)))
    let found = try LabelEvidence(of: data, contents: contents, threads: Threads(2)).suspects(2)
    #expect(Set(found.map(\.row)) == [missing, needless] && found.allSatisfy { $0.output == 1 })
    let against = try found.map { tags[try #require($0.against).row].contains("t1") }
    #expect(against == found.map { $0.row == missing })
  }

  @Test func `Numbers that are far off come first, by how many deviations`() throws {
    let (features, contents, classes) = Self.rows(seed: 4)
    var random = SplitMix64(state: 4)
    var numbers = classes.map { 10 * Double($0) + Double.random(in: -1...1, using: &random) }
    numbers[50] += 200
    numbers[120] -= 90
    let data = try TrainingData(features: features, targets: .numbers(numbers))
    let found = try LabelEvidence(of: data, contents: contents, threads: Threads(2)).suspects(2)
    #expect(found.map(\.row) == [50, 120])
    #expect(try #require(found[0].deviations) > 10 && #require(found[1].deviations) < -10)
    #expect(found.allSatisfy { $0.score < 1e-9 && $0.against != nil })
  }

  @Test func `Where all agree there are no suspects`() throws {
    let features = Matrix<Float>(rows: 4, columns: 1, elements: [1, 2, 3, 4])
    let same = try TrainingData(features: features, targets: .numbers([5, 5, 5, 5]))
    #expect(try LabelEvidence(of: same, contents: [0, 1, 2, 3], threads: Threads(1)).suspects(9).isEmpty)
    let clear = try TrainingData(
      features: Matrix(rows: 4, columns: 2, elements: [1, 0, 0.9, 0, 0, 1, 0, 0.9]),
      labels: ClassLabels(["a", "a", "b", "b"]))
    #expect(try LabelEvidence(of: clear, contents: [0, 1, 2, 3], threads: Threads(1)).suspects(9).isEmpty)
  }
}
