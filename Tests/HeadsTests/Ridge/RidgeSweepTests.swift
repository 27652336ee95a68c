import LinearAlgebra
import Testing

@testable import Heads

/// Many ridge heads over one set of axes are those that are trained alone.
@Suite struct RidgeSweepTests {
  private let penalties = [0.1, 10.0]

  private func expectSame(
    _ swept: TrainedHead, _ targets: Targets, penalty: Double, on features: Matrix<Float>
  )
    throws
  {
    let data = try TrainingData(features: features, targets: targets)
    let alone = try RidgeTrainer(penalty: penalty).train(on: data)
    let curve = try RidgeTrainer(penalties: penalties).train(on: data).report.penaltyCurve
    let (one, other) = (try swept.head.linear, try alone.head.linear)
    #expect(swept.head.answers == alone.head.answers)
    #expect(areClose(one.weights.elements, other.weights.elements.map { Double($0) }, within: 1e-6))
    #expect(areClose(one.bias, other.bias.map { Double($0) }, within: 1e-6))
    #expect(abs(swept.head.sharpness / alone.head.sharpness - 1) < 1e-4)
    #expect(abs(swept.report.objective / alone.report.objective - 1) < 1e-9)
    #expect(swept.report.gradientNorm < 1e-9 * alone.report.objective && swept.report.converged)
    let trial = try #require(curve.first { $0.penalty == penalty })
    let told = swept.report.penaltyCurve
    #expect(told.count == 1 && swept.report.penalty == penalty)
    #expect(abs(told[0].loss / trial.loss - 1) < 1e-9 && told[0].accuracy == trial.accuracy)
  }

  @Test(arguments: GoldenProblem.names)
  func headsOfEveryKindAreThoseTrainedAlone(name: String) throws {
    let (data, golden) = (try GoldenProblem(name).data, try GoldenMethods.decoded()[name])
    let tasks: [Targets] = [data.targets, .tags(golden.tagLabels), .numbers(golden.numbers)]
    let heads = try RidgeSweep(features: data.features, penalties: penalties).heads(for: tasks)
    #expect(heads.map(\.count) == [2, 2, 2])
    for (task, heads) in zip(tasks, heads) {
      for (penalty, head) in zip(penalties, heads) {
        try expectSame(head, task, penalty: penalty, on: data.features)
      }
    }
  }

  /// More tasks than are taken together at a time, more rows than the link is fitted to.
  @Test func aThousandRandomTasksAreThoseTrainedAlone() throws {
    var random = SeededGenerator(seed: 41)
    let features = random.matrix(rows: 1500, columns: 12)
    let tasks = (0..<1000).map { _ in
      Targets.classes(ClassLabels((0..<1500).map { _ in Bool.random(using: &random) ? "a" : "b" }))
    }
    let heads = try RidgeSweep(features: features, penalties: penalties).heads(for: tasks)
    #expect(heads.count == 1000)
    for task in stride(from: 0, to: 1000, by: 97) {
      try expectSame(heads[task][1], tasks[task], penalty: 10, on: features)
    }
  }

  @Test func theNumberOfThreadsChangesNoBit() throws {
    let data = try randomProblem(rows: 900, width: 20, classes: 4, seed: 7)
    let bytes = try [1, 3].map { count in
      let threads = Threads(count)
      let sweep = try RidgeSweep(features: data.features, penalties: penalties, threads: threads)
      return try sweep.heads(for: [data.targets, data.targets], threads: threads).flatMap { $0 }
        .map { HeadArchive($0.head, method: .ridge).bytes }
    }
    #expect(bytes[0] == bytes[1] && bytes[0][0] == bytes[0][2])
  }

  @Test func whatMakesNoHeadIsRefused() throws {
    let features = Matrix<Float>(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 7])
    let sweep = try RidgeSweep(features: features, penalties: [1])
    #expect(throws: HeadError.rowCount(features: 3, labels: 2)) {
      try sweep.heads(for: [.numbers([1, 2])])
    }
    #expect(throws: HeadError.tooFewClasses(1)) {
      try sweep.heads(for: [.classes(ClassLabels(["a", "a", "a"]))])
    }
    #expect(throws: HeadError.penalty(0)) { try RidgeSweep(features: features, penalties: [1, 0]) }
    #expect(throws: HeadError.notFinite(row: 0)) {
      try RidgeSweep(features: Matrix(rows: 1, columns: 1, elements: [.nan]), penalties: [1])
    }
    #expect(try sweep.heads(for: []).isEmpty)
  }
}
