/// Strings as the bytes they are written with: `==` and `<` of `String` hold for canonically equivalent
/// texts, which are different names here.
extension String {
  /// Whether both have the same UTF-8 bytes.
  package func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Whether this comes first when sorted by UTF-8 bytes, which is also the order of code points.
  package func precedesByBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}

extension [String] {
  /// A string whose bytes come twice; nil when all are distinct.
  package var repeated: String? {
    // Of many, a set soon tells: what has the same bytes is equal, so where nothing is equal nothing comes twice.
    if count > 16, Set(self).count == count { return nil }
    let sorted = self.sorted { $0.precedesByBytes($1) }
    return zip(sorted, sorted.dropFirst()).first { $0.hasSameBytes(as: $1) }?.0
  }
}
