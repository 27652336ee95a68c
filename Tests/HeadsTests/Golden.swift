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

/// What the original software makes of a golden problem by the other methods: tools/golden/methods.py.
struct GoldenMethods: Decodable {
  struct Problem: Decodable {
    let tags: [[Int]]
    let numbers: [Double]
    let centroid: Centroid
    let lda: LDA
    let knn: Neighbours
    let ridge: Ridge
    let novelty: Novelty
    let convex: Convex
  }

  struct Convex: Decodable {
    let penalty, classHinge, tagHinge, tagLogistic: Double
    let classScores, tagProbabilities: [[Double]]
  }

  struct Novelty: Decodable {
    let queries: [Float]
    let distances: [Double]
  }

  struct Centroid: Decodable {
    let answers, leftOut: [Int]
  }

  struct LDA: Decodable {
    let shrinkage: Double
    let probabilities: [[Double]]
  }

  struct Neighbours: Decodable {
    let count: Int
    let queries: [Float]
    let classes, tags: [[Double]]
    let numbers: [Double]
  }

  struct Ridge: Decodable {
    let penalty, tagError, numberError: Double
    let slopes, numbers: [Double]
    let tagProbabilities: [[Double]]
  }

  struct Perceptron: Decodable {
    struct Run: Decodable {
      let first, last: [[Float]]
      let losses: [Double]
    }

    let units: Int
    let decay: Double
    let batches: [[Int]]
    let classes, tags, numbers: Run
  }

  let tall, wide: Problem
  let perceptron: Perceptron

  static func decoded() throws -> GoldenMethods { try Golden.decoded("methods.json") }

  subscript(name: String) -> Problem { name == "tall" ? tall : wide }
}

extension GoldenMethods.Problem {
  /// The tags of the rows; they are called by their numbers.
  var tagLabels: TagLabels {
    TagLabels(tags.map { row in row.indices.filter { row[$0] == 1 }.map(String.init) })
  }
}

/// What the original software makes of a golden problem by the settings of a training: tools/golden/settings.py.
struct GoldenSettings: Decodable {
  struct Optimum: Decodable {
    let objective: Double
    let outputs: [[Double]]
  }

  struct Classes: Decodable {
    let balanced, given: Optimum
  }

  struct Smoothed: Decodable {
    let classes, weightedClasses, tags, weightedTags: Optimum
  }

  struct Standardised: Decodable {
    let logistic: Optimum
    let ridge: Optimum
    let centroid: [Int]
  }

  struct WeightedRows: Decodable {
    let weights: [Float]
    let logistic, hinge: Optimum
  }

  struct Problem: Decodable {
    let classes: Classes
    let tags: Optimum
    let weightedRows: WeightedRows
    let posWeight, classHinge, tagHinge: Optimum
    let smoothed: Smoothed
    let standardised: Standardised
  }

  struct Perceptron: Decodable {
    let units: Int
    let decay: Double
    let batches: [[Int]]
    let classes, tags: GoldenMethods.Perceptron.Run
  }

  let penalty, smoothing: Double
  let given: [String: Double]
  let tall, wide: Problem
  let perceptron: Perceptron

  static func decoded() throws -> GoldenSettings { try Golden.decoded("settings.json") }

  subscript(name: String) -> Problem { name == "tall" ? tall : wide }
}

/// How far values lie from what they should be, at the most; infinitely far where there are others.
func largestDifference(_ values: [Float], _ expected: [[Double]]) -> Double {
  let expected = expected.flatMap { $0 }
  guard values.count == expected.count else { return .infinity }
  return zip(values, expected).reduce(0) { max($0, abs(Double($1.0) - $1.1)) }
}

/// Whether all values are within `tolerance` of what they should be.
func areClose(_ values: [Float], _ expected: [Double], within tolerance: Double) -> Bool {
  values.count == expected.count && zip(values, expected).allSatisfy { abs(Double($0) - $1) <= tolerance }
}
