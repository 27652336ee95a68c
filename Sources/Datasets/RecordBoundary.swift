/// Finds where a record ends, over as many pieces as it comes in.
struct RecordBoundary {
  private enum Position {
    case cellStart, cell, quoted, afterQuote
  }

  private static let newline = UInt8(ascii: "\n")
  private static let quote = UInt8(ascii: "\"")

  /// The line the scan is on.
  private(set) var line = 1

  /// What parts the cells of a table. Without one every newline ends a record.
  private let delimiter: UInt8?
  private var position = Position.cellStart
  private var quoteLine = 1

  /// Records that are lines.
  static let newlines = RecordBoundary(delimiter: nil)

  /// Records of a table, where a newline within quotes belongs to the cell. A quote opens only where a cell
  /// begins, so that a lone one amid a cell (`5" disk`) swallows nothing.
  static func table(delimiter: UInt8) -> RecordBoundary {
    RecordBoundary(delimiter: delimiter)
  }

  private init(delimiter: UInt8?) {
    self.delimiter = delimiter
  }

  /// The line of the quote that the scan is within, if it is.
  var openQuoteLine: Int? { position == .quoted ? quoteLine : nil }

  /// Begins a new record.
  mutating func restart(onLine line: Int) {
    self.line = line
    position = .cellStart
  }

  /// The index of the newline that ends the record, or nil when none of `bytes[range]` does.
  mutating func end(in bytes: [UInt8], _ range: Range<Int>) -> Int? {
    guard let delimiter else { return bytes[range].firstIndex(of: Self.newline) }
    for index in range {
      let byte = bytes[index]
      if position == .quoted {
        if byte == Self.quote { position = .afterQuote }
        if byte == Self.newline { line += 1 }
      } else if byte == Self.newline {
        return index
      } else if byte == delimiter {
        position = .cellStart
      } else if byte == Self.quote, position != .cell {
        if position == .cellStart { quoteLine = line }
        position = .quoted
      } else {
        position = .cell
      }
    }
    return nil
  }
}
