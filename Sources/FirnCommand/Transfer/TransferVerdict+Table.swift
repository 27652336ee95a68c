import Firn
import Terminal

extension TransferVerdict {
  /// Writes how what was measured, on such rows, stands beside each rival.
  func writeComparisons(on rows: String, to output: Output) {
    guard !comparisons.isEmpty else { return }
    output.heading("How much better it is, on \(rows)")
    output.table(
      [.left("than"), .right("rows"), .left("measure"), .right("by"), .right("at 95 %")],
      comparisons.map {
        let bounds = [$0.interval.low, $0.interval.high].map { $0.fixed(3) }
        return [
          $0.rivalInWords, Readable.count($0.rows), $0.measure, $0.advantage.fixed(3),
          bounds.joined(separator: " to "),
        ]
      })
  }
}
