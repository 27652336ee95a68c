import LinearAlgebra
import Testing

@testable import Heads

@Suite struct RidgeTrainerTests {
  @Test(arguments: GoldenProblem.names)
  func leaveOneOutFiguresAreThoseOfTrainingWithoutEachRow(name: String) throws {
    let golden = try GoldenProblem(name)
    let penalties = golden.answers.ridge.map(\.penalty)
    let trained = try RidgeTrainer(penalties: penalties).train(on: golden.data)
    #expect(trained.report.validation == .leaveOneOutSquaredError)
    for (trial, expected) in zip(trained.report.penaltyCurve, golden.answers.ridge) {
      #expect(trial.penalty == expected.penalty)
      #expect(abs(trial.loss / expected.error - 1) < 1e-9)
      #expect(trial.accuracy == expected.accuracy)
    }
  }

  @Test(arguments: GoldenProblem.names)
  func weightsObjectiveAndSharpnessAreScikitLearns(name: String) throws {
    let golden = try GoldenProblem(name)
    for expected in golden.answers.ridge {
      let trained = try RidgeTrainer(penalty: expected.penalty).train(on: golden.data)
      #expect(trained.report.converged)
      #expect(trained.report.gradientNorm < 1e-9)
      #expect(abs(trained.report.objective / expected.objective - 1) < 1e-9)
      let linear = try trained.head.linear
      for class_ in expected.bias.indices {
        #expect(abs(Double(linear.bias[class_]) - expected.bias[class_]) < 1e-6)
        for (weight, expected) in zip(linear.weights.row(class_), expected.weights[class_]) {
          #expect(abs(Double(weight) - expected) < 1e-6)
        }
      }
      #expect(abs(Double(trained.head.sharpness) / expected.sharpness - 1) < 1e-4)
    }
  }

  @Test(arguments: GoldenProblem.names)
  func theChosenPenaltyIsScikitLearns(name: String) throws {
    let golden = try GoldenProblem(name)
    let trained = try RidgeTrainer().train(on: golden.data)
    #expect(abs(try #require(trained.report.penalty) / golden.answers.chosenRidgePenalty - 1) < 1e-12)
    #expect(trained.report.penaltyCurve.map(\.penalty) == RidgeTrainer.defaultPenalties)
  }

  @Test func theLargestOfEquallyGoodPenaltiesIsChosen() throws {
    // Constant features say nothing, whatever the penalty.
    let data = try TrainingData(
      features: Matrix(rows: 4, columns: 2, filledWith: 3), labels: ClassLabels(["a", "b", "a", "b"]))
    let trained = try RidgeTrainer().train(on: data)
    #expect(trained.report.penalty == 1000)
    #expect(try trained.head.linear.weights.elements.allSatisfy { $0 == 0 })
  }

  @Test(arguments: [0, -1, .nan, .infinity] as [Double])
  func aPenaltyMustBePositive(penalty: Double) {
    #expect(throws: HeadError.self) { try RidgeTrainer(penalty: penalty) }
    #expect(throws: HeadError.self) { try RidgeTrainer(penalties: [1, penalty]) }
    #expect(throws: HeadError.self) { try RidgeTrainer(penalties: []) }
  }
}
