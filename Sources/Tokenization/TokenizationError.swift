public import JSON

/// Why a tokenizer could not be loaded. Encoding text never fails.
public indirect enum TokenizationError: Error, CustomStringConvertible, Equatable, Sendable {
  /// The directory has neither `tokenizer.json` nor `vocab.txt`.
  case noTokenizer(directory: String)
  /// The file exists and could not be read.
  case unreadable(file: String, reason: String)
  /// The file is not JSON.
  case malformedJSON(file: String, JSONError)
  /// The value at `key` is missing, of the wrong type or impossible.
  case invalid(file: String, key: String, reason: String)
  /// The value at `key` asks for a stage that is not built in.
  case unsupported(file: String, key: String, value: String, supported: String)

  /// What happened, where, and the mend.
  public var description: String {
    switch self {
    case .noTokenizer(let directory):
      "\(directory): no tokenizer.json and no vocab.txt; a BERT model directory has one of them"
    case .unreadable(let file, let reason):
      "\(file): cannot be read: \(reason)"
    case .malformedJSON(let file, let error):
      "\(file): \(error); fetch the file again"
    case .invalid(let file, let key, let reason):
      "\(file), \(key): \(reason)"
    case .unsupported(let file, let key, let value, let supported):
      "\(file), \(key): \(value) is not supported; supported: \(supported)"
    }
  }
}
