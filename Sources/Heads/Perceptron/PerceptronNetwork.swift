internal import Foundation
internal import LinearAlgebra

/// A perceptron while it is trained: its parameters, and what Adam remembers of their gradients.
struct PerceptronNetwork: Sendable {
  private(set) var model: PerceptronModel
  /// λ for the mean loss of rows.
  private let decay: Double
  private var moments: [Moments]
  private var steps = 0

  /// A batch is cut into lanes of so many rows, whatever the number of threads.
  private static let laneRows = 64

  /// Running means of a parameter block's gradients and of their squares.
  private struct Moments: Sendable {
    var mean: [Float]
    var square: [Float]

    init(count: Int) {
      mean = [Float](repeating: 0, count: count)
      square = mean
    }
  }

  /// The gradient of the mean loss, block by block.
  struct Gradient: Sendable {
    var hiddenWeights: Matrix<Float>
    var hiddenBias: [Float]
    var outputWeights: Matrix<Float>
    var outputBias: [Float]
    var loss = 0.0

    fileprivate init(of model: PerceptronModel) {
      hiddenWeights = Matrix(rows: model.hiddenWeights.rows, columns: model.hiddenWeights.columns)
      hiddenBias = [Float](repeating: 0, count: model.hiddenBias.count)
      outputWeights = Matrix(rows: model.outputWeights.rows, columns: model.outputWeights.columns)
      outputBias = [Float](repeating: 0, count: model.outputBias.count)
    }

    var blocks: [[Float]] { [hiddenWeights.elements, hiddenBias, outputWeights.elements, outputBias] }
  }

  /// First weights drawn as He et al. (2015) have them, evenly between ±√(6/inputs) of each layer; biases 0.
  init(inputs: Int, units: Int, outputs: Int, decay: Double, drawing random: inout SplitMix64) {
    func layer(_ rows: Int, _ columns: Int) -> Matrix<Float> {
      let bound = Float(6 / Double(max(1, rows))).squareRoot()
      return Matrix(
        rows: rows, columns: columns,
        elements: (0..<rows * columns).map { _ in Float.random(in: -bound...bound, using: &random) })
    }
    self.init(
      PerceptronModel(
        drawn: layer(inputs, units), hiddenBias: [Float](repeating: 0, count: units),
        outputWeights: layer(units, outputs), outputBias: [Float](repeating: 0, count: outputs)),
      decay: decay)
  }

  /// A network that begins with the parameters of a model.
  init(_ model: PerceptronModel, decay: Double) {
    self.model = model
    self.decay = decay
    moments = Gradient(of: model).blocks.map { Moments(count: $0.count) }
  }

  /// One step of Adam along the gradient of a batch.
  mutating func step(_ features: Matrix<Float>, loss: any HeadLoss, rows: [Int], threads: Threads) {
    let gradient = gradient(features, loss: loss, rows: rows, of: model, threads: threads).blocks
    steps += 1
    let corrections = (1 - pow(0.9, Double(steps)), 1 - pow(0.999, Double(steps)))
    let rate = Float(1e-3 * corrections.1.squareRoot() / corrections.0)
    let epsilon = Float(1e-8 * corrections.1.squareRoot())
    func stepped(_ values: [Float], _ block: Int, _ moments: inout Moments) -> [Float] {
      var values = values
      for index in values.indices {
        let slope = gradient[block][index]
        moments.mean[index] += 0.1 * (slope - moments.mean[index])
        moments.square[index] += 0.001 * (slope * slope - moments.square[index])
        values[index] -= rate * moments.mean[index] / (moments.square[index].squareRoot() + epsilon)
      }
      return values
    }
    model.hiddenWeights = Matrix(
      rows: model.hiddenWeights.rows, columns: model.hiddenWeights.columns,
      elements: stepped(model.hiddenWeights.elements, 0, &moments[0]))
    model.hiddenBias = stepped(model.hiddenBias, 1, &moments[1])
    model.outputWeights = Matrix(
      rows: model.outputWeights.rows, columns: model.outputWeights.columns,
      elements: stepped(model.outputWeights.elements, 2, &moments[2]))
    model.outputBias = stepped(model.outputBias, 3, &moments[3])
  }

  /// The objective, Σ loss + λ/2·‖W‖² of the rows that λ was divided by, and its gradient's norm, at the parameters of a model.
  func value(
    _ features: Matrix<Float>, loss: any HeadLoss, of model: PerceptronModel, threads: Threads
  ) -> (objective: Double, gradientNorm: Double) {
    let rows = Double(features.rows)
    let gradient = gradient(
      features, loss: loss, rows: Array(0..<features.rows), of: model, threads: threads)
    let weights = [model.hiddenWeights.elements, model.outputWeights.elements].joined()
    let square = weights.reduce(0) { $0 + Double($1) * Double($1) }
    let slopes = gradient.blocks.joined().reduce(0) { $0 + Double($1) * Double($1) }
    return (rows * (gradient.loss + decay / 2 * square), rows * slopes.squareRoot())
  }

  /// The gradient of the rows' mean loss + decay/2·‖W‖². The same bits on any number of threads.
  func gradient(
    _ features: Matrix<Float>, loss: any HeadLoss, rows: [Int], of model: PerceptronModel, threads: Threads
  ) -> Gradient {
    let packed = (
      hidden: PackedMatrix(model.hiddenWeights), output: PackedMatrix(model.outputWeights),
      back: PackedMatrix(model.outputWeights, transposed: true)
    )
    let lanes = (rows.count + Self.laneRows - 1) / Self.laneRows
    let partials = threads.fold(blocks: lanes, into: { Gradient(of: model) }) { partial, lane in
      let rows = Array(rows[lane * Self.laneRows..<min(rows.count, (lane + 1) * Self.laneRows)])
      let inputs = features.rows(at: rows)
      var hidden = Matrix<Float>(rows: inputs.rows, columns: model.hiddenBias.count)
      packed.hidden.multiply(
        inputs, rows: 0..<inputs.rows, plus: model.hiddenBias, activation: .relu, into: &hidden,
        rows: 0..<inputs.rows)
      var residuals = Matrix<Float>(rows: inputs.rows, columns: model.outputBias.count)
      packed.output.multiply(
        hidden, rows: 0..<inputs.rows, plus: model.outputBias, into: &residuals, rows: 0..<inputs.rows)
      partial.loss += loss.rows(at: rows).turnIntoSlopes(&residuals)
      PackedMatrix(residuals).addProduct(
        transposing: hidden, rows: 0..<inputs.rows, to: &partial.outputWeights)
      var slopes = Matrix<Float>(rows: inputs.rows, columns: hidden.columns)
      packed.back.multiply(residuals, rows: 0..<inputs.rows, into: &slopes, rows: 0..<inputs.rows)
      slopes.zeroWhereZero(in: hidden)
      PackedMatrix(slopes).addProduct(transposing: inputs, rows: 0..<inputs.rows, to: &partial.hiddenWeights)
      residuals.addColumnSums(to: &partial.outputBias)
      slopes.addColumnSums(to: &partial.hiddenBias)
    }
    return mean(of: partials, rows: rows.count, at: model)
  }

  private func mean(of partials: [Gradient], rows: Int, at model: PerceptronModel) -> Gradient {
    let share = 1 / Float(max(1, rows))
    func mean(_ block: (Gradient) -> [Float], decaying weights: [Float]?) -> [Float] {
      var sum = [Float](repeating: 0, count: partials.first.map { block($0).count } ?? 0)
      for partial in partials {
        let values = block(partial)
        for index in sum.indices { sum[index] += values[index] }
      }
      for index in sum.indices {
        sum[index] = sum[index] * share + Float(decay) * (weights.map { $0[index] } ?? 0)
      }
      return sum
    }
    var result = Gradient(of: model)
    result.hiddenWeights = Matrix(
      rows: model.hiddenWeights.rows, columns: model.hiddenWeights.columns,
      elements: mean({ $0.hiddenWeights.elements }, decaying: model.hiddenWeights.elements))
    result.hiddenBias = mean({ $0.hiddenBias }, decaying: nil)
    result.outputWeights = Matrix(
      rows: model.outputWeights.rows, columns: model.outputWeights.columns,
      elements: mean({ $0.outputWeights.elements }, decaying: model.outputWeights.elements))
    result.outputBias = mean({ $0.outputBias }, decaying: nil)
    result.loss = partials.reduce(0) { $0 + $1.loss } / Double(max(1, rows))
    return result
  }
}

extension Matrix<Float> {
  /// Puts zeros where `other` has them.
  fileprivate mutating func zeroWhereZero(in other: Matrix<Float>) {
    for row in 0..<rows {
      let start = row * columns
      fillRow(row) { values in
        for column in values.indices where other.elements[start + column] == 0 { values[column] = 0 }
      }
    }
  }

  fileprivate func addColumnSums(to sums: inout [Float]) {
    for row in 0..<rows {
      for column in 0..<columns { sums[column] += elements[row * columns + column] }
    }
  }
}

extension PerceptronModel {
  /// Parts that fit together because one place made them all.
  fileprivate init(
    drawn hiddenWeights: Matrix<Float>, hiddenBias: [Float], outputWeights: Matrix<Float>, outputBias: [Float]
  ) {
    (self.hiddenWeights, self.hiddenBias) = (hiddenWeights, hiddenBias)
    (self.outputWeights, self.outputBias) = (outputWeights, outputBias)
  }
}
