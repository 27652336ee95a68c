import Firn
import Terminal

/// Names the rows of an input that are rejected: the first of them, for whoever has more reads the wrong file, or the wrong fields.
struct RejectionNotes {
  private static let most = 20

  private let input: String
  private let output: Output
  private var count = 0

  init(of input: String, on output: Output) {
    (self.input, self.output) = (input, output)
  }

  /// Names a row by `tell`, which writes a line.
  mutating func add(_ rejection: Rejection, by tell: (String) -> Void) {
    count += 1
    if !output.isQuiet && count <= Self.most { tell("\(input): \(rejection)") }
  }

  /// Says how many rows more there were.
  func finish() {
    if count > Self.most { output.note("… and \(Readable.count(count - Self.most)) rows more") }
  }
}
