internal import Foundation
public import LinearAlgebra

/// A network of one hidden layer of rectified units, trained by Adam (Kingma and Ba 2015) on small batches of rows, and stopped when
/// rows that it is not trained on get no better.
///
/// It minimises Σ loss + λ/2·‖W‖², biases free, where the loss is −ln of the probability of the class or of every tag's truth, or half
/// the square of a standardised number's error; class weights and label smoothing are those of ``LogisticTrainer``. Features are
/// standardised for the training, and the weights turned back. First weights, the rows set aside and the order of rows are drawn from
/// the seed.
///
/// The sharpness is fitted to the rows set aside, all of which count once. With label smoothing, which is there to keep the network from
/// being too sure, it stays 1.
public struct PerceptronTrainer: HeadTrainer {
  /// The penalty λ.
  public let penalty: Double
  /// How many hidden units there are.
  public let units: Int
  /// How often the rows of each class count; nil where all count once.
  public let classWeights: ClassWeights?
  /// The share of each label that is spread over all classes; nil for none.
  public let smoothing: Double?
  /// What is drawn from.
  public let seed: UInt64

  private static let batchRows = 256
  /// Between two looks at the rows set aside lies a pass over the others, and so many steps at the least.
  private static let steps = 32
  private static let looks = 200
  /// It stops when so many looks brought less than a ten-thousandth.
  private static let patience = 8
  /// Every so many-th row is set aside to see when to stop.
  private static let folds = 10

  /// A trainer. Throws unless the penalty and the weights are positive and finite, 0 < smoothing < 1, and there is a hidden unit.
  public init(
    penalty: Double = 1, units: Int = 256, classWeights: ClassWeights? = nil, smoothing: Double? = nil,
    seed: UInt64 = 0
  ) throws(HeadError) {
    guard penalty > 0, penalty.isFinite else { throw .penalty(penalty) }
    guard (1...65_536).contains(units) else {
      throw .setting("the number of hidden units", problem: "is \(units); it must lie between 1 and 65,536")
    }
    if let smoothing, !(smoothing > 0 && smoothing < 1) { throw .smoothing(smoothing) }
    try classWeights?.check()
    (self.penalty, self.units, self.seed) = (penalty, units, seed)
    (self.classWeights, self.smoothing) = (classWeights, smoothing)
  }

  /// Trains a head on all rows of `data` but the tenth that is set aside. O(N·(d + outputs)·units) a pass, of which there are
  /// about 200 at the most. A network that was still getting better then has not converged.
  public func train(
    on data: TrainingData, threads: Threads, progress: @Sendable (TrainingProgress) -> Void
  ) throws(HeadError) -> TrainedHead {
    let scaling = Standardisation(of: data.features, threads: threads)
    let numbers = NumberScaling(of: data.targets)
    let features = scaling.applied(to: data.features, threads: threads)
    let targets = numbers.applied(to: data.targets)
    let loss = try loss(of: targets, in: data)
    var random = SplitMix64(state: SplitMix64.mixed(seed))
    let sides = sides(of: targets, drawing: &random)
    let held = Held(
      features: features.rows(at: sides.held), targets: targets.rows(keepingNamesAt: sides.held),
      loss: loss.rows(at: sides.held))
    var network = PerceptronNetwork(
      inputs: features.columns, units: units, outputs: targets.answers.count,
      decay: penalty / Double(max(1, sides.training.count)), drawing: &random)
    let passes = max(1, Self.steps * Self.batchRows / max(1, sides.training.count))
    var (best, leastLoss, bestLook, look) = (network.model, Double.infinity, 0, 0)
    while look < Self.looks, look - bestLook < Self.patience {
      look += 1
      for _ in 0..<passes {
        let rows = sides.training.shuffled(using: &random)
        for start in stride(from: 0, to: rows.count, by: Self.batchRows) {
          let batch = Array(rows[start..<min(rows.count, start + Self.batchRows)])
          network.step(features, loss: loss, rows: batch, threads: threads)
        }
      }
      let loss = held.loss(of: network.model, threads: threads)
      if loss < leastLoss * (1 - 1e-4) { bestLook = look }
      if loss < leastLoss { (best, leastLoss) = (network.model, loss) }
      progress(TrainingProgress(stage: .fitting, penalty: penalty, iteration: look, fraction: nil))
    }
    let value = network.value(features, loss: loss, of: best, threads: threads)
    let sharpness = smoothing == nil ? held.sharpness(of: best, threads: threads) : 1
    let model = try numbers.undone(on: scaling.undone(on: best))
    return TrainedHead(
      head: try Head(answers: data.targets.answers, model: .perceptron(model), sharpness: sharpness),
      report: TrainingReport(
        converged: look - bestLook >= Self.patience, iterations: look, objective: value.objective,
        gradientNorm: value.gradientNorm, penalty: penalty, validation: nil, penaltyCurve: []))
  }

  /// What the network's scores cost.
  private func loss(of targets: Targets, in data: TrainingData) throws(HeadError) -> any HeadLoss {
    switch targets {
    case .classes(let labels):
      return SoftmaxLoss(labels, weights: classWeights, rows: data.weights, smoothing: smoothing)
    case .tags(let labels):
      try data.checkRowsCountOnce(for: .mlp)
      return TagLogisticLoss(labels, weights: classWeights, smoothing: smoothing)
    case .numbers(let numbers):
      try data.checkRowsCountOnce(for: .mlp)
      let given = classWeights != nil ? "a class weight" : smoothing != nil ? "a smoothing" : nil
      if let given { throw .setting(given, problem: "is nothing that numbers to learn have; leave it out") }
      return SquaredErrorLoss(numbers: numbers)
    }
  }

  /// A tenth of the rows, of each class as near as can be, and never a class's only row; and the others. With fewer than twenty rows
  /// there are none to spare, and all rows are on both sides.
  private func sides(
    of targets: Targets, drawing random: inout SplitMix64
  ) -> (training: [Int], held: [Int]) {
    let order = Array(0..<targets.count).shuffled(using: &random)
    guard targets.count >= 2 * Self.folds else { return (order.sorted(), order.sorted()) }
    let folds = StratifiedFolds(targets.strata.rows(at: order), count: Self.folds)
    return (folds.others(0).map { order[$0] }.sorted(), folds.held(0).map { order[$0] }.sorted())
  }

  /// The rows set aside.
  private struct Held {
    let features: Matrix<Float>
    let targets: Targets
    let loss: any HeadLoss

    func loss(of model: PerceptronModel, threads: Threads) -> Double {
      var scores = model.scores(of: features, threads: threads)
      return loss.turnIntoSlopes(&scores) / Double(max(1, scores.rows))
    }

    func sharpness(of model: PerceptronModel, threads: Threads) -> Float {
      Sharpness.fitted(to: model.scores(of: features, threads: threads), targets: targets, threads: threads)
    }
  }
}
