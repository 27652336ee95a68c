internal import LinearAlgebra

/// How the vectors of a text's tokens become one (sentence-transformers' `Pooling` module).
struct Pooling: Sendable {
  /// The ways whose results stand one behind the other in the vector.
  let modes: [PoolingMode]
  /// Whether the tokens of a prompt count like the text's.
  let includesPrompt: Bool

  /// The vector of the text whose tokens' vectors are `rows` of `hidden`, the first `promptTokens` of them the prompt's:
  /// modes × hidden size values.
  func pool(_ hidden: Matrix<Float>, rows text: Range<Int>, promptTokens: Int) -> [Float] {
    let skipped = includesPrompt || promptTokens >= text.count ? 0 : promptTokens
    let rows = text.dropFirst(skipped)
    return modes.flatMap { mode -> [Float] in
      switch mode {
      case .cls: Array(hidden.row(rows.lowerBound))
      case .lastToken: Array(hidden.row(rows.upperBound - 1))
      case .max: fold(hidden, rows) { Swift.max($0, $1) }
      case .mean: sum(hidden, rows).map { $0 / Float(rows.count) }
      case .meanSqrtLength: sum(hidden, rows).map { $0 / Float(rows.count).squareRoot() }
      case .weightedMean: weightedMean(hidden, rows, firstPosition: skipped)
      }
    }
  }

  private func sum(_ hidden: Matrix<Float>, _ rows: Range<Int>) -> [Float] {
    fold(hidden, rows) { $0 + $1 }
  }

  private func fold(
    _ hidden: Matrix<Float>, _ rows: Range<Int>, _ combine: (Float, Float) -> Float
  ) -> [Float] {
    var result = Array(hidden.row(rows.lowerBound))
    for row in rows.dropFirst() {
      let values = hidden.row(row)
      for (column, value) in zip(result.indices, values) { result[column] = combine(result[column], value) }
    }
    return result
  }

  private func weightedMean(_ hidden: Matrix<Float>, _ rows: Range<Int>, firstPosition: Int) -> [Float] {
    var result = [Float](repeating: 0, count: hidden.columns)
    var total: Float = 0
    for (index, row) in rows.enumerated() {
      let weight = Float(firstPosition + index + 1)
      total += weight
      for (column, value) in zip(result.indices, hidden.row(row)) { result[column] += weight * value }
    }
    return result.map { $0 / total }
  }
}

/// `1_Pooling/config.json`, in the form of today and in the one before.
extension Pooling {
  private struct Keys: Decodable {
    var modes: [(key: String, name: String)] = []
    var dimension: Int?
    var includesPrompt = true

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue _: Int) { nil }
    }

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      for key in container.allKeys {
        switch key.stringValue {
        case "pooling_mode":
          let names =
            try (try? [container.decode(String.self, forKey: key)])
            ?? container.decode([String].self, forKey: key)
          modes = names.map { (key.stringValue, $0) }
        case "embedding_dimension", "word_embedding_dimension":
          dimension = try container.decode(Int.self, forKey: key)
        case "include_prompt":
          includesPrompt = try container.decode(Bool.self, forKey: key)
        default: break
        }
      }
      guard modes.isEmpty else { return }
      // The older form's order is fixed; the cases of `PoolingMode` are declared in it.
      for mode in PoolingMode.allCases {
        let key = Key(stringValue: mode.legacyKey)
        if try container.decodeIfPresent(Bool.self, forKey: key) == true {
          modes.append((key.stringValue, mode.rawValue))
        }
      }
      for key in container.allKeys where key.stringValue.hasPrefix("pooling_mode_") {
        let isKnown = PoolingMode.allCases.contains { $0.legacyKey == key.stringValue }
        if !isKnown, try container.decode(Bool.self, forKey: key) { modes.append((key.stringValue, "true")) }
      }
    }
  }

  /// Reads the module in `folder` of the model directory, whose tokens have `dimension` values.
  init(_ directory: ModelDirectory, folder: String, dimension: Int) throws(BackboneError) {
    let file = "\(folder)/config.json"
    let path = directory.path(of: file)
    let keys = try directory.read(Keys.self, from: file)
    if let declared = keys.dimension, declared != dimension {
      throw .malformed(
        file: path, key: "word_embedding_dimension",
        problem: "is \(declared), but the network gives \(dimension)")
    }
    var modes: [PoolingMode] = []
    for (key, name) in keys.modes {
      guard let mode = PoolingMode(rawValue: name) else {
        throw .unsupported(
          file: path, key: key, value: "\"\(name)\"", supported: PoolingMode.allCases.map(\.rawValue))
      }
      // Else a short list would make vectors of any length.
      guard !modes.contains(mode) else {
        throw .malformed(file: path, key: key, problem: "names \"\(name)\" twice")
      }
      modes.append(mode)
    }
    self.init(modes: modes.isEmpty ? [.mean] : modes, includesPrompt: keys.includesPrompt)
  }
}
