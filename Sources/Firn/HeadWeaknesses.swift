internal import Heads

/// Where a head fails most, by what was measured of it.
struct HeadWeaknesses {
  /// In words; empty where there are no classes or tags.
  let sentences: [String]

  private static let most = 5

  init(of measures: HeadMeasures) {
    switch measures {
    case .classes(let metrics):
      let measured = zip(metrics.classes, metrics.perClass).map { (name: $0, f1: $1.f1, rows: $1.support) }
      sentences = [Self.worst(measured, mean: metrics.macroF1), Self.confusions(of: metrics)].compactMap {
        $0
      }
    case .tags(let metrics):
      let measured = zip(metrics.tags, metrics.perTag).map { (name: $0, f1: $1.f1, rows: $1.support) }
      sentences = [Self.worst(measured, mean: metrics.macroF1)].compactMap { $0 }
    case .numbers: sentences = []
    }
  }

  /// The classes or tags that rows have with the lowest F1, all below the mean.
  private static func worst(_ measured: [(name: String, f1: Double, rows: Int)], mean: Double) -> String? {
    let worst = measured.filter { $0.rows > 0 && $0.f1 < mean }.sorted { ($0.f1, $1.rows) < ($1.f1, $0.rows) }
    let names = worst.prefix(most).map { "\($0.name.markdown) (F1 \($0.f1.fixed(3)) on \($0.rows) rows)" }
    return names.isEmpty ? nil : "It is worst at \(names.joined(separator: ", "))."
  }

  private static func confusions(of metrics: ClassificationMetrics) -> String? {
    let mistakes = metrics.confusion.enumerated().flatMap { truth, row in
      row.enumerated().filter { $0.offset != truth && $0.element > 0 }
        .map { (truth: truth, answer: $0.offset, count: $0.element) }
    }.sorted { ($1.count, $0.truth, $0.answer) < ($0.count, $1.truth, $1.answer) }
    let names = mistakes.prefix(most).map {
      "\(metrics.classes[$0.truth].markdown) for \(metrics.classes[$0.answer].markdown) (\($0.count))"
    }
    return names.isEmpty ? nil : "It most often takes \(names.joined(separator: ", "))."
  }
}
