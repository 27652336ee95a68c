import CommandLineArguments
import Firn
import Terminal

enum HeadPrune: Verb {
  private static let head = Argument(.name("HEAD"), "The head.")
  private static let keep = Option(
    required: "keep", .integer(1...), "How many of the newest versions stay whatever they are.")
  private static let dryRun = Flag("dry-run", "Say what would go, and remove nothing.")

  static let description = CommandDescription(
    "prune", "Remove the versions of a head that nothing keeps.",
    discussion: """
      What stays besides the newest: versions that an alias points at or ever pointed at, that have a tag, or that a version was \
      made from that stays. Of each that goes its number, digest and times remain, and its notes; no number is given twice. firn \
      vacuum frees the space.
      """,
    takes: [head, keep, dryRun])

  private struct Report: Encodable {
    struct Pruned: Encodable {
      let version: Int
      let digest: SHA256Digest
      let created: String
    }

    struct Kept: Encodable {
      let version: Int
      let reasons: [String]
    }

    let head: String
    let keep: Int
    let isDryRun: Bool
    let pruned: [Pruned]
    let kept: [Kept]

    enum CodingKeys: String, CodingKey {
      case head, keep, pruned, kept
      case isDryRun = "dry_run"
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let verdicts = try session.store.prune(
      command[head], keeping: command[keep], rehearsing: command[dryRun])
    let report = Report(
      head: command[head], keep: command[keep], isDryRun: command[dryRun],
      pruned: verdicts.filter(\.goes).map {
        .init(version: $0.version, digest: $0.digest, created: $0.created)
      },
      kept: verdicts.filter { !$0.goes }.map {
        .init(version: $0.version, reasons: $0.reasons.map(\.description))
      })
    let goes = command[dryRun] ? "would be pruned" : "pruned"
    try session.output.write(report) {
      session.output.table(
        [.left("version"), .left("digest"), .left("created"), .left("")],
        verdicts.map {
          [
            "\(command[head])@\($0.version)", $0.digest.short, $0.created,
            $0.goes ? goes : "stays: " + $0.reasons.map(\.description).joined(separator: ", "),
          ]
        })
      session.output.line("\(report.pruned.count) of \(verdicts.count) versions \(goes)")
    }
  }
}
