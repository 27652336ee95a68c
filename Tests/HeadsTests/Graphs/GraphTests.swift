import LinearAlgebra
import ONNX
import Testing

@testable import Heads

/// As a graph, a head of every kind of model and answer says what it says here.
@Suite struct GraphTests {
  private static let kinds = ["classes", "tags", "numbers"]

  /// Rows of which one is all zeros and two are the same, and answers of a kind. One tag is so rare that few neighbours have it.
  private func data(_ kind: String) throws -> TrainingData {
    let problem = try randomProblem(rows: 60, width: 5, classes: 3, seed: 91)
    var elements = problem.features.elements
    elements.replaceSubrange(0..<5, with: [0, 0, 0, 0, 0])
    elements.replaceSubrange(5..<10, with: elements[10..<15])
    let targets: Targets =
      switch kind {
      case "tags":
        .tags(
          TagLabels(
            (0..<60).map { row in ["a", "b"].filter { _ in (row * 7) % 3 < 2 } + (row == 9 ? ["雪"] : []) }))
      case "numbers": .numbers((0..<60).map { Double($0) / 3 - 7 })
      default: problem.targets
      }
    return try TrainingData(
      features: Matrix(rows: 60, columns: 5, elements: elements), targets: targets)
  }

  private func check(_ head: Head, on rows: Matrix<Float>) throws {
    let model = ONNXModel(head.graph, description: "a head", metadata: ["task": "t", "classes": #"["é"]"#])
    let found = try ONNXRuntime(model, on: rows)
    func isClose(_ name: String, _ expected: Matrix<Float>) throws -> Bool {
      let values = try #require(found.numbers[name])
      return values.count == expected.elements.count
        && zip(values, expected.elements).allSatisfy { $0 == $1 || abs($0 - $1) <= 1e-5 * max(1, abs($1)) }
    }
    let (scores, outputs) = (try head.scores(of: rows), try head.outputs(of: rows))
    guard head.answers != .number else {
      #expect(Set(found.numbers.keys) == ["number"] && found.labels == nil)
      #expect(try isClose("number", outputs), "\(found.numbers), \(outputs.elements)")
      return
    }
    #expect(Set(found.numbers.keys) == ["scores", "probabilities"])
    #expect(try isClose("scores", scores), "\(found.numbers), \(scores.elements)")
    #expect(try isClose("probabilities", outputs), "\(found.numbers), \(outputs.elements)")
    guard case .oneOf(let classes) = head.answers else {
      #expect(found.labels == nil)
      return
    }
    #expect(found.labels == (0..<rows.rows).map { classes[outputs.largest(ofRow: $0)] })
  }

  @Test(arguments: HeadMethod.allCases, kinds)
  func `ONNX Runtime gives the same scores and answers`(method: HeadMethod, kind: String) throws {
    let data = try data(kind)
    guard method.learns(data.targets.answers) else { return }
    let specification = HeadSpecification(
      method: method, neighbours: method == .knn ? 7 : nil, units: method == .mlp ? 4 : nil)
    let head = try specification.trainer().train(on: data).head
    let others = try randomProblem(rows: 20, width: 5, classes: 2, seed: 92).features.elements
    // Other rows, some of its own, and one without a direction.
    let rows = others + data.features.elements.prefix(50) + [0, 0, 0, 0, 0]
    try check(head, on: Matrix(rows: 31, columns: 5, elements: rows))
    try check(head, on: Matrix(rows: 1, columns: 5, elements: Array(others.prefix(5))))
  }

  @Test(arguments: kinds)
  func `More neighbours than there are rows are all of them`(kind: String) throws {
    let data = try data(kind)
    let model = try NeighbourModel(features: data.features, targets: data.targets, count: 1_000)
    let head = try Head(answers: data.targets.answers, model: .neighbours(model), sharpness: 0.7)
    try check(head, on: randomProblem(rows: 20, width: 5, classes: 2, seed: 93).features)
  }

  @Test func `A tag that no row has keeps a probability of zero`() throws {
    let features = try randomProblem(rows: 4, width: 5, classes: 2, seed: 94).features
    let targets = Targets.tags(try TagLabels(tags: ["all", "none"], indices: [[0], [0], [0], [0]]))
    let model = try NeighbourModel(features: features, targets: targets, count: 2)
    try check(Head(answers: targets.answers, model: .neighbours(model)), on: features)
  }

  @Test func `Equal heads are equal bytes`() throws {
    let head = try HeadSpecification(method: .knn, neighbours: 3).trainer().train(on: data("tags")).head
    func bytes() -> [UInt8] { ONNXModel(head.graph, description: "", metadata: ["b": "1", "a": "2"]).bytes }
    #expect(bytes() == bytes())
  }
}
