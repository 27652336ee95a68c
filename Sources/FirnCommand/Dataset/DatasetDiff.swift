import CommandLineArguments
import Firn
import JSON
import Terminal

enum DatasetDiff: Verb {
  private static let dataset = Argument(.name("DATASET"), "The dataset.")
  private static let before = Argument(.integer(1..., "FROM"), "The one revision.")
  private static let after = Argument(
    optional: .integer(1..., "TO"), "The other revision. Default: the newest.")

  static let description = CommandDescription(
    "diff", "Show what differs between two revisions of a dataset, item by item.",
    discussion: "With --json each item has a line, with all that it held and holds.",
    takes: [dataset, before, after])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    var rows: [[String]] = []
    try session.store.changes(of: command[dataset], from: command[before], to: command[after]) { change in
      if output.isJSON {
        output.json(change.json)
      } else {
        rows.append([change.kind.rawValue, change.id, change.summary])
      }
    }
    guard !output.isJSON else { return }
    if rows.isEmpty { return output.note("Nothing differs.") }
    output.table([.left("change"), .left("item"), .left("what")], rows)
  }
}

extension ItemChange {
  /// What differs, in a few words.
  fileprivate var summary: String {
    guard let before, let after else { return (before ?? after)?.text ?? "" }
    var parts: [String] = []
    if before.text != after.text { parts.append("text: \(after.text)") }
    parts += tasks.map { "\($0): \(before.answer(to: $0)) → \(after.answer(to: $0))" }
    if before.metadata != after.metadata { parts.append("metadata") }
    return parts.joined(separator: "; ")
  }

  fileprivate var json: JSONValue {
    .object(
      JSONObject(distinct: [
        .init(name: "id", value: .string(id)), .init(name: "change", value: .string(kind.rawValue)),
        .init(name: "before", value: before?.json ?? .null),
        .init(name: "after", value: after?.json ?? .null),
      ]))
  }
}

extension Item {
  fileprivate func answer(to task: String) -> String {
    switch labels[task] ?? nil {
    case nil: "none"
    case let label?: label.text
    }
  }

  fileprivate var json: JSONValue {
    let labels = labels.map { JSONObject.Member(name: $0, value: $1?.json ?? .null) }
    return .object(
      JSONObject(distinct: [
        .init(name: "text", value: .string(text)),
        .init(name: "labels", value: .object(JSONObject(distinct: labels))),
        // It was canonical JSON when it was stored.
        .init(name: "metadata", value: (try? JSONValue(parsing: Array(metadata.utf8)[...])) ?? .null),
      ]))
  }
}
