import CommandLineArguments
import Firn
import Terminal

enum Vacuum: Verb {
  private static let secure = Flag("secure", "Overwrite what is freed with zeros, in the store's file.")

  static let description = CommandDescription(
    "vacuum", "Free the texts and embeddings that no dataset holds any more.",
    discussion: """
      What any revision of a dataset holds stays, and so does all that a head was trained on. It goes in small steps; interrupted, it \
      goes on when it is run again.
      """,
    takes: [secure])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let bar = session.output.progressBar("Freeing", unit: "%")
    defer { bar.finish() }
    let freed = try session.store.vacuum(overwriting: command[secure]) {
      bar.update(count: Int(100 * $0), fraction: $0)
    }
    bar.finish()
    try session.output.write(freed) {
      session.output.fields([
        ("texts", Readable.count(freed.contents)),
        ("embeddings", Readable.count(freed.vectors)),
        ("the store is smaller by", Readable.bytes(freed.bytes)),
      ])
    }
  }
}
