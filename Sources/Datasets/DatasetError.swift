/// Why an input cannot be read at all. A single bad row is no error but a `Rejection`.
public indirect enum DatasetError: Error, Equatable, Sendable, CustomStringConvertible {
  /// There is nothing at this path.
  case noInput(path: String)
  /// The operating system would not open, list or read it.
  case unreadable(path: String, reason: String)
  /// Neither the name nor the caller says which format this is.
  case unknownFormat(path: String)
  /// The format is for a file and this is a folder, or the reverse.
  case wrongKind(path: String, expected: String)
  /// The bytes are text of another encoding than UTF-8.
  case wrongEncoding(path: String, encoding: String)
  /// A JSON Lines input that is one JSON array.
  case arrayInsteadOfLines(path: String)
  /// A table whose header cannot be used.
  case badHeader(path: String, reason: String)
  /// A field mapping that asks one field to be several things, or feeds one task twice.
  case contradictoryFields(reason: String)

  /// What happened, where, and the mend.
  public var description: String {
    switch self {
    case .noInput(let path):
      "\(path): there is no such file or folder"
    case .unreadable(let path, let reason):
      "\(path): cannot be read: \(reason)"
    case .unknownFormat(let path):
      "\(path): the name does not tell its format; "
        + "use .jsonl, .ndjson, .json, .csv, .tsv or a folder, or name the format"
    case .wrongKind(let path, let expected):
      "\(path): is not \(expected); name another format or path"
    case .wrongEncoding(let path, let encoding):
      "\(path): is \(encoding), only UTF-8 is read; convert it with iconv -f \(encoding) -t UTF-8"
    case .arrayInsteadOfLines(let path):
      "\(path): is one JSON array; write one object a line (jq -c '.[]' does)"
    case .badHeader(let path, let reason):
      "\(path): header: \(reason)"
    case .contradictoryFields(let reason):
      reason
    }
  }
}
