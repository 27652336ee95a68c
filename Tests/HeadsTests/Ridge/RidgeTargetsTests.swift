import LinearAlgebra
import Testing

@testable import Heads

/// Ridge on tags and on numbers.
@Suite struct RidgeTargetsTests {
  @Test(arguments: GoldenProblem.names)
  func tagsAreScaledAsPlattHasIt(name: String) throws {
    let (features, golden) = (try GoldenProblem(name).data.features, try GoldenMethods.decoded()[name])
    let data = try TrainingData(features: features, targets: .tags(golden.tagLabels))
    let trained = try RidgeTrainer(penalties: [golden.ridge.penalty, golden.ridge.penalty.nextUp]).train(
      on: data)
    #expect(abs(trained.report.penaltyCurve[0].loss / golden.ridge.tagError - 1) < 1e-9)
    let outputs = try trained.head.outputs(of: features)
    // A slope that tells the wrong way is set to zero; scikit-learn keeps it.
    for tag in golden.ridge.slopes.indices where golden.ridge.slopes[tag] > 0 {
      let probabilities = (0..<outputs.rows).map { outputs[$0, tag] }
      let expected = golden.ridge.tagProbabilities.map { $0[tag] }
      #expect(areClose(probabilities, expected, within: 2e-4), "tag \(tag)")
    }
    for tag in golden.ridge.slopes.indices where golden.ridge.slopes[tag] <= 0 {
      #expect(Set((0..<outputs.rows).map { outputs[$0, tag] }).count == 1, "tag \(tag)")
    }
  }

  @Test(arguments: GoldenProblem.names)
  func numbersAreScikitLearns(name: String) throws {
    let (features, golden) = (try GoldenProblem(name).data.features, try GoldenMethods.decoded()[name])
    let data = try TrainingData(features: features, targets: .numbers(golden.numbers))
    let trained = try RidgeTrainer(penalties: [golden.ridge.penalty, golden.ridge.penalty.nextUp]).train(
      on: data)
    #expect(abs(trained.report.penaltyCurve[0].loss / golden.ridge.numberError - 1) < 1e-9)
    #expect(trained.report.penaltyCurve[0].accuracy == nil)
    #expect(trained.head.answers == .number)
    #expect(areClose(try trained.head.outputs(of: features).elements, golden.ridge.numbers, within: 1e-3))
  }
}
