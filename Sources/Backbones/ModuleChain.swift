internal import LinearAlgebra

/// What follows the encoder: `modules.json` names a chain of a Transformer, a Pooling, then any of Dense and Normalize.
struct ModuleChain: Sendable {
  static let file = "modules.json"

  /// What happens to a pooled vector.
  enum Step: Sendable {
    case dense(Dense)
    /// Scaling to length 1.
    case normalize
  }

  let pooling: Pooling
  let steps: [Step]
  /// Values of a finished vector.
  let dimension: Int

  private struct Module: Decodable {
    let path: String
    let type: String
  }

  /// Reads the chain of a model directory whose encoder gives `hiddenSize` values a token; `modes`, if any, take the place
  /// of those that it names. Without a `modules.json` it is the mean alone, which is what sentence-transformers makes of such
  /// a directory.
  init(_ directory: ModelDirectory, hiddenSize: Int, pooling modes: [PoolingMode]) throws(BackboneError) {
    guard directory.contains(Self.file) else {
      pooling = Pooling(modes: modes.isEmpty ? [.mean] : modes, includesPrompt: true)
      (steps, dimension) = ([], hiddenSize * pooling.modes.count)
      return
    }
    let path = directory.path(of: Self.file)
    let modules = try directory.read([Module].self, from: Self.file)
    var pooling: Pooling?
    var steps: [Step] = []
    var dimension = hiddenSize
    for (index, module) in modules.enumerated() {
      // Only the last component names the class: the packages before it have moved from version to version.
      let name = module.type.split(separator: ".").last.map(String.init) ?? ""
      switch (index, name) {
      case (0, "Transformer"):
        guard module.path.isEmpty else {
          throw .unsupported(file: path, key: "[0].path", value: "\"\(module.path)\"", supported: ["\"\""])
        }
      case (1, "Pooling"):
        let named = try Pooling(directory, folder: module.path, dimension: hiddenSize)
        let read = Pooling(modes: modes.isEmpty ? named.modes : modes, includesPrompt: named.includesPrompt)
        dimension = hiddenSize * read.modes.count
        pooling = read
      case (2..., "Dense"):
        let dense = try Dense(directory, folder: module.path, inputs: dimension)
        dimension = dense.outputs
        steps.append(.dense(dense))
      case (2..., "Normalize"):
        steps.append(.normalize)
      default:
        throw .unsupported(
          file: path, key: "[\(index)].type", value: "\"\(module.type)\"",
          supported: ["Transformer first", "Pooling second", "then Dense and Normalize"])
      }
    }
    guard let pooling else {
      throw .malformed(
        file: path, key: "[1].type", problem: "is missing: a Pooling module must follow the Transformer")
    }
    (self.pooling, self.steps, self.dimension) = (pooling, steps, dimension)
  }

  /// The finished vector of the text whose tokens' vectors are `rows` of `hidden`, the first `promptTokens` of them the
  /// prompt's.
  func vector(_ hidden: Matrix<Float>, rows: Range<Int>, promptTokens: Int) -> [Float] {
    steps.reduce(pooling.pool(hidden, rows: rows, promptTokens: promptTokens)) { vector, step in
      switch step {
      case .dense(let dense): dense.apply(to: vector)
      case .normalize: Self.normalized(vector)
      }
    }
  }

  /// The vector of a text that was read in windows: the mean of theirs, weighted, and normalised again where they are.
  func mean(of windows: [[Float]], weights: [Int]) -> [Float] {
    // A text that fits one window has that one's very bits.
    if windows.count == 1 { return windows[0] }
    var sums = [Double](repeating: 0, count: dimension)
    for (vector, weight) in zip(windows, weights) {
      for (column, value) in vector.enumerated() { sums[column] += Double(weight) * Double(value) }
    }
    let total = Double(weights.reduce(0, +))
    let mean = sums.map { Float($0 / total) }
    if case .normalize = steps.last { return Self.normalized(mean) }
    return mean
  }

  private static func normalized(_ vector: [Float]) -> [Float] {
    let norm = vector.reduce(0.0) { $0 + Double($1) * Double($1) }.squareRoot()
    let divisor = Float(max(norm, 1e-12))
    return vector.map { $0 / divisor }
  }
}

extension ModuleChain.Step: CustomStringConvertible {
  var description: String {
    switch self {
    case .dense(let dense): "dense(\(dense.outputs), \(dense.activation.rawValue))"
    case .normalize: "normalize"
    }
  }
}
