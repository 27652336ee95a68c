import CommandLineArguments
import Firn
import Terminal

enum HeadVerify: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")

  static let description = CommandDescription(
    "verify", "Train a version again and compare the bytes.",
    discussion:
      """
      Reads the revision that the version was trained on. One that was imported cannot be trained again: of it the digest alone is \
      checked. Fails with status 65 if anything differs.
      """,
    takes: [head])

  private struct Report: Encodable {
    let head: String
    let version: Int
    let identical: Bool
    let differences: [String]
    /// True of a version that was imported, and so not trained again.
    let imported: Bool?
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let bar = session.output.progressBar("Training again", unit: "iterations")
    defer { bar.finish() }
    let verification = try session.store.verifyHead(command[head]) {
      bar.update(count: $0.iteration, fraction: $0.fraction)
    }
    bar.finish()
    let version = verification.version
    let report = Report(
      head: version.head, version: version.number, identical: verification.isIdentical,
      differences: verification.differences, imported: verification.isImported ? true : nil)
    try session.output.write(report) {
      session.output.line(
        "\(version.reference): "
          + (report.identical
            ? verification.isImported
              ? "it was imported, so it cannot be trained again; it is what its digest names"
              : "training it again gives the same bytes"
            : report.differences.joined(separator: "; ")))
    }
    if !report.identical { throw ExitStatus.badData }
  }
}
