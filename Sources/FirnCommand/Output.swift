import Foundation
import JSON
import Terminal

/// Where a verb's results and remarks go: results to standard output, as text for people or as JSON for scripts; remarks and
/// progress to standard error.
struct Output: Sendable {
  /// Whether results are JSON.
  let isJSON: Bool
  /// Whether to keep progress and remarks to oneself.
  let isQuiet: Bool

  private var terminal: TerminalStream { .standardOutput }

  /// Writes a result: as one JSON value, or as what `text` prints.
  func write(_ result: some Encodable, asText text: () throws -> Void) throws {
    isJSON ? try json(result) : try text()
  }

  /// Writes one line of JSON, with sorted keys.
  func json(_ value: some Encodable) throws {
    print(try value.canonicalJSON())
  }

  /// Writes one line of JSON, with sorted keys.
  func json(_ value: JSONValue) {
    print(value.canonicalText)
  }

  /// Writes a line of text.
  func line(_ text: String) {
    print(text.visible)
  }

  /// Writes a line that stands over what follows.
  func heading(_ text: String) {
    print("\n" + Style(for: terminal).bold(text.visible))
  }

  /// Writes named values below each other.
  func fields(_ fields: [(name: String, value: String)]) {
    let width = fields.map(\.name.displayWidth).max() ?? 0
    for field in fields {
      let padding = String(repeating: " ", count: width - field.name.displayWidth)
      print(Style(for: terminal).dim(field.name) + padding + "  " + field.value.visible)
    }
  }

  /// Writes rows in columns.
  func table(_ columns: [Table.Column], _ rows: [[String]]) {
    var table = Table(columns)
    for row in rows { table.add(row) }
    print(table.text(width: terminal.width, style: Style(for: terminal)), terminator: "")
  }

  /// Lets the reader of a pipe see what was written so far.
  func flush() {
    fflush(nil)
  }

  /// Whether all that was written to standard output went through.
  static var reachedItsReader: Bool {
    fflush(nil) == 0
  }

  /// A progress bar on standard error.
  func progressBar(_ label: String, unit: String) -> ProgressBar {
    ProgressBar(label, unit: unit, isQuiet: isQuiet)
  }

  /// Says what is wrong with the input; quiet or not, for an answer is missing.
  func complain(_ message: String) {
    TerminalStream.standardError.write(message.visible + "\n")
  }

  /// Says something beside the result.
  func note(_ message: String) {
    guard !isQuiet else { return }
    TerminalStream.standardError.write(message.visible + "\n")
  }
}
