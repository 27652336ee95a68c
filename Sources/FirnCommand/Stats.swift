import CommandLineArguments
import Firn
import Terminal

enum Stats: Verb {
  static let description = CommandDescription(
    "stats", "Show what the store holds, and how much of it nothing needs.",
    discussion: "What no revision of any dataset holds is freed by firn vacuum.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let found = try session.store.statistics()
    let output = session.output
    func held(_ count: Int, unheld: Int) -> String {
      Readable.count(count) + (unheld > 0 ? ", \(Readable.count(unheld)) of them held by no dataset" : "")
    }
    try output.write(found) {
      output.fields([
        ("size", Readable.bytes(found.bytes)), ("free", Readable.bytes(found.freeBytes)),
        ("datasets", Readable.count(found.datasets)), ("items", Readable.count(found.items)),
        ("labels", Readable.count(found.labels)), ("texts", held(found.texts, unheld: found.unheldTexts)),
        ("head versions", Readable.count(found.headVersions)),
      ])
      guard !found.backbones.isEmpty else { return }
      output.heading("Embeddings")
      output.table(
        [.left("backbone"), .right("vectors"), .right("size"), .right("held by no dataset")],
        found.backbones.map {
          [$0.name, Readable.count($0.vectors), Readable.bytes($0.bytes), Readable.count($0.unheld)]
        })
    }
  }
}
