import Foundation
import Heads
import LinearAlgebra

// usage: ridge ROWS WIDTH TASKS PENALTY…
// Draws features and so many tasks of two classes, trains a ridge head for each at each penalty by one RidgeSweep, with its exact
// leave-one-out error, and prints the seconds as a line of JSON. Then trains a few of the tasks alone, and says how far the heads are apart.

struct Answer: Encodable {
  let rows, width, tasks: Int
  let penalties: [Double]
  /// Of the axes, and of all heads.
  let axesSeconds, headsSeconds: Double
  /// Of one head trained alone.
  let aloneSeconds: Double
  /// The largest difference of a weight, and the largest relative one of a leave-one-out error.
  let weightsApart, errorsApart: Double
}

func seconds<Value>(_ work: () throws -> Value) rethrows -> (Value, Double) {
  let start = ContinuousClock.now
  let value = try work()
  return (value, (ContinuousClock.now - start) / .seconds(1))
}

func weights(_ head: TrainedHead) -> [Float] {
  if case .linear(let model) = head.head.model { model.weights.elements } else { [] }
}

let words = CommandLine.arguments.dropFirst().compactMap { Double($0) }
guard words.count > 3 else { fatalError("usage: ridge ROWS WIDTH TASKS PENALTY…") }
let (rows, width, count, penalties) = (Int(words[0]), Int(words[1]), Int(words[2]), Array(words[3...]))

/// SplitMix64: the system's own numbers cost a call each.
struct Generator: RandomNumberGenerator {
  var state: UInt64 = 85
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}

var random = Generator()
let features = Matrix(
  rows: rows, columns: width,
  elements: (0..<rows * width).map { _ in Float.random(in: -1...1, using: &random) })
let tasks = try (0..<count).map { _ in
  try Targets.classes(
    ClassLabels(
      classes: ["a", "b"], indices: (0..<rows).map { _ in Int32.random(in: 0...1, using: &random) }))
}
let (sweep, axesSeconds) = try seconds { try RidgeSweep(features: features, penalties: penalties) }
let (heads, headsSeconds) = try seconds { try sweep.heads(for: tasks) }
var (weightsApart, errorsApart, aloneSeconds) = (0.0, 0.0, 0.0)
for task in stride(from: 0, to: count, by: max(1, count / 3)) {
  for (place, penalty) in penalties.enumerated() {
    let data = try TrainingData(features: features, targets: tasks[task])
    let (alone, time) = try seconds { try RidgeTrainer(penalty: penalty).train(on: data) }
    // The error is measured where there is a penalty to choose.
    let chosen = try RidgeTrainer(penalties: [penalty, 2 * penalty]).train(on: data)
    aloneSeconds = time
    let apart = zip(weights(alone), weights(heads[task][place])).map { abs(Double($0 - $1)) }.max() ?? 0
    let errors = [chosen, heads[task][place]].map { $0.report.penaltyCurve[0].loss }
    weightsApart = max(weightsApart, apart)
    errorsApart = max(errorsApart, abs(errors[0] / errors[1] - 1))
  }
}
let encoder = JSONEncoder()
encoder.keyEncodingStrategy = .convertToSnakeCase
encoder.outputFormatting = .sortedKeys
let answer = Answer(
  rows: rows, width: width, tasks: count, penalties: penalties, axesSeconds: axesSeconds,
  headsSeconds: headsSeconds, aloneSeconds: aloneSeconds, weightsApart: weightsApart, errorsApart: errorsApart
)
print(String(decoding: try encoder.encode(answer), as: UTF8.self))
