import LinearAlgebra
import Testing

@testable import Heads

@Suite struct PerceptronTests {
  /// The same weights, rows and steps as PyTorch's Adam, which computes in double precision.
  @Test(arguments: ["classes", "tags", "numbers"])
  func stepsArePyTorchs(kind: String) throws {
    let (problem, golden) = (try GoldenProblem("tall"), try GoldenMethods.decoded())
    let expected = golden.perceptron
    let (run, targets): (GoldenMethods.Perceptron.Run, Targets) =
      switch kind {
      case "classes": (expected.classes, problem.data.targets)
      case "tags": (expected.tags, .tags(golden.tall.tagLabels))
      default: (expected.numbers, .numbers(golden.tall.numbers.map { $0 / 100 }))
      }
    let (width, outputs) = (problem.data.features.columns, targets.answers.count)
    var network = PerceptronNetwork(
      try PerceptronModel(
        hiddenWeights: Matrix(rows: width, columns: expected.units, elements: run.first[0]),
        hiddenBias: run.first[1],
        outputWeights: Matrix(rows: expected.units, columns: outputs, elements: run.first[2]),
        outputBias: run.first[3]), decay: expected.decay)
    for (batch, loss) in zip(expected.batches, run.losses) {
      let gradient = network.gradient(
        problem.data.features, targets: targets, rows: batch, of: network.model, threads: Threads(2))
      #expect(abs(gradient.loss / loss - 1) < 1e-4)
      network.step(problem.data.features, targets: targets, rows: batch, threads: Threads(2))
    }
    let model = network.model
    let blocks = [
      model.hiddenWeights.elements, model.hiddenBias, model.outputWeights.elements, model.outputBias,
    ]
    for (block, last) in zip(blocks, run.last) {
      #expect(areClose(block, last.map { Double($0) }, within: 2e-5))
    }
  }

  @Test func aStandardisationIsUndoneInTheWeights() throws {
    let data = try randomProblem(rows: 50, width: 4, classes: 3, seed: 71)
    let numbers = Targets.numbers((0..<50).map { Double($0) * 3 + 100 })
    let scaling = Standardisation(
      try TrainingData(features: data.features, targets: numbers), threads: Threads(2))
    var random = SplitMix64(state: 5)
    let network = PerceptronNetwork(inputs: 4, units: 6, outputs: 1, decay: 0, drawing: &random)
    let plain = network.model.scores(of: scaling.applied(to: data.features), threads: Threads(1))
    let undone = try scaling.undone(on: network.model).scores(of: data.features, threads: Threads(1))
    guard case .numbers(let standardised) = scaling.applied(to: numbers) else { return }
    let deviation = 3 / (standardised[1] - standardised[0])
    for (scaled, number) in zip(plain.elements, undone.elements) {
      #expect(abs(Double(scaled) * deviation + 173.5 - Double(number)) < 1e-3)
    }
  }

  @Test func itLearnsWhatNoLineTells() throws {
    var random = SeededGenerator(seed: 72)
    let features = random.matrix(rows: 600, columns: 2)
    let labels = (0..<600).map { features[$0, 0] * features[$0, 1] > 0 ? "same" : "other" }
    let data = try TrainingData(features: features, labels: ClassLabels(labels))
    let trained = try PerceptronTrainer(penalty: 0.01, units: 32, seed: 3).train(on: data)
    let outputs = try trained.head.outputs(of: features)
    let right = (0..<600).count { trained.head.answers.names[outputs.largest(ofRow: $0)] == labels[$0] }
    #expect(right > 560)
    let other = try PerceptronTrainer(penalty: 0.01, units: 32, seed: 4).train(on: data)
    #expect(HeadArchive(trained.head, method: .mlp).bytes != HeadArchive(other.head, method: .mlp).bytes)
  }
}
