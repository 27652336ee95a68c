internal import Heads

/// How many rows have each class or tag, on either side of a split.
struct RowsOfAnswers {
  private let names: [String]
  private let training: [Int]
  private let holdout: [Int]

  private static let most = 50

  init(_ targets: Targets, split: StratifiedHoldout.Split) {
    let answers: [[Int32]]
    switch targets {
    case .classes(let labels): (names, answers) = (labels.classes, labels.indices.map { [$0] })
    case .tags(let labels): (names, answers) = (labels.tags, labels.indices)
    case .numbers: (names, answers) = ([], [])
    }
    let count = names.count
    func counts(_ rows: [Int]) -> [Int] {
      guard count > 0 else { return [] }
      return rows.reduce(into: [Int](repeating: 0, count: count)) { counts, row in
        for answer in answers[row] { counts[Int(answer)] += 1 }
      }
    }
    (training, holdout) = (counts(split.training), counts(split.holdout))
  }

  /// The classes or tags with the most rows, with what was measured of each; empty for numbers.
  func table(_ measures: HeadMeasures?, held: String, isImported: Bool) -> String {
    guard !names.isEmpty else { return "" }
    var figures: [[UInt8]: [String]] = [:]
    var header = isImported ? ["answer", "rows"] : ["answer", "trained on", held]
    switch measures {
    case .classes(let metrics):
      header += ["precision", "recall", "F1"]
      for (name, of) in zip(metrics.classes, metrics.perClass) {
        figures[Array(name.utf8)] = [of.precision.percent, of.recall.percent, of.f1.fixed(3)]
      }
    case .tags(let metrics):
      header += ["precision", "recall", "F1", "average precision"]
      for (name, of) in zip(metrics.tags, metrics.perTag) {
        figures[Array(name.utf8)] = [
          of.precision.percent, of.recall.percent, of.f1.fixed(3), of.averagePrecision?.fixed(3) ?? "",
        ]
      }
    case .numbers, nil: break
    }
    let order = names.indices.sorted {
      (training[$1] + holdout[$1], $0) < (training[$0] + holdout[$0], $1)
    }
    let rows = order.prefix(Self.most).map { place in
      [names[place].markdown] + (isImported ? [] : ["\(training[place])"]) + ["\(holdout[place])"]
        + (figures[Array(names[place].utf8)] ?? [])
    }
    let rest = order.count - rows.count
    return Markdown.table(header, rows) + (rest > 0 ? "\n\n… and \(rest) more with fewer rows." : "")
  }
}
