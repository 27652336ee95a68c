/// Rows under a header in aligned columns.
///
///     var table = Table([.left("head"), .right("rows")])
///     table.add(["topics", Readable.count(50_000)])
///     print(table.text(width: TerminalStream.standardOutput.width))
///
/// Cells are shown with what could drive a terminal made visible.
public struct Table: Sendable {
  /// A column's title and the side its cells keep to.
  public struct Column: Sendable {
    let title: String
    let isRight: Bool

    /// A column of words.
    public static func left(_ title: String) -> Column { Column(title: title, isRight: false) }

    /// A column of numbers, which is never cut.
    public static func right(_ title: String) -> Column { Column(title: title, isRight: true) }
  }

  private static let gap = "  "
  /// No column is cut narrower than this.
  private static let leastWidth = 8

  private let columns: [Column]
  private var rows: [[String]] = []

  /// A table without rows.
  public init(_ columns: [Column]) {
    self.columns = columns
  }

  /// Adds a row; cells it lacks stay empty, those it has too many are left out.
  public mutating func add(_ cells: [String]) {
    rows.append(columns.indices.map { $0 < cells.count ? cells[$0].visible : "" })
  }

  /// Lays the table out.
  /// - Parameters:
  ///   - width: The columns of the terminal, to which the widest columns of words are cut; nil cuts nothing.
  ///   - style: How the header is set off.
  /// - Returns: The lines, each with its end.
  public func text(width: Int? = nil, style: Style = .plain) -> String {
    let titles = columns.map(\.title.visible)
    let widths = fit(
      columns.indices.map { column in
        ([titles] + rows).map { $0[column].displayWidth }.max() ?? 0
      }, to: width)
    let header = style.bold(line(titles, widths))
    return ([header] + rows.map { line($0, widths) }).map { $0 + "\n" }.joined()
  }

  /// Caps the columns of words at the widest width with which all fit in `width`, but not below the least.
  private func fit(_ natural: [Int], to width: Int?) -> [Int] {
    guard let width else { return natural }
    let gaps = Self.gap.count * max(0, columns.count - 1)
    var widths = natural
    var cap = max(width, Self.leastWidth)
    while widths.reduce(gaps, +) > width, cap >= Self.leastWidth {
      widths = zip(natural, columns).map { $1.isRight ? $0 : min($0, cap) }
      cap -= 1
    }
    return widths
  }

  private func line(_ cells: [String], _ widths: [Int]) -> String {
    let padded = columns.indices.map { column in
      let cell = cells[column].cut(to: widths[column])
      let padding = String(repeating: " ", count: widths[column] - cell.displayWidth)
      return columns[column].isRight ? padding + cell : cell + padding
    }
    let line = padded.joined(separator: Self.gap)
    return String(line.reversed().drop { $0 == " " }.reversed())
  }
}
