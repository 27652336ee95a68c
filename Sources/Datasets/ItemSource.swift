/// Where items are read from.
public enum ItemSource: Hashable, Sendable {
  /// A file, or a folder of text files.
  case path(String)
  /// Standard input.
  case standardInput

  /// The source a command-line word names: `-` is standard input.
  public init(_ word: String) {
    self = word == "-" ? .standardInput : .path(word)
  }
}

/// How an input is written.
public enum InputFormat: String, CaseIterable, Sendable {
  /// One JSON object a line.
  case jsonLines = "jsonl"
  /// Comma-separated values (RFC 4180) with a header.
  case csv
  /// Tab-separated values with a header, quoted as in CSV.
  case tsv
  /// A folder of text files: one item each, labelled by the first subfolder.
  case folder

  /// The format that the extension of a file's name tells, whatever its case.
  public init?(extensionOf path: String) {
    let name = path.split(separator: "/").last ?? ""
    guard let dot = name.lastIndex(of: ".") else { return nil }
    switch name[name.index(after: dot)...].lowercased() {
    case "jsonl", "ndjson", "json": self = .jsonLines
    case "csv": self = .csv
    case "tsv": self = .tsv
    default: return nil
    }
  }
}
