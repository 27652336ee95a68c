/// Many rows by one statement: what SQLite does for a statement takes longer than what it does for a row.
extension Connection {
  /// How many rows a statement takes; with more there is little left to gain.
  private static let width = 32

  /// Inserts rows into `table`, which is written with its columns, `width` by one statement as long as there are so many. `bind` binds a
  /// row's values, the first of them as the parameter of the number that it is given.
  func insert<Row>(
    _ rows: [Row], into table: String, columns: Int, width: Int = width,
    bind: (Statement, Row, Int) throws -> Void
  ) throws {
    let row = "(" + Array(repeating: "?", count: columns).joined(separator: ", ") + ")"
    func insert(_ rows: ArraySlice<Row>, width: Int) throws {
      let sql = "INSERT INTO \(table) VALUES " + Array(repeating: row, count: width).joined(separator: ", ")
      try withStatement(sql) { statement in
        for start in stride(from: rows.startIndex, to: rows.endIndex, by: width) {
          for index in 0..<width { try bind(statement, rows[start + index], index * columns + 1) }
          try statement.run()
        }
      }
    }
    var rest = rows[...]
    for width in [width, Self.width, 1] where rest.count >= width {
      let end = rest.endIndex - rest.count % width
      try insert(rest[..<end], width: width)
      rest = rest[end...]
    }
  }

  /// Calls `body` with the rows of a query of the form `… IN keys`, in any order. Keys that are sorted as their column is are found faster.
  func rows(_ query: String, in keys: [SQLValue], _ body: (Statement) throws -> Void) throws {
    let places = Array(repeating: "?", count: Self.width).joined(separator: ", ")
    try withStatement("\(query) IN (\(places))") { statement in
      for start in stride(from: 0, to: keys.count, by: Self.width) {
        for index in 0..<Self.width {
          // NULL is in no list.
          try statement.bind(start + index < keys.count ? keys[start + index] : .null, at: index + 1)
        }
        defer { statement.reset() }
        while try statement.step() { try body(statement) }
      }
    }
  }
}
