import Firn
import Terminal

/// What was measured of each class, and what the classes are taken for.
struct ClassTables {
  let metrics: ClassificationMetrics

  /// The classes with the most rows first.
  func write(to output: Output, most: Int = 20) {
    let order = metrics.classes.indices.sorted { metrics.perClass[$0].support > metrics.perClass[$1].support }
    output.table(
      [
        .left("class"), .right("rows"), .right("precision"), .right("recall"), .right("F1"),
        .left("most often taken for"),
      ],
      order.prefix(most).map { index in
        let measures = metrics.perClass[index]
        return [
          metrics.classes[index], Readable.count(measures.support), measures.precision.percent,
          measures.recall.percent,
          measures.f1.fixed(3), confusions(of: index),
        ]
      })
    if order.count > most {
      output.note("… and \(order.count - most) more classes; --json has all, and the confusion matrix")
    }
  }

  private func confusions(of index: Int) -> String {
    let row = metrics.confusion[index]
    return row.indices.filter { $0 != index && row[$0] > 0 }.sorted { row[$0] > row[$1] }.prefix(2)
      .map { "\(metrics.classes[$0]) (\(row[$0]))" }.joined(separator: ", ")
  }
}
