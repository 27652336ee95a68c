internal import LinearAlgebra

/// A perceptron as tensors, all float32: `hidden_weight` [features, units], `hidden_bias` [units], `output_weight` [units, outputs],
/// `output_bias` [outputs].
extension PerceptronModel {
  var tensors: [String: (shape: [Int], values: [Float])] {
    [
      "hidden_weight": ([hiddenWeights.rows, hiddenWeights.columns], hiddenWeights.elements),
      "hidden_bias": ([hiddenBias.count], hiddenBias),
      "output_weight": ([outputWeights.rows, outputWeights.columns], outputWeights.elements),
      "output_bias": ([outputBias.count], outputBias),
    ]
  }

  init(in file: ArchiveFile) throws(HeadError) {
    func matrix(_ name: String) throws(HeadError) -> Matrix<Float> {
      let tensor = try file.tensor(name, dimensions: 2)
      return Matrix(rows: tensor.shape[0], columns: tensor.shape[1], elements: tensor.values)
    }
    try self.init(
      hiddenWeights: matrix("hidden_weight"), hiddenBias: file.tensor("hidden_bias", dimensions: 1).values,
      outputWeights: matrix("output_weight"), outputBias: file.tensor("output_bias", dimensions: 1).values)
  }
}
