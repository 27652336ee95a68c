import Firn
import Terminal

extension HeadMeasures {
  /// Writes the figures with their intervals.
  func write(to output: Output) {
    output.table(
      [.left("measure"), .right("value"), .right("95 % interval")],
      values.map { [$0.name, $0.text, $0.intervalText] })
  }

  /// Writes the measures of each class or tag; numbers have none.
  func writeClasses(to output: Output) {
    switch self {
    case .classes(let metrics): ClassTables(metrics: metrics).write(to: output)
    case .tags(let metrics): TagTable(metrics: metrics).write(to: output)
    case .numbers: break
    }
  }
}
