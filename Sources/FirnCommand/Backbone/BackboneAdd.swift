import CommandLineArguments
import Firn

enum BackboneAdd: Verb {
  private static let directory = Argument(.path("DIR"), "A model directory as published on Hugging Face.")
  private static let name = Option(required: "name", .name(), "What the backbone is called from now on.")

  static let description = CommandDescription(
    "add", "Add the network in a model directory.",
    discussion: """
      The directory is read as published: config.json (model_type bert), model.safetensors, tokenizer.json or vocab.txt, and \
      modules.json with what it names. Its files stay where they are; the store keeps a fingerprint of all that decides the \
      network's output, and refuses the files when they change.
      """,
    takes: [directory, name])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let record = try session.store.addBackbone(at: command[directory], named: command[name])
    try BackboneShow.write(record, in: session)
  }
}
