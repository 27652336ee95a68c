extension RecordReader.Record {
  /// The cells of a table's row with their quotes taken off; nil for a blank line.
  ///
  /// A cell is quoted when it begins with a quote. One amid an unquoted cell stands for itself.
  func cells(delimiter: UInt8) throws(RowFault) -> [String]? {
    var row = try content()
    if row.last == UInt8(ascii: "\r") { row.removeLast() }
    if row.isEmpty { return nil }
    var cells: [String] = []
    var rest = row
    while true {
      let (cell, end) = try Self.cell(rest, delimiter: delimiter)
      guard let cell else { throw RowFault("field \(cells.count + 1) is not valid UTF-8") }
      cells.append(cell)
      if end == rest.endIndex { return cells }
      rest = rest[(end + 1)...]
    }
  }

  /// The cell that `row` begins with, nil when it is not UTF-8, and the index of the delimiter behind it.
  private static func cell(
    _ row: ArraySlice<UInt8>, delimiter: UInt8
  ) throws(RowFault) -> (cell: String?, end: Int) {
    let quote = UInt8(ascii: "\"")
    guard row.first == quote else {
      let end = row.firstIndex(of: delimiter) ?? row.endIndex
      return (String(validating: row[..<end], as: UTF8.self), end)
    }
    var cell: [UInt8] = []
    var rest = row.dropFirst()
    while let next = rest.firstIndex(of: quote) {
      cell += rest[..<next]
      let end = next + 1
      if end == row.endIndex || row[end] == delimiter {
        return (String(validating: cell, as: UTF8.self), end)
      }
      guard row[end] == quote else {
        throw RowFault("there is text behind a closing quote; double the quotes within a quoted field")
      }
      cell.append(quote)
      rest = row[(end + 1)...]
    }
    throw RowFault("a quote is not closed")
  }
}
