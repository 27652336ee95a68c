internal import Heads
internal import JSON
internal import LinearAlgebra
internal import TensorFiles
internal import Transfer

/// What a transform does to rows that a head is to learn from.
enum TransformEffect: Sendable, Hashable {
  /// Their features are taken to another place.
  case map(FeatureMap)
  /// They count as often as rows like them are in the target.
  case densityRatio(DensityRatio)
  /// They count as often as is said of their class, and once where nothing is.
  case classWeights([ClassWeight])

  /// How often the rows of a class count.
  struct ClassWeight: Sendable, Hashable {
    let name: String
    let weight: Float
  }

  /// Rows as they are after it.
  ///
  /// - Throws: `HeadError` when they make no head, `TransferError` when their features have another length.
  func applied(to features: Matrix<Float>, _ targets: Targets, threads: Threads) throws -> TrainingData {
    let weights: [Float]? =
      switch self {
      case .map: nil
      case .densityRatio(let ratio): try ratio.weights(of: features)
      case .classWeights(let weights): targets.weights(by: weights)
      }
    return try TrainingData(
      features: moved(features, threads: threads), targets: targets, weights: weights)
  }

  /// Features where it takes them.
  ///
  /// - Throws: `TransferError` when they have another length.
  func moved(_ features: Matrix<Float>, threads: Threads) throws -> Matrix<Float> {
    guard case .map(let map) = self else { return features }
    return try map(features, threads: threads)
  }
}

extension Targets {
  /// How often each row counts by its class.
  fileprivate func weights(by classes: [TransformEffect.ClassWeight]) -> [Float]? {
    guard case .classes(let labels) = self else { return nil }
    let weights = ClassLabels.places(of: labels.classes, among: classes.map(\.name)).map { place in
      place.map { classes[$0].weight } ?? 1
    }
    return labels.indices.map { weights[Int($0)] }
  }
}

/// The effect as the bytes of a safetensors file.
///
/// Metadata, all text: `format` "firn-transform", `format_version` "1", and `effect`, which says what tensors there are, all float32: of "map"
/// `centre` [d], `matrix` [d, d′] and `shift` [d′], for (x − centre)·matrix + shift; of "density_ratio" `coefficients` [d] and `intercept` [1], for
/// exp(x·coefficients + intercept); of "class_weights" `weights` [classes], whose names are the JSON array `classes`. Equal effects are
/// equal bytes.
extension TransformEffect {
  private static let format = "firn-transform"

  /// The bytes.
  var bytes: [UInt8] {
    var metadata = ["format": Self.format, "format_version": "1"]
    var tensors: [String: (shape: [Int], values: [Float])] = [:]
    func floats(_ values: [Double]) -> [Float] { values.map { Float($0) } }
    switch self {
    case .map(let map):
      metadata["effect"] = "map"
      tensors["centre"] = ([map.centre.count], floats(map.centre))
      tensors["matrix"] = ([map.matrix.rows, map.matrix.columns], floats(map.matrix.elements))
      tensors["shift"] = ([map.shift.count], floats(map.shift))
    case .densityRatio(let ratio):
      metadata["effect"] = "density_ratio"
      tensors["coefficients"] = ([ratio.coefficients.count], ratio.coefficients)
      tensors["intercept"] = ([1], [ratio.intercept])
    case .classWeights(let weights):
      metadata["effect"] = "class_weights"
      metadata["classes"] = JSONValue.array(weights.map { .string($0.name) }).canonicalText
      tensors["weights"] = ([weights.count], weights.map(\.weight))
    }
    return SafetensorsHeader.file(metadata: metadata, tensors: tensors)
  }

  /// Reads the bytes. Throws `HeadError.archive(key:problem:)` when they are none, naming the key that is wrong.
  init(bytes: [UInt8]) throws(HeadError) {
    let file = try ArchiveFile(bytes)
    guard file.metadata("format") == Self.format, file.metadata("format_version") == "1" else {
      throw .archive(key: "format", problem: "it is not “\(Self.format)”, version 1")
    }
    func doubles(_ name: String) throws(HeadError) -> [Double] {
      try file.tensor(name, dimensions: 1).values.map { Double($0) }
    }
    switch file.metadata("effect") {
    case "map":
      let (centre, shift) = (try doubles("centre"), try doubles("shift"))
      let matrix = try file.tensor("matrix", dimensions: 2)
      guard matrix.shape == [centre.count, shift.count] else {
        throw .archive(key: "matrix", problem: "its shape \(matrix.shape) fits no centre and shift")
      }
      self = .map(
        FeatureMap(
          centre: centre,
          matrix: Matrix(
            rows: centre.count, columns: shift.count, elements: matrix.values.map { Double($0) }),
          shift: shift))
    case "density_ratio":
      let intercept = try file.tensor("intercept", dimensions: 1).values
      guard intercept.count == 1 else { throw .archive(key: "intercept", problem: "it is not one value") }
      self = .densityRatio(
        DensityRatio(
          coefficients: try file.tensor("coefficients", dimensions: 1).values, intercept: intercept[0]))
    case "class_weights":
      let weights = try file.tensor("weights", dimensions: 1).values
      guard let value = try? JSONValue(parsing: Array(file.metadata("classes").utf8)[...]),
        case .array(let names) = value, names.count == weights.count
      else { throw .archive(key: "classes", problem: "they are not a name for each weight") }
      var known: [ClassWeight] = []
      for case (.string(let name), let weight) in zip(names, weights) {
        known.append(ClassWeight(name: name, weight: weight))
      }
      self = .classWeights(known)
    case let other:
      throw .archive(key: "effect", problem: "“\(other)” is nothing that this program knows")
    }
  }
}
