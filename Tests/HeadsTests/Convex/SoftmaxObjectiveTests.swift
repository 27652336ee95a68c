import LinearAlgebra
import Testing

@testable import Heads

@Suite struct SoftmaxObjectiveTests {
  @Test(arguments: [21, 22, 23] as [UInt64])
  func theGradientIsThatOfFiniteDifferences(seed: UInt64) throws {
    let data = try randomProblem(rows: 500, width: 6, classes: 4, seed: seed)
    let loss = SoftmaxLoss(labels: try data.classLabels(for: .logistic).indices, scores: 4)
    let objective = HeadProblem(data, loss: loss, threads: Threads(2)).objective
    var random = SeededGenerator(seed: seed)
    let point = (0..<objective.parameterCount).map { _ in Double.random(in: -0.5...0.5, using: &random) }
    let value = objective.value(at: point, penalty: 3, threads: Threads(2))
    for index in point.indices {
      let width = 1.0 / 64
      var (above, below) = (point, point)
      above[index] += width
      below[index] -= width
      let difference =
        objective.value(at: above, penalty: 3, threads: Threads(1)).objective
        - objective.value(at: below, penalty: 3, threads: Threads(1)).objective
      // What is left is the third derivative, times width²/6.
      #expect(
        abs(difference / (2 * width) - value.gradient[index]) < 0.02, "seed \(seed), parameter \(index)")
    }
  }

  @Test func aRowThatIsCertainlyWrongCostsWhatItsScoreSays() {
    let objective = HeadObjective(
      coordinates: Matrix(rows: 1, columns: 2, elements: [1, 1]), loss: SoftmaxLoss(labels: [1], scores: 2))
    let value = objective.value(at: [500, 0, 0, 0], penalty: 0, threads: Threads(1))
    #expect(value.objective == 500)
    #expect(value.gradient == [1, -1, 1, -1])
  }

  @Test func withoutWeightsTheObjectiveIsTheEntropyOfTheClasses() {
    let objective = HeadObjective(
      coordinates: Matrix(rows: 4, columns: 1, filledWith: 1),
      loss: SoftmaxLoss(labels: [0, 0, 1, 1], scores: 2))
    let value = objective.value(at: objective.loss.restingPoint(width: 1), penalty: 1, threads: Threads(1))
    #expect(abs(value.objective - 2.772_588_722_239_781) < 1e-6)
    #expect(value.spread == [1, 1])
  }
}
