import CommandLineArguments
import Firn

enum BackboneVerify: Verb {
  private static let name = Argument(.name(), "The backbone.")

  static let description = CommandDescription(
    "verify", "Read a backbone's files again and compare them with what was added.", takes: [name])

  private struct Report: Encodable {
    let name: String
    let fingerprint: SHA256Digest
    let identical: Bool
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let record = try session.store.verifyBackbone(named: command[name])
    try session.output.write(Report(name: record.name, fingerprint: record.fingerprint, identical: true)) {
      session.output.line("\(record.name): the files are those that were added (\(record.fingerprint.short))")
    }
  }
}
