public import Tokenization

/// Why a model directory cannot serve as a backbone.
///
/// Indirect, for Swift 6.3 misreads a typed error of more than four words that passes through a closure.
public indirect enum BackboneError: Error, Equatable, Sendable {
  /// A file the model needs is not there or cannot be read.
  case unreadable(file: String, reason: String)
  /// A file is there but does not hold what it should; `key` is where in it.
  case malformed(file: String, key: String, problem: String)
  /// A file asks for something that is not supported.
  case unsupported(file: String, key: String, value: String, supported: [String])
  /// A tensor is missing, or has another shape or type than the configuration asks for.
  case tensor(file: String, name: String, problem: String)
  /// The network has no such layer as was asked for; `last` is its last.
  case noLayer(Int, last: Int)
  /// Long texts are to be read in windows, but the prompt leaves no room in them.
  case noRoomForWindows(prompt: String, maximumLength: Int)
  /// The tokenizer's files are not what they should be.
  case tokenizer(TokenizationError)
}

extension BackboneError: CustomStringConvertible {
  /// What happened, in which file, at which key.
  public var description: String {
    switch self {
    case .unreadable(let file, let reason):
      "\(file): \(reason)"
    case .malformed(let file, let key, let problem):
      "\(file): `\(key)`: \(problem)"
    case .unsupported(let file, let key, let value, let supported):
      "\(file): `\(key)` is \(value), which Firn does not know; it knows \(supported.joined(separator: ", "))"
    case .tensor(let file, let name, let problem):
      "\(file): tensor `\(name)`: \(problem)"
    case .noLayer(let layer, let last):
      "there is no layer \(layer): the network has those from 0, its embeddings, to \(last)"
    case .noRoomForWindows(let prompt, let maximumLength):
      "no window of \(maximumLength) tokens has room for a text's own behind the prompt “\(prompt)”: choose another rule for "
        + "long texts"
    case .tokenizer(let error):
      "\(error)"
    }
  }
}
