import CSQLite
import Foundation

/// Puts values into a store's rows that its schema would not take, as any other tool can. Damage to bytes seldom makes a row that is
/// whole and yet impossible.
enum RowDamage {
  private struct Column {
    let table: String
    let name: String
    let type: String
    /// The table's first column, by which a row is chosen.
    let key: String
  }

  private static let integers = [
    "0", "1", "-1", "2147483648", "4294967296", "1099511627775", "1099511627776", "4611686018427387904",
    "9223372036854775807", "-9223372036854775808",
  ]
  private static let texts = [
    "''", "'d'", "'{}'", "'[]'", "'[1]'", "'1e999'", "CAST(x'ff00c3' AS TEXT)", "CAST(zeroblob(9) AS TEXT)",
    "printf('%.100000c', 'x')",
  ]
  private static let blobs = ["x''", "x'00'", "zeroblob(32)", "zeroblob(192)", "zeroblob(100000)"]

  /// A store of which some rows hold other values; the same as it was where that could not be done.
  static func damaged(_ store: [UInt8], by mutator: inout Mutator) -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "firn-fuzz-\(UUID().uuidString).db")
    defer { try? FileManager.default.removeItem(at: file) }
    var connection: OpaquePointer?
    guard (try? Data(store).write(to: file)) != nil, sqlite3_open(file.path, &connection) == SQLITE_OK else {
      return store
    }
    let columns = columns(connection)
    execute(
      """
      PRAGMA ignore_check_constraints = ON; DROP TRIGGER IF EXISTS head_version_is_immutable;
      DROP TRIGGER IF EXISTS alias_log_is_append_only; DROP TRIGGER IF EXISTS head_annotation_is_append_only;
      DROP TRIGGER IF EXISTS pruned_version_is_append_only
      """, connection)
    repeat {
      guard let column = mutator.pick(columns), let value = mutator.pick(values(column.type)) else { break }
      let row = mutator.pick([0, 1, 2, 5, 20]) ?? 0
      let condition =
        mutator.coin()
        ? "true"
        : "\(column.key) = (SELECT \(column.key) FROM \(column.table) ORDER BY 1 LIMIT 1 OFFSET \(row))"
      execute("UPDATE OR IGNORE \(column.table) SET \(column.name) = \(value) WHERE \(condition)", connection)
    } while mutator.coin()
    sqlite3_close(connection)
    return (try? Data(contentsOf: file)).map(Array.init) ?? store
  }

  private static func values(_ type: String) -> [String] {
    switch type {
    case "INTEGER": integers
    case "TEXT": texts
    case "BLOB": blobs
    default: ["1e999", "0.5"] + integers + texts + blobs
    }
  }

  private static func columns(_ connection: OpaquePointer?) -> [Column] {
    var statement: OpaquePointer?
    let sql = """
      SELECT tables.name, columns.name, columns.type, keys.name
      FROM sqlite_schema AS tables, pragma_table_info(tables.name) AS columns, pragma_table_info(tables.name) AS keys
      WHERE tables.type = 'table' AND keys.cid = 0 ORDER BY 1, columns.cid
      """
    sqlite3_prepare_v2(connection, sql, -1, &statement, nil)
    defer { sqlite3_finalize(statement) }
    func text(_ column: Int32) -> String {
      sqlite3_column_text(statement, column).map { String(cString: $0) } ?? ""
    }
    var columns: [Column] = []
    while sqlite3_step(statement) == SQLITE_ROW {
      columns.append(Column(table: text(0), name: text(1), type: text(2), key: text(3)))
    }
    return columns
  }

  private static func execute(_ sql: String, _ connection: OpaquePointer?) {
    sqlite3_exec(connection, sql, nil, nil, nil)
  }
}
