import LinearAlgebra
import Testing

@testable import Heads

@Suite struct CentroidTrainerTests {
  @Test(arguments: GoldenProblem.names)
  func answersAreScikitLearnsNearestCentroids(name: String) throws {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name])
    let head = try CentroidTrainer().train(on: problem.data).head
    let outputs = try head.outputs(of: problem.data.features)
    let answers = (0..<outputs.rows).map { Int(head.answers.names[outputs.largest(ofRow: $0)]) }
    #expect(answers == golden.centroid.answers)
  }

  @Test(arguments: GoldenProblem.names)
  func scoresOfRowsLeftOutAreThoseOfTrainingWithoutThem(name: String) throws {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name])
    let labels = try problem.data.classLabels(for: .centroid)
    let means = ClassMeans(problem.data.features, groups: labels.classes.count, threads: Threads(2)) {
      [Int(labels.indices[$0])]
    }
    let prototypes = Prototypes(means) { $0 }
    let scores = prototypes.leaveOneOut(
      problem.data.features, threads: Threads(2),
      squaredLengths: { rows in (0..<rows.rows).map { rows.row($0).reduce(0) { $0 + $1 * $1 } } },
      { row, products, square in
        products.enumerated().map { class_, product in
          prototypes.score(
            class_, product: product, withoutOwn: class_ == Int(labels.indices[row]) ? square : nil)
        }
      })
    for (row, expected) in golden.centroid.leftOut.enumerated() where expected >= 0 {
      #expect(Int(labels.classes[scores.largest(ofRow: row)]) == expected, "row \(row)")
    }
  }

  @Test func oneRowAClassIsEnough() throws {
    let data = try TrainingData(
      features: Matrix(rows: 3, columns: 2, elements: [1, 0, 0, 1, -1, -1]),
      labels: ClassLabels(["a", "b", "c"]))
    let head = try CentroidTrainer().train(on: data).head
    let outputs = try head.outputs(of: data.features)
    #expect((0..<3).map { outputs.largest(ofRow: $0) } == [0, 1, 2])
  }

  @Test func tagsAreToldByTheNearerSide() throws {
    let golden = try GoldenMethods.decoded()["tall"]
    let features = try GoldenProblem("tall").data.features
    let data = try TrainingData(features: features, targets: .tags(golden.tagLabels))
    let head = try CentroidTrainer().train(on: data).head
    let measures = try HeadMeasures(of: head, on: features, targets: data.targets)
    guard case .tags(let metrics) = measures else {
      Issue.record("tags are measured as tags")
      return
    }
    // The first three tags follow a direction of the features.
    #expect(metrics.perTag.prefix(3).allSatisfy { ($0.rocAUC ?? 0) > 0.8 })
  }

  @Test func numbersAreNotForPrototypes() throws {
    let data = try TrainingData(
      features: Matrix(rows: 2, columns: 1, elements: [0, 1]), targets: .numbers([1, 2]))
    #expect(throws: HeadError.unsuited(method: .centroid, to: .number)) {
      try CentroidTrainer().train(on: data)
    }
    #expect(throws: HeadError.unsuited(method: .lda, to: .number)) { try LDATrainer().train(on: data) }
  }
}
