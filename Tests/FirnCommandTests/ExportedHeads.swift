import Foundation
import Testing

/// A method, and a task of the examples that it learns.
struct Learnt: CustomTestStringConvertible {
  let method: String
  let task: String

  var testDescription: String { "\(method), \(task)" }

  /// A head of every kind of model and answer.
  static let all = [
    ("logistic", "section"), ("knn", "section"), ("mlp", "section"), ("ridge", "tags"), ("knn", "tags"),
    ("mlp", "tags"), ("ridge", "stars"), ("knn", "stars"), ("mlp", "stars"),
  ].map { Learnt(method: $0.0, task: $0.1) }
}

/// What `firn predict --top 3` says of a text.
struct AnyAnswer: Decodable {
  struct Candidate: Decodable {
    let label: String
    let score: Double
  }

  let id: String
  let label: String?
  let labels: [Candidate]?
  let top: [Candidate]?
  let number: Double?
}

extension Workbench {
  /// Trains the head `h`.
  func train(_ learnt: Learnt) throws {
    try firn("train h --dataset d --backbone tiny --task \(learnt.task) --method \(learnt.method)")
  }

  /// Exports the features of the examples as `vectors.npy`, and answers of `h` to their texts, in the same order.
  func answers() throws -> [AnyAnswer] {
    try firn("dataset export d --backbone tiny --to vectors.npy")
    return try firn("predict h vectors.jsonl --top 3 --json").jsonLines()
  }

  func bytes(of file: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appending(path: file)))
  }

  func text(of file: String) throws -> String {
    String(decoding: try bytes(of: file), as: UTF8.self)
  }

  /// The bytes of a version's weights, as the store keeps them.
  func weights(of version: Int = 1, in store: String = "firn") throws -> String {
    try sqlite("SELECT hex(weights) FROM head_version WHERE version = \(version)", of: store)
  }
}
