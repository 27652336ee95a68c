import LinearAlgebra
import Testing

@testable import Heads

@Suite struct PerceptronTests {
  /// The same weights, rows and steps as PyTorch's Adam, which computes in double precision.
  @Test(arguments: ["classes", "tags", "numbers"])
  func stepsArePyTorchs(kind: String) throws {
    let (problem, golden) = (try GoldenProblem("tall"), try GoldenMethods.decoded())
    let expected = golden.perceptron
    let labels = try problem.data.classLabels(for: .mlp)
    let (run, loss): (GoldenMethods.Perceptron.Run, any HeadLoss) =
      switch kind {
      case "classes": (expected.classes, SoftmaxLoss(labels, weights: nil, smoothing: nil))
      case "tags": (expected.tags, TagLogisticLoss(golden.tall.tagLabels, weights: nil, smoothing: nil))
      default: (expected.numbers, SquaredErrorLoss(numbers: golden.tall.numbers.map { $0 / 100 }))
      }
    try checkSteps(
      of: run, units: expected.units, decay: expected.decay, batches: expected.batches, loss: loss)
  }

  @Test(arguments: ["classes", "tags"])
  func stepsOnWeightedAndSmoothedLossesArePyTorchs(kind: String) throws {
    let (golden, tags) = (try GoldenSettings.decoded(), try GoldenMethods.decoded().tall.tagLabels)
    let (expected, given) = (golden.perceptron, ClassWeights.given(golden.given))
    let labels = try GoldenProblem("tall").data.classLabels(for: .mlp)
    let (run, loss): (GoldenMethods.Perceptron.Run, any HeadLoss) =
      kind == "classes"
      ? (expected.classes, SoftmaxLoss(labels, weights: .balanced, smoothing: golden.smoothing))
      : (expected.tags, TagLogisticLoss(tags, weights: given, smoothing: golden.smoothing))
    try checkSteps(
      of: run, units: expected.units, decay: expected.decay, batches: expected.batches, loss: loss)
  }

  private func checkSteps(
    of run: GoldenMethods.Perceptron.Run, units: Int, decay: Double, batches: [[Int]], loss: any HeadLoss
  ) throws {
    let features = try GoldenProblem("tall").data.features
    var network = PerceptronNetwork(
      try PerceptronModel(
        hiddenWeights: Matrix(rows: features.columns, columns: units, elements: run.first[0]),
        hiddenBias: run.first[1],
        outputWeights: Matrix(rows: units, columns: loss.scores, elements: run.first[2]),
        outputBias: run.first[3]), decay: decay)
    for (batch, mean) in zip(batches, run.losses) {
      let gradient = network.gradient(
        features, loss: loss, rows: batch, of: network.model, threads: Threads(2))
      #expect(abs(gradient.loss / mean - 1) < 1e-4)
      network.step(features, loss: loss, rows: batch, threads: Threads(2))
    }
    let model = network.model
    let blocks = [
      model.hiddenWeights.elements, model.hiddenBias, model.outputWeights.elements, model.outputBias,
    ]
    for (block, last) in zip(blocks, run.last) {
      #expect(areClose(block, last.map { Double($0) }, within: 2e-5))
    }
  }

  @Test func aScalingIsUndoneInTheWeights() throws {
    let features = try randomProblem(rows: 50, width: 4, classes: 3, seed: 71).features
    let numbers = Targets.numbers((0..<50).map { Double($0) * 3 + 100 })
    let (scaling, ofNumbers) = (
      Standardisation(of: features, threads: Threads(2)), NumberScaling(of: numbers)
    )
    var random = SplitMix64(state: 5)
    let network = PerceptronNetwork(inputs: 4, units: 6, outputs: 1, decay: 0, drawing: &random)
    let plain = network.model.scores(
      of: scaling.applied(to: features, threads: Threads(2)), threads: Threads(1))
    let undone = try ofNumbers.undone(on: scaling.undone(on: network.model))
      .scores(of: features, threads: Threads(1))
    guard case .numbers(let standardised) = ofNumbers.applied(to: numbers) else { return }
    let deviation = 3 / (standardised[1] - standardised[0])
    for (scaled, number) in zip(plain.elements, undone.elements) {
      #expect(abs(Double(scaled) * deviation + 173.5 - Double(number)) < 1e-3)
    }
  }

  /// With smoothing the sharpness stays 1; without, it is fitted to the rows set aside.
  @Test func smoothingKeepsItFromBeingSure() throws {
    let data = try randomProblem(rows: 300, width: 8, classes: 3, seed: 73)
    let plain = try PerceptronTrainer(units: 8).train(on: data).head
    let smoothed = try PerceptronTrainer(units: 8, smoothing: 0.3).train(on: data).head
    #expect(plain.sharpness != 1 && smoothed.sharpness == 1)
    let sure = try [plain, smoothed].map { try $0.outputs(of: data.features).elements.max() ?? 0 }
    #expect(sure[0] > sure[1])
  }

  @Test func numbersAreNeitherWeightedNorSmoothed() throws {
    let features = try randomProblem(rows: 30, width: 4, classes: 3, seed: 74).features
    let data = try TrainingData(features: features, targets: .numbers((0..<30).map(Double.init)))
    #expect(throws: HeadError.self) { try PerceptronTrainer(classWeights: .balanced).train(on: data) }
    #expect(throws: HeadError.self) { try PerceptronTrainer(smoothing: 0.1).train(on: data) }
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
