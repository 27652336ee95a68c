import CommandLineArguments
import Firn

enum BackboneDeclare: Verb {
  private static let name = Argument(.name(), "What the backbone is called from now on.")
  private static let dimension = Option(required: "dimension", .integer(1...1_000_000), "Values of a vector.")
  private static let source = Option(
    "source", .name("TEXT"),
    "What makes the features: a model and its version. Default: the name. Stores that declare the same can be merged."
  )

  static let description = CommandDescription(
    "declare", "Add a backbone whose features are made elsewhere and imported.",
    discussion: "Its fingerprint is that of the source and the dimension; firn import brings its features.",
    takes: [name, dimension, source])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let record = try session.store.declareBackbone(
      named: command[name],
      as: DeclaredBackbone(source: command[source] ?? command[name], dimension: command[dimension]))
    try BackboneShow.write(record, in: session)
  }
}
