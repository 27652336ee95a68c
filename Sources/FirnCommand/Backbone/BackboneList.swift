import CommandLineArguments
import Firn
import Terminal

enum BackboneList: Verb {
  static let description = CommandDescription("list", "List the backbones of the store.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let records = try session.store.backbones()
    try session.output.write(records.map { try BackboneShow.Report($0, in: session.store) }) {
      session.output.table(
        [.left("name"), .right("dimension"), .left("fingerprint"), .left("location"), .left("created")],
        records.map { [$0.name, "\($0.dimension)", $0.fingerprint.short, $0.location, $0.created] })
    }
  }
}
