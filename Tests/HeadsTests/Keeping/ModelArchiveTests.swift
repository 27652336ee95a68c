import LinearAlgebra
import Testing

@testable import Heads

/// Archives of heads of every kind of model and answer.
@Suite struct ModelArchiveTests {
  private static let kinds = ["classes", "tags", "numbers"]

  private func head(_ method: HeadMethod, _ kind: String) throws -> Head? {
    let classes = try randomProblem(rows: 40, width: 5, classes: 3, seed: 81)
    let targets: Targets =
      switch kind {
      case "tags":
        .tags(TagLabels((0..<40).map { row in ["a", "b", "c"].filter { _ in (row * 7) % 3 < 2 } }))
      case "numbers": .numbers((0..<40).map { Double($0) / 3 })
      default: classes.targets
      }
    guard method.learns(targets.answers) else { return nil }
    let data = try TrainingData(features: classes.features, targets: targets)
    return try HeadSpecification(method: method, units: method == .mlp ? 4 : nil).trainer().train(on: data)
      .head
  }

  @Test(arguments: HeadMethod.allCases, kinds)
  func aHeadIsReadAsItWasWritten(method: HeadMethod, kind: String) throws {
    guard let head = try head(method, kind) else { return }
    let bytes = HeadArchive(head, method: method).bytes
    let archive = try HeadArchive(bytes: bytes)
    #expect(archive.method == method)
    #expect(archive.head.answers == head.answers)
    #expect(HeadArchive(archive.head, method: method).bytes == bytes)
    let rows = try randomProblem(rows: 10, width: 5, classes: 2, seed: 82).features
    #expect(try archive.head.outputs(of: rows) == head.outputs(of: rows))
  }

  @Test(arguments: [HeadMethod.knn, .mlp], kinds)
  func anyByteMayBeWrongWithoutHarm(method: HeadMethod, kind: String) throws {
    let bytes = HeadArchive(try #require(try head(method, kind)), method: method).bytes
    let rows = Matrix<Float>(rows: 1, columns: 5)
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xff] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        guard let head = try? HeadArchive(bytes: damaged).head else { continue }
        #expect(head.model.outputs == head.answers.count)
        _ = try? head.outputs(of: rows)
      }
    }
    for length in stride(from: 0, to: bytes.count, by: 7) {
      #expect(throws: HeadError.self) { try HeadArchive(bytes: Array(bytes[..<length])) }
    }
  }
}
