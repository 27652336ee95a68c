import Heads
import LinearAlgebra

/// SplitMix64: random numbers that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }

  /// A random float matrix, roughly normal.
  mutating func matrix(rows: Int, columns: Int) -> Matrix<Float> {
    Matrix(
      rows: rows, columns: columns,
      elements: (0..<rows * columns).map { _ in
        (0..<4).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &self) }
      })
  }
}

/// Classes that overlap: each row's features are noise around its class's centre.
func randomProblem(rows: Int, width: Int, classes: Int, seed: UInt64) throws -> TrainingData {
  var random = SeededGenerator(seed: seed)
  let centres = random.matrix(rows: classes, columns: width)
  let noise = random.matrix(rows: rows, columns: width)
  // The first rows see to it that every class has one.
  let labels = (0..<rows).map { $0 < classes ? $0 : Int.random(in: 0..<classes, using: &random) }
  let elements = labels.enumerated().flatMap { row, class_ in
    zip(noise.row(row), centres.row(class_)).map { $0 + $1 * 0.5 }
  }
  return try TrainingData(
    features: Matrix(rows: rows, columns: width, elements: elements),
    labels: ClassLabels(labels.map { "class \($0)" }))
}

extension Head {
  /// Its model, where that is linear.
  var linear: LinearModel {
    get throws {
      guard case .linear(let model) = model else { throw NotLinear() }
      return model
    }
  }
}

private struct NotLinear: Error {}
