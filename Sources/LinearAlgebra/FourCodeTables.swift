/// The tables of four queries that are asked together: codes are taken apart once for all of them.
public struct FourCodeTables: Sendable {
  /// How many parts.
  public let parts: Int
  /// Table behind table.
  let entries: [UInt8]

  /// Four tables of as many parts.
  public init(_ tables: ArraySlice<CodeTable>) {
    precondition(tables.count == 4, "there are four tables")
    parts = tables.first?.parts ?? 0
    entries = tables.flatMap(\.entries)
    precondition(tables.allSatisfy { [parts] in $0.parts == parts }, "the tables have as many parts")
  }
}
