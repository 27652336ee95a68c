import Firn
import Terminal

/// What was measured of each tag.
struct TagTable {
  let metrics: TagMetrics

  /// The tags with the most rows first.
  func write(to output: Output, most: Int = 20) {
    let order = metrics.tags.indices.sorted { metrics.perTag[$0].support > metrics.perTag[$1].support }
    output.table(
      [
        .left("tag"), .right("rows"), .right("precision"), .right("recall"), .right("F1"),
        .right("average precision"), .right("ROC-AUC"),
      ],
      order.prefix(most).map { index in
        let measures = metrics.perTag[index]
        return [
          metrics.tags[index], Readable.count(measures.support), measures.precision.percent,
          measures.recall.percent, measures.f1.fixed(3), measures.averagePrecision?.fixed(3) ?? "",
          measures.rocAUC?.fixed(3) ?? "",
        ]
      })
    if order.count > most {
      output.note("… and \(order.count - most) more tags; --json has all")
    }
  }
}
