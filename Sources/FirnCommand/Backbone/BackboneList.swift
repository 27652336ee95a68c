import CommandLineArguments
import Firn

enum BackboneList: Verb {
  static let description = CommandDescription("list", "List the backbones of the store.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let records = try session.store.backbones()
    try session.output.write(records.map { try BackboneShow.Report($0, in: session.store) }) {
      session.output.table(
        ["name", "dimension", "fingerprint", "location", "created"],
        alignments: [.left, .right, .left, .left, .left],
        records.map { [$0.name, "\($0.dimension)", $0.fingerprint.short, $0.location, $0.created] })
    }
  }
}
