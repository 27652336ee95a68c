internal import JSON

/// A file of the edges of a graph: in tab-separated values under a header, or in JSON Lines.
struct NeighbourGraphFile {
  private enum Form: String {
    case table = "tsv"
    case lines = "jsonl"
  }

  private let form: Form
  private let file: NewFile

  /// A new file, whose name tells its form.
  ///
  /// - Throws: ``FirnError/exportFormat(path:reason:)``, ``FirnError/exportExists(path:)``, `TensorFileError`.
  init(_ path: String) throws {
    guard
      let form = path.split(separator: "/").last?.split(separator: ".").last.flatMap({
        Form(rawValue: $0.lowercased())
      })
    else {
      throw FirnError.exportFormat(path: path, reason: "does not tell the form: use .tsv or .jsonl")
    }
    self.form = form
    file = try NewFile(path)
    if form == .table { try file.write(line: "source\ttarget\tscore") }
  }

  /// The ids as edges name them.
  ///
  /// - Throws: ``FirnError/exportFormat(path:reason:)`` where a table cannot hold one.
  func names(of ids: [String]) throws -> [String] {
    switch form {
    case .lines: return ids.map { JSONValue.string($0).canonicalText }
    case .table:
      if let odd = ids.first(where: { $0.utf8.contains { [9, 10, 13].contains($0) } }) {
        throw FirnError.exportFormat(
          path: file.path,
          reason: "cannot hold the id “\(odd)”, which has a tab or a line break in it: use .jsonl")
      }
      return ids
    }
  }

  /// Writes an edge between items by the names that they have here.
  func write(from source: String, to target: String, score: Double) throws {
    switch form {
    case .lines: try file.write(line: #"{"score":\#(score),"source":\#(source),"target":\#(target)}"#)
    case .table: try file.write(line: "\(source)\t\(target)\t\(score)")
    }
  }

  /// Gives the complete file its name.
  func finish() throws { try file.finish() }
}
