import CommandLineArguments
import Firn
import Terminal

enum Predict: Verb {
  private static let head = Argument(.headReference(), "The head, or a version of it.")
  private static let input = Argument(
    optional: .path("INPUT"),
    "A file (.jsonl, .csv, .tsv), a folder of text files, or - for standard input, the default.")
  private static let top = Option("top", .integer(1...), "Give the N most probable classes or tags.")
  private static let backbone = Option(
    "backbone", .name(),
    "The backbone to read with; any but the head's own is refused. Default: the head's own.")
  private static let coverage = Option(
    "coverage", .number(between: 0, and: 1, "SHARE"),
    "Give the set of classes, or the interval, that holds the right answer so often (split conformal, from the rows held out)."
  )
  private static let rejecting = Flag(
    "reject",
    "Mark texts that are less like those trained on than 95 % of the rows held out (Mahalanobis distance).")
  private static let textField = Option(
    "text-field", .name("FIELD"), default: "text", "The field that holds the text.")
  private static let idField = Option("id-field", .name("FIELD"), "The field that holds the id. Default: id.")

  static let description = CommandDescription(
    "predict", "Answer a head's task for each text of an input.",
    discussion: """
      HEAD alone is its champion, or its newest version where nothing was promoted. The texts are embedded, not stored. Rows that \
      cannot be read are named on standard error, and the exit status is then 65.
      """,
    takes: [head, input, top, coverage, rejecting, backbone, InputFormat.option, textField, idField])

  /// An answer as scripts read it.
  private struct Row: Encodable {
    let id: String
    let prediction: Prediction
    let withTop: Bool

    enum CodingKeys: String, CodingKey {
      case id, label, score, top, labels, number, set, interval, novelty, rejected
    }

    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(id, forKey: .id)
      if let number = prediction.number {
        try container.encode(number, forKey: .number)
      } else if let tags = prediction.tags {
        try container.encode(tags, forKey: .labels)
      } else {
        try container.encode(prediction.label, forKey: .label)
        try container.encode(prediction.score, forKey: .score)
      }
      try container.encodeIfPresent(prediction.set, forKey: .set)
      try container.encodeIfPresent(prediction.interval, forKey: .interval)
      if let novelty = prediction.novelty {
        try container.encode(novelty, forKey: .novelty)
        try container.encode(prediction.isRejected, forKey: .rejected)
      }
      if withTop { try container.encode(prediction.top, forKey: .top) }
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let predictor = try session.store.predictor(
      command[head], backbone: command[backbone], coverage: command[coverage], rejecting: command[rejecting])
    let name = command[input] ?? "-"
    var reader = try ItemReader(
      ItemSource(name), format: command[InputFormat.option],
      fields: FieldMapping(textField: command[textField], idField: command[idField]),
      identify: Store.id(ofText:))
    let bar = session.output.progressBar("Predicting", unit: "texts")
    defer { bar.finish() }
    var answered = 0
    var items: [Item] = []
    var answers: [(id: String, prediction: Prediction)] = []
    var rejected = 0
    func reject(_ rejection: Rejection) {
      rejected += 1
      bar.note("\(name): \(rejection)")
    }
    func answer() throws {
      let predictions = try predictor.predict(items.map(\.text), top: command[top] ?? 1)
      for (item, prediction) in zip(items, predictions) {
        guard session.output.isJSON else {
          answers.append((item.id, prediction))
          continue
        }
        try session.output.json(Row(id: item.id, prediction: prediction, withTop: command[top] != nil))
      }
      session.output.flush()
      answered += items.count
      bar.update(
        count: answered, fraction: reader.totalBytes.map { Double(reader.bytesRead) / Double(max(1, $0)) })
      items = []
    }
    while let entry = try reader.next() {
      switch entry {
      case .item(let item, let place):
        if let refusal = predictor.refusal(of: item.text) {
          reject(Rejection(place: place, reason: "\(refusal)"))
          continue
        }
        items.append(item)
        if items.count == 256 { try answer() }
      case .rejected(let rejection):
        reject(rejection)
      }
    }
    try answer()
    bar.finish()
    if !session.output.isJSON { write(answers, withTop: command[top] != nil, to: session.output) }
    if rejected > 0 { throw ExitStatus.badData }
  }

  private static func write(
    _ answers: [(id: String, prediction: Prediction)], withTop: Bool, to output: Output
  ) {
    let isNumber = answers.contains { $0.prediction.number != nil }
    var extras: [(column: Table.Column, text: (Prediction) -> String)] = []
    if answers.contains(where: { $0.prediction.set != nil }) {
      extras.append((.left("set"), { $0.set.map { $0.isEmpty ? "none" : $0.joined(separator: ", ") } ?? "" }))
    }
    if answers.contains(where: { $0.prediction.interval != nil }) {
      extras.append(
        (.left("interval"), { $0.interval.map { "\($0.low.compact) to \($0.high.compact)" } ?? "" }))
    }
    if answers.contains(where: { $0.prediction.novelty != nil }) {
      extras.append((.left(""), { $0.isRejected ? "unlike what it was trained on" : "" }))
    }
    output.table(
      [.left("id")] + (isNumber ? [.right("number")] : [.left("label"), .right("score")])
        + extras.map(\.column),
      answers.flatMap { id, prediction in
        let candidates = withTop ? prediction.top : prediction.tags ?? prediction.top
        let rows =
          prediction.number.map { [[$0.compact]] }
          ?? (candidates.isEmpty ? [["", ""]] : candidates.map { [$0.label, $0.score.percent] })
        return rows.enumerated().map { place, row in
          [place == 0 ? id : ""] + row + extras.map { place == 0 ? $0.text(prediction) : "" }
        }
      })
  }
}
