import CommandLineArguments
import Firn

enum HeadShow: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")

  static let description = CommandDescription(
    "show", "Show what a head version was made of, from the input on, and how well it does.", takes: [head])

  private struct Report: Encodable {
    let version: VersionReport
    let lineage: LineageReport

    enum CodingKeys: CodingKey { case lineage }

    func encode(to encoder: any Encoder) throws {
      try version.encode(to: encoder)
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(lineage, forKey: .lineage)
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let lineage = try session.store.lineage(of: command[head])
    let version = lineage.version
    try session.output.write(Report(version: VersionReport(version), lineage: LineageReport(lineage))) {
      VersionFields(version: version).write(to: session.output)
      if let holdout = version.metrics.holdout {
        session.output.heading("On the rows held out")
        holdout.write(to: session.output)
        session.output.line("")
        holdout.writeClasses(to: session.output)
      }
      session.output.heading("Where it comes from")
      LineageTable(lineage: lineage).write(to: session.output)
    }
  }
}
