internal import LinearAlgebra

/// A linear layer behind the pooling (sentence-transformers' `Dense` module).
struct Dense: Sendable {
  let activation: Activation
  /// Values of a vector that comes out.
  let outputs: Int
  /// The file of the weights, as named within the model directory.
  let weightsFile: String
  private let layer: LinearLayer

  private struct Keys: Decodable {
    let in_features: Int
    let out_features: Int
    let bias: Bool?
    let activation_function: String?
  }

  private static let activations: [(name: String, activation: Activation)] = [
    ("torch.nn.modules.linear.Identity", .identity), ("torch.nn.modules.activation.Tanh", .tanh),
    ("torch.nn.modules.activation.ReLU", .relu), ("torch.nn.modules.activation.GELU", .gelu),
    ("torch.nn.modules.activation.SiLU", .silu),
  ]

  /// Reads the module in `folder` of the model directory; vectors of `inputs` values come in.
  init(_ directory: ModelDirectory, folder: String, inputs: Int) throws(BackboneError) {
    let file = "\(folder)/config.json"
    let path = directory.path(of: file)
    let keys = try directory.read(Keys.self, from: file)
    guard keys.in_features == inputs else {
      throw .malformed(
        file: path, key: "in_features",
        problem: "is \(keys.in_features), but \(inputs) values come in: pool so that there are as many")
    }
    guard 1...1_000_000 ~= keys.out_features else {
      throw .malformed(file: path, key: "out_features", problem: "is \(keys.out_features), which is no size")
    }
    let name = keys.activation_function ?? "torch.nn.modules.activation.Tanh"
    guard let known = Self.activations.first(where: { $0.name == name }) else {
      throw .unsupported(
        file: path, key: "activation_function", value: "\"\(name)\"", supported: Self.activations.map(\.name))
    }
    activation = known.activation
    outputs = keys.out_features
    weightsFile = "\(folder)/model.safetensors"
    let tensors = try SafetensorsFile(directory.path(of: weightsFile))
    let weight = try tensors.tensor("linear.weight", rows: outputs, columns: inputs)
    layer = try LinearLayer(
      stacking: [weight],
      bias: keys.bias == false
        ? [Float](repeating: 0, count: outputs) : tensors.vector("linear.bias", count: outputs))
  }

  func apply(to vector: [Float]) -> [Float] {
    var result = Matrix<Float>(rows: 1, columns: outputs)
    var noIntegers = QuantizedRows(rows: 0, columns: 0)
    layer.apply(
      to: Matrix(rows: 1, columns: vector.count, elements: vector), rows: 0..<1, activation: activation,
      into: &result, rows: 0..<1, quantizing: &noIntegers)
    return result.elements
  }
}
