import CommandLineArguments

/// A program with one parameter of every kind, as a user of the module declares it.
enum Example {
  enum Method: String, CaseIterable, Sendable {
    case logistic, ridge, knn
  }

  static let store = Option("store", .path(), "The store (default: $FIRN_STORE, else ./firn.db).")
  static let threads = Option("threads", .integer(1...256), default: 2, "How many threads work.")
  static let json = Flag("json", "Write JSON.")
  static let quiet = Flag("quiet", short: "q", "Write no progress.")

  static let head = Argument(.name("HEAD"), "The head to train.")
  static let dataset = Option(required: "dataset", .name(), "The dataset to read.")
  static let method = Option(
    "method", .choice("METHOD"), default: Method.logistic, "How the head is trained.")
  static let holdout = Option(
    "holdout", .number(0..<1), default: 0.2, "The share of rows kept back to measure on.")
  static let penalty = Option(
    "penalty", .number(above: 0),
    "What the squared weights cost. Without it one is chosen by leave-one-out, which takes somewhat longer.")
  static let seed = Option("seed", .integer(0...), default: 0, "What decides the draw of the holdout.")
  static let label = Option(repeated: "label", .text("TASK=FIELD"), "A field that answers a task.")
  static let shift = Option("shift-of-the-first-class", .number(-1...1, "SHIFT"), "Moves a class.")

  static let text = Argument(optional: .text(), "What to look for.")
  static let item = Option("id", .name("ITEM"), "The item to look around.")
  static let file = Option("file", .path(), "A file of queries; - is standard input.")
  static let k = Option("k", .integer(1...), default: 10, "How many neighbours to give.")

  static let diverse = Option(
    "diverse", .number(0...1), alone: 0.5, "Neighbours unlike one another.")
  static let minus = Option(repeated: "minus", .name("ITEM"), "With --id: an item to go away from.")

  static let from = Argument(.name("HEAD@VERSION"), "The version.")
  static let aliases = Argument(repeated: .name("ALIAS"), "The aliases to move.")

  static let program = CommandDescription(
    "firn", "Features once, heads many times.",
    takes: [store, threads, json, quiet],
    verbs: [
      CommandDescription(
        "train", "Train a head on stored features.",
        discussion: """
          Each training is a new version, which is never changed again. The same dataset revision, seed and
          specification give the same bytes.

          Penalties mean one thing everywhere:
              sum of losses + penalty/2 * squared weights
          """,
        takes: [head, dataset, method, holdout, penalty, seed, label, shift]),
      CommandDescription(
        "nearest", "Find the items nearest to a text.",
        takes: [text, dataset, item, file, k, diverse, minus],
        rules: [.exactlyOne(text, item, file), .companion(minus, of: item)]),
      CommandDescription(
        "head", "Versions of trained heads.",
        verbs: [
          CommandDescription("list", "List all heads."),
          CommandDescription("promote", "Move aliases to a version.", takes: [from, aliases]),
        ]),
    ],
    version: "firn 1.0")
}
