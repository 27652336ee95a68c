internal import LinearAlgebra
public import ONNX

extension Head {
  /// The head as a graph of ONNX's operators, set 17, for programs that know nothing of Firn.
  ///
  /// The input is `features`, float32 [rows, d]. Where the answer is a number, the output is `number` [rows]; else there are
  /// `scores` and `probabilities` [rows, answers], and where one class is right, `label` [rows], the most probable one's name.
  public var graph: ONNXGraph {
    var graph = ONNXGraph(
      "head", inputs: [.init(.features, .float, [.any(.rows), .fixed(width)])])
    let scores = model.addScores(to: &graph)
    switch answers {
    case .number:
      let axis = graph.constant("answer_axis", .integers([1]))
      let number = graph.apply("Squeeze", to: scores, axis, as: "number")
      graph.output(.init(number, .float, [.any(.rows)]))
    case .oneOf(let classes):
      let probabilities = graph.addProbabilities(
        of: scores, sharpness: sharpness, by: "Softmax", count: classes.count)
      let best = graph.apply("ArgMax", to: probabilities, with: ["axis": 1, "keepdims": 0], as: "best")
      let names = graph.constant("classes", .texts(classes))
      let label = graph.apply("Gather", to: names, best, as: "label")
      graph.output(.init(label, .string, [.any(.rows)]))
    case .anyOf(let tags):
      _ = graph.addProbabilities(of: scores, sharpness: sharpness, by: "Sigmoid", count: tags.count)
    }
    return graph
  }
}

extension String {
  /// The name of the input.
  static let features = "features"
  /// The name of the number of rows.
  fileprivate static let rows = "rows"
}

extension ONNXGraph {
  /// Adds the link from scores [rows, count] to probabilities, and gives both out.
  fileprivate mutating func addProbabilities(
    of scores: String, sharpness: Float, by link: String, count: Int
  ) -> String {
    let sharpness = constant("sharpness", .floats([sharpness], shape: [1]))
    let sharpened = apply("Mul", to: scores, sharpness, as: "sharpened_scores")
    let probabilities = apply(link, to: sharpened, as: "probabilities")
    for name in [scores, probabilities] { output(.init(name, .float, [.any(.rows), .fixed(count)])) }
    return probabilities
  }
}

extension HeadModel {
  /// Adds what makes scores [rows, outputs] of the features.
  fileprivate func addScores(to graph: inout ONNXGraph) -> String {
    switch self {
    case .linear(let model): model.addScores(to: &graph)
    case .neighbours(let model): model.addScores(to: &graph)
    case .perceptron(let model): model.addScores(to: &graph)
    }
  }
}

extension LinearModel {
  fileprivate func addScores(to graph: inout ONNXGraph) -> String {
    let weight = graph.constant(
      "weight", .matrix(weights))
    let bias = graph.constant("bias", .floats(bias, shape: [bias.count]))
    return graph.apply("Gemm", to: .features, weight, bias, with: ["transB": 1], as: "scores")
  }
}

extension PerceptronModel {
  fileprivate func addScores(to graph: inout ONNXGraph) -> String {
    let hiddenWeight = graph.constant(
      "hidden_weight", .matrix(hiddenWeights))
    let hiddenBias = graph.constant("hidden_bias", .floats(hiddenBias, shape: [hiddenBias.count]))
    let outputWeight = graph.constant(
      "output_weight", .matrix(outputWeights))
    let outputBias = graph.constant("output_bias", .floats(outputBias, shape: [outputBias.count]))
    let hidden = graph.apply("Gemm", to: .features, hiddenWeight, hiddenBias, as: "hidden")
    let active = graph.apply("Relu", to: hidden, as: "active")
    return graph.apply("Gemm", to: active, outputWeight, outputBias, as: "scores")
  }
}

extension ONNXTensor {
  static func matrix(_ matrix: Matrix<Float>) -> ONNXTensor {
    .floats(matrix.elements, shape: [matrix.rows, matrix.columns])
  }
}
