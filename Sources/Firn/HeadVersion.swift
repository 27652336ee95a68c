internal import Foundation
public import Heads
public import Storage

/// One immutable training result: what was asked for, what it was learnt from, and how well it does.
public struct HeadVersion: Sendable {
  /// What the store keeps of it.
  public let record: HeadVersionRecord
  /// What decided the training, beside the data.
  public let specification: HeadSpecification
  /// What was measured.
  public let metrics: HeadMetrics
  /// What it was trained with.
  public let environment: HeadEnvironment

  /// Its reference: `HEAD@3`.
  public var reference: HeadReference { HeadReference(record.head, .number(record.version)) }

  init(_ record: HeadVersionRecord) throws {
    self.record = record
    func decoded<Value: Decodable>(_ json: String, _ what: String) throws -> Value {
      do {
        return try JSONDecoder().decode(Value.self, from: Data(json.utf8))
      } catch {
        throw FirnError.damagedHead(
          head: record.head, version: record.version, reason: "its \(what) cannot be read")
      }
    }
    specification = try decoded(record.specification, "specification")
    metrics = try decoded(record.metrics, "metrics")
    environment = try decoded(record.environment, "environment")
  }
}

/// What a head was trained with: none of it decides the bytes, but it explains where they would differ.
public struct HeadEnvironment: Sendable, Codable, Hashable {
  /// The version of Firn.
  public let firn: String
  /// The form of the float kernels.
  public let kernels: String
  /// The library and processor kernels that took the double-precision products.
  public let blas: String
  /// How long the training took.
  public let seconds: Double
}
