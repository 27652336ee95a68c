import LinearAlgebra
import Testing

@testable import Heads

@Suite struct DeterminismTests {
  @Test(arguments: HeadMethod.allCases)
  func anyNumberOfThreadsGivesTheSameBytes(method: HeadMethod) throws {
    let data = try randomProblem(rows: 3000, width: 33, classes: 7, seed: 41)
    for penalty in method.hasPenalty ? [nil, 0.5] : [nil] {
      let trainer = try HeadSpecification(
        method: method, penalty: penalty,
        classWeights: penalty != nil && method.hasClassWeights ? .balanced : nil,
        standardises: penalty != nil && method.standardises,
        smoothing: penalty != nil && method.smoothsLabels ? 0.1 : nil
      ).trainer()
      let heads = try [1, 2, 3].map { try trainer.train(on: data, threads: Threads($0)) }
      let bytes = heads.map { HeadArchive($0.head, method: method).bytes }
      #expect(bytes[0] == bytes[1] && bytes[0] == bytes[2])
      #expect(heads[0].report == heads[1].report && heads[0].report == heads[2].report)
    }
  }

  @Test func aRowsProbabilitiesDoNotDependOnTheBatch() throws {
    let data = try randomProblem(rows: 700, width: 21, classes: 19, seed: 42)
    let head = try RidgeTrainer(penalty: 1).train(on: data).head
    let together = try head.outputs(of: data.features)
    for row in stride(from: 0, to: 700, by: 37) {
      let alone = try head.outputs(of: data.features.rows(at: [row]), threads: Threads(1))
      #expect(Array(alone.row(0)) == Array(together.row(row)))
    }
    #expect(try head.outputs(of: Matrix(rows: 0, columns: 21)).rows == 0)
  }

  @Test func featuresOfAnotherWidthAreRefused() throws {
    let head = try Head(
      answers: .oneOf(["a", "b"]),
      model: .linear(LinearModel(weights: Matrix(rows: 2, columns: 3), bias: [0, 0])))
    #expect(throws: HeadError.width(features: 4, head: 3)) {
      try head.scores(of: Matrix(rows: 1, columns: 4))
    }
  }
}
