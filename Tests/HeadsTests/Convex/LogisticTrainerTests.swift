import Foundation
import LinearAlgebra
import Testing

@testable import Heads

@Suite struct LogisticTrainerTests {
  @Test(arguments: GoldenProblem.names)
  func theOptimumIsScikitLearns(name: String) throws {
    let golden = try GoldenProblem(name)
    for expected in golden.answers.logistic {
      let trained = try LogisticTrainer(penalty: expected.penalty).train(on: golden.data)
      #expect(trained.report.converged)
      #expect(trained.report.penalty == expected.penalty)
      // The certificate promises 1e-6; the scores' rounding may make the sum look smaller than it is.
      #expect(trained.report.objective / expected.objective - 1 < 1e-6)
      #expect(trained.report.objective / expected.objective - 1 > -1e-7)
      let exact = try exactObjective(of: trained.head.linear, on: golden.data, penalty: expected.penalty)
      #expect(abs(exact / expected.objective - 1) < 1e-6)
      let probabilities = try trained.head.outputs(of: golden.data.features)
      for (row, expected) in expected.probabilities.enumerated() {
        for (probability, expected) in zip(probabilities.row(row), expected) {
          #expect(abs(Double(probability) - expected) < 1e-3)
        }
      }
    }
  }

  @Test func theReportedObjectiveIsTheHeads() throws {
    let data = try randomProblem(rows: 500, width: 12, classes: 4, seed: 11)
    let trained = try LogisticTrainer(penalty: 0.1).train(on: data)
    let exact = try exactObjective(of: trained.head.linear, on: data, penalty: 0.1)
    #expect(abs(trained.report.objective / exact - 1) < 1e-6)
    #expect(abs(try trained.head.linear.bias.reduce(0, +)) < 1e-5)
  }

  @Test func aWarmStartComesToTheSameOptimumSooner() throws {
    let data = try randomProblem(rows: 400, width: 10, classes: 3, seed: 12)
    let cold = try LogisticTrainer(penalty: 0.1).train(on: data)
    let warm = try LogisticTrainer(penalty: 0.1, warmStart: cold.head).train(on: data)
    #expect(warm.report.iterations < cold.report.iterations)
    #expect(abs(warm.report.objective / cold.report.objective - 1) < 2e-6)
    let ofOtherClasses = try Head(
      answers: .oneOf(["x", "y"]),
      model: .linear(LinearModel(weights: Matrix(rows: 2, columns: 10), bias: [0, 0])))
    let ignored = try LogisticTrainer(penalty: 0.1, warmStart: ofOtherClasses).train(on: data)
    #expect(
      HeadArchive(ignored.head, method: .logistic).bytes == HeadArchive(cold.head, method: .logistic).bytes)
  }

  @Test func withoutAPenaltyTheOneWithTheLeastLogLossIsUsed() throws {
    let data = try randomProblem(rows: 300, width: 8, classes: 3, seed: 13)
    let trained = try LogisticTrainer().train(on: data)
    let curve = trained.report.penaltyCurve
    #expect(trained.report.validation == .crossValidatedLogLoss)
    #expect(curve.map(\.penalty) == Array(LogisticTrainer.defaultPenalties.prefix(curve.count)))
    #expect(trained.report.penalty == curve.min { $0.loss < $1.loss }?.penalty)
    // It stops at the first that is worse.
    #expect(curve.dropLast().indices.dropLast().allSatisfy { curve[$0].loss > curve[$0 + 1].loss })
    #expect(trained.report.converged)
  }

  @Test func itTellsHowFarItIs() throws {
    let told = Told()
    let data = try randomProblem(rows: 100, width: 5, classes: 3, seed: 14)
    _ = try LogisticTrainer().train(on: data, threads: Threads(1)) { told.add($0) }
    #expect(told.all.contains { $0.stage == .choosing && $0.penalty == 10 })
    #expect(told.all.last?.stage == .fitting)
  }

  @Test(arguments: [0, -1, .nan, .infinity] as [Double])
  func aPenaltyMustBePositive(penalty: Double) {
    #expect(throws: HeadError.self) { try LogisticTrainer(penalty: penalty) }
  }

  /// The objective of a head in double precision, written down plainly.
  private func exactObjective(
    of head: LinearModel, on data: TrainingData, penalty: Double
  ) throws -> Double {
    let labels = try data.classLabels(for: .logistic)
    var objective = penalty / 2 * head.weights.elements.reduce(0.0) { $0 + Double($1) * Double($1) }
    for row in 0..<data.features.rows {
      let scores = head.bias.indices.map { class_ in
        zip(data.features.row(row), head.weights.row(class_)).reduce(Double(head.bias[class_])) {
          $0 + Double($1.0) * Double($1.1)
        }
      }
      let largest = scores.max() ?? 0
      objective += largest + log(scores.reduce(0) { $0 + exp($1 - largest) })
      objective -= scores[Int(labels.indices[row])]
    }
    return objective
  }
}

/// Collects what a trainer tells of its progress: on the one thread that called it, so that nothing needs a lock.
private final class Told: @unchecked Sendable {
  private(set) var all: [TrainingProgress] = []

  func add(_ progress: TrainingProgress) { all.append(progress) }
}
