import CommandLineArguments
import Firn

enum IndexDrop: Verb {
  private static let dataset = Option(required: "dataset", .name(), "The dataset whose index goes.")
  private static let backbone = Option(required: "backbone", .name(), "The backbone under which it is.")

  static let description = CommandDescription(
    "drop", "Remove the index of a dataset. Searches are exact from then on.", takes: [dataset, backbone])

  private struct Report: Encodable {
    let dropped: Bool
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    try session.store.removeSearchIndex(of: command[dataset], with: command[backbone])
    try session.output.write(Report(dropped: true)) {
      session.output.line("The index of “\(command[dataset])” under “\(command[backbone])” is gone")
    }
  }
}
