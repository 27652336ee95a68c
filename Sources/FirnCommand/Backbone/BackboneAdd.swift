import CommandLineArguments
import Firn

enum BackboneAdd: Verb {
  private static let directory = Argument(.path("DIR"), "A model directory as published on Hugging Face.")
  private static let name = Option(required: "name", .name(), "What the backbone is called from now on.")
  private static let layer = Option(
    "layer", .integer(0...),
    "The layer behind which the features are taken; 0 is the embeddings. Default: the last.")
  private static let pooling = Option(
    "pool", poolingSyntax,
    "How a text's tokens become one vector: \(poolingModes), or several joined by +, whose vectors stand one behind the "
      + "other. Default: as the directory says."
  )

  private static let longTexts = Option(
    "on-long", ValueSyntax<LongTexts>.choice("RULE"), default: .truncate,
    "What becomes of a text that is longer than the network reads: it is cut, read in overlapping windows, or rejected."
  )

  private static let numeric = Option(
    "numeric", ValueSyntax<NumericMode>.choice("MODE"), default: .float32,
    "The arithmetic: exact, or faster in 16-bit integers with vectors almost the same.")

  static let description = CommandDescription(
    "add", "Add the network in a model directory.",
    discussion: """
      The directory is read as published: config.json (model_type bert), model.safetensors, tokenizer.json or vocab.txt, and \
      modules.json with what it names. Its files stay where they are; the store keeps a fingerprint of all that decides the \
      network's output, and refuses the files when they change.

      With other options, the same directory is another backbone, of another name.
      """,
    takes: [directory, name, layer, pooling, longTexts, numeric])

  private static let poolingModes = PoolingMode.allCases.map(\.rawValue).joined(separator: ", ")

  private static let poolingSyntax = ValueSyntax<[PoolingMode]>(
    "MODE+MODE",
    expected: "one of \(poolingModes), or several joined by +",
    write: { $0.map(\.rawValue).joined(separator: "+") }
  ) { word in
    let names = word.split(separator: "+", omittingEmptySubsequences: false)
    let modes = names.compactMap { PoolingMode(rawValue: String($0)) }
    return modes.count == names.count ? modes : nil
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let options = BackboneOptions(
      layer: command[layer], pooling: command[pooling] ?? [], longTexts: command[longTexts],
      numeric: command[numeric])
    let record = try session.store.addBackbone(
      at: command[directory], named: command[name], options: options)
    try BackboneShow.write(record, in: session)
  }
}
