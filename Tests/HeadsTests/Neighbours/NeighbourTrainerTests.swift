import LinearAlgebra
import Testing

@testable import Heads

@Suite struct NeighbourTrainerTests {
  private func model(
    _ name: String, _ targets: (GoldenMethods.Problem, GoldenProblem) -> Targets
  ) throws -> (outputs: Matrix<Float>, golden: GoldenMethods.Neighbours) {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name])
    let targets = targets(golden, problem)
    let model = try NeighbourModel(
      features: problem.data.features, targets: targets, count: golden.knn.count)
    let head = try Head(answers: targets.answers, model: .neighbours(model))
    let queries = Matrix(
      rows: golden.knn.queries.count / model.features.columns, columns: model.features.columns,
      elements: golden.knn.queries)
    return (try head.outputs(of: queries), golden.knn)
  }

  @Test(arguments: GoldenProblem.names)
  func votesForClassesAreThoseOfScikitLearnsNeighbours(name: String) throws {
    let (outputs, golden) = try model(name) { $1.data.targets }
    #expect(areClose(outputs.elements, golden.classes.flatMap { $0 }, within: 1e-5))
  }

  @Test(arguments: GoldenProblem.names)
  func votesForTagsAre(name: String) throws {
    let (outputs, golden) = try model(name) { golden, _ in .tags(golden.tagLabels) }
    #expect(areClose(outputs.elements, golden.tags.flatMap { $0 }, within: 1e-5))
  }

  @Test(arguments: GoldenProblem.names)
  func meansOfNumbersAre(name: String) throws {
    let (outputs, golden) = try model(name) { golden, _ in .numbers(golden.numbers) }
    #expect(areClose(outputs.elements, golden.numbers, within: 1e-3))
  }

  @Test func theNumberOfNeighboursIsChosenOnRowsLeftOut() throws {
    let data = try randomProblem(rows: 200, width: 6, classes: 3, seed: 61)
    let report = try NeighbourTrainer().train(on: data).report
    let curve = try #require(report.neighbourCurve)
    #expect(curve.map(\.neighbours) == NeighbourTrainer.defaultCounts)
    #expect(report.neighbours == curve.min { $0.loss < $1.loss }?.neighbours)
    for trial in curve {
      // Without formula: the votes of a model that the row is not in.
      var right = 0
      let labels = try data.classLabels(for: .knn)
      for row in 0..<200 {
        let others = (0..<200).filter { $0 != row }
        let model = try NeighbourModel(
          features: data.features.rows(at: others), targets: .classes(labels.rows(at: others)),
          count: trial.neighbours)
        let scores = try model.scores(of: data.features.rows(at: [row]), threads: Threads(1))
        right += scores.largest(ofRow: 0) == Int(labels.indices[row]) ? 1 : 0
      }
      let accuracy = try #require(trial.accuracy)
      // The share of all classes' voter differs by one row.
      #expect(abs(accuracy - Double(right) / 200) <= 0.015, "\(trial)")
    }
  }

  @Test func moreNeighboursThanRowsAreAllRows() throws {
    let data = try randomProblem(rows: 6, width: 3, classes: 2, seed: 62)
    let head = try NeighbourTrainer(count: 50).train(on: data).head
    #expect(try head.outputs(of: data.features).elements.allSatisfy { $0.isFinite && $0 > 0 })
    #expect(throws: HeadError.self) { try NeighbourTrainer(count: 0) }
  }
}
