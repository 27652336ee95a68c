/// What a name may be, so that it can be written wherever it is needed again.
enum NameRules {
  /// Throws unless `name` can be that of a backbone, dataset or head: `HEAD@VERSION` must read one way only.
  static func check(_ name: String, of what: String) throws(StoreError) {
    if name.isEmpty { throw .badName(what: what, name: name, reason: "it is empty") }
    if name.utf8.contains(UInt8(ascii: "@")) { throw .badName(what: what, name: name, reason: "it holds @") }
    if name.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
      throw .badName(what: what, name: name, reason: "it holds a control character")
    }
  }

  /// Throws unless `name` can be an alias: one of digits alone would read as a version.
  static func check(alias name: String) throws(StoreError) {
    try check(name, of: "alias")
    if name.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) {
      throw .badName(what: "alias", name: name, reason: "it would read as a version's number")
    }
  }
}
