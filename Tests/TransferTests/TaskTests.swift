import Foundation
import LinearAlgebra
import Testing
import Transfer

/// What tasks tell of each other is held against NumPy, SciPy and scikit-learn: tools/golden/transfer.py.
@Suite struct TaskTests {
  private struct Told: Decodable {
    let entropy, byClasses, byFifths, byTags, byClassHead, byTagHead: Double
  }

  private struct Golden: Decodable {
    struct Tasks: Decodable {
      let classes, fifths: [Int32]
      let tags: [[Int32]]
      let numbers: [Double]
      let classHead, tagHead: [[Float]]
      let toldClasses, toldFifths, toldTags: Told
    }
    struct Subspaces: Decodable {
      let classes, tags: [[Double]]
      let ranks: [Int]
      let similarity: Double
    }
    let tasks: Tasks
    let subspaces: Subspaces
  }

  private let golden: Golden
  private let threads = Threads(2)

  init() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    golden = try decoder.decode(Golden.self, from: GoldenMeasures.bytes("tasks.json"))
  }

  private func matrix<Scalar: MatrixScalar>(_ rows: [[Scalar]]) -> Matrix<Scalar> {
    Matrix(rows: rows.count, columns: rows[0].count, elements: rows.flatMap { $0 })
  }

  @Test func `Each kind of task tells each other as much as the original software finds`() {
    let tasks = golden.tasks
    let classes = TaskLabels.classes(tasks.classes, count: 4)
    let tags = TaskLabels.tags(tasks.tags, count: 5)
    let fifths = TaskLabels(fifthsOf: tasks.numbers)
    #expect(fifths == .classes(tasks.fifths, count: 5))
    let (classHead, tagHead) = (
      matrix(tasks.classHead), TaskLabels.distributions(ofTags: matrix(tasks.tagHead))
    )
    for (labels, told) in [(classes, tasks.toldClasses), (fifths, tasks.toldFifths), (tags, tasks.toldTags)] {
      #expect(isClose(labels.entropy, told.entropy))
      for (source, expected) in [
        (classes.distributions, told.byClasses), (fifths.distributions, told.byFifths),
        (tags.distributions, told.byTags), (classHead, told.byClassHead), (tagHead, told.byTagHead),
      ] {
        let found = Explanation(of: labels, by: source, threads: threads)
        #expect(isClose(found.logPrediction, expected))
        #expect(isClose(found.share ?? .nan, 1 + expected / told.entropy))
      }
    }
  }

  /// Rows that have nothing to do with each other share, in the mean, (K − 1)·(L − 1)/2N nats (Miller 1955).
  @Test(arguments: 0..<8)
  func `What chance explains is what labels without relation do`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let (rows, own, other) = (4000, 30, 20)
    let labels = (0..<rows).map { _ in Int32.random(in: 0..<Int32(own), using: &random) }
    let answers = (0..<rows).map { _ in Int32.random(in: 0..<Int32(other), using: &random) }
    let found = Explanation(
      of: .classes(labels, count: own), by: TaskLabels.classes(answers, count: other).distributions,
      seed: seed,
      threads: threads)
    let expected = Double((own - 1) * (other - 1)) / Double(2 * rows) / found.entropy
    for value in [try #require(found.share), try #require(found.chance)] {
      #expect(abs(value / expected - 1) < 0.2, "seed \(seed): \(value), not \(expected)")
    }
  }

  @Test func `A task of one class has nothing to be told, and equal numbers are in one fifth`() throws {
    let same = TaskLabels(fifthsOf: [2, 2, 2, 2, 2, 2])
    #expect(same.entropy == 0 && same.rows(at: [0, 3]).entropy == 0)
    let found = Explanation(of: same, by: same.distributions, threads: threads)
    #expect(found.share == nil && found.chance == nil && found.logPrediction == 0)
    let told = TaskLabels.classes([0, 1, 0, 1, 0, 1], count: 2)
    let nothing = Explanation(of: told, by: same.distributions, threads: threads)
    #expect(abs(try #require(nothing.share)) < 1e-12)
    #expect(Explanation(of: told, by: told.distributions, threads: threads).share == 1)
  }

  @Test func `Heads look in directions whose angles are those of SciPy`() throws {
    let expected = golden.subspaces
    let classes = HeadSubspace(weights: matrix(expected.classes), compares: true)
    let tags = HeadSubspace(weights: matrix(expected.tags), compares: false)
    #expect([classes.rank, tags.rank] == expected.ranks)
    #expect(isClose(try #require(classes.similarity(to: tags)), expected.similarity))
    #expect(isClose(try #require(tags.similarity(to: classes)), expected.similarity))
    #expect(isClose(classes.chance(with: tags), 4.0 / 9))
    let none = HeadSubspace(weights: Matrix(rows: 2, columns: 9, filledWith: 1), compares: true)
    #expect(none.rank == 0 && none.similarity(to: tags) == nil)
  }
}
