import CommandLineArguments
import Firn
import Terminal

enum HeadLog: Verb {
  private static let head = Argument(.name("HEAD"), "The head.")

  static let description = CommandDescription(
    "log", "List every move of a head's aliases, the oldest first.", takes: [head])

  /// A move as scripts read it.
  private struct Report: Encodable {
    let head: String
    let alias: String
    let version: Int?
    let reason: String
    let note: String?
    let allowedBy: String?
    let created: String

    enum CodingKeys: String, CodingKey {
      case head, alias, version, reason, note, created
      case allowedBy = "allowed_by"
    }

    init(_ entry: AliasEntry) {
      (head, alias, version) = (entry.head, entry.alias, entry.version)
      (reason, created) = (entry.reason.rawValue, entry.created)
      (note, allowedBy) = (entry.note, entry.allowedBy?.rawValue)
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let entries = try session.store.aliasLog(of: command[head])
    try session.output.write(entries.map(Report.init)) {
      session.output.table(
        [
          .left("created"), .left("alias"), .left("move"), .right("version"), .left("allowed by"),
          .left("note"),
        ],
        entries.map {
          [
            $0.created, $0.alias, $0.reason.rawValue, $0.version.map { "\($0)" } ?? "",
            $0.allowedBy?.rawValue ?? "", $0.note ?? "",
          ]
        })
    }
  }

  static func write(_ entry: AliasEntry, to output: Output, asText text: String? = nil) throws {
    try output.write(Report(entry)) {
      output.line(
        text ?? "\(entry.head)@\(entry.alias) is now version \(entry.version.map { "\($0)" } ?? "none")")
    }
  }
}
