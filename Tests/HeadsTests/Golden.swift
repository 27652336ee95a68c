import Foundation
import Heads
import LinearAlgebra

/// The golden files that tools/golden/heads.py makes with scikit-learn and safetensors.
enum Golden {
  static func bytes(_ name: String) throws -> [UInt8] {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens")
    return try [UInt8](Data(contentsOf: folder.appending(path: name)))
  }

  static func decoded<Value: Decodable>(_ name: String, as _: Value.Type = Value.self) throws -> Value {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try decoder.decode(Value.self, from: Data(bytes(name)))
  }
}

/// A training problem with what scikit-learn makes of it.
struct GoldenProblem {
  struct Answers: Decodable {
    let rows, width: Int
    let labels: [Int]
    let logistic: [Logistic]
    let ridge: [Ridge]
    let chosenRidgePenalty: Double
  }

  struct Logistic: Decodable {
    let penalty, objective: Double
    let probabilities: [[Double]]
  }

  struct Ridge: Decodable {
    let penalty, error, accuracy, objective, sharpness: Double
    let weights: [[Double]]
    let bias: [Double]
  }

  let answers: Answers
  let data: TrainingData

  static let names = ["tall", "wide"]

  init(_ name: String) throws {
    answers = try Golden.decoded("\(name).json")
    let values = try Golden.bytes("\(name).f32").withUnsafeBytes { bytes in
      stride(from: 0, to: bytes.count, by: 4).map {
        Float(bitPattern: UInt32(littleEndian: bytes.loadUnaligned(fromByteOffset: $0, as: UInt32.self)))
      }
    }
    data = try TrainingData(
      features: Matrix(rows: answers.rows, columns: answers.width, elements: values),
      labels: ClassLabels(answers.labels.map(String.init)))
  }
}
