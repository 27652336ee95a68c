/// Strings as the bytes they are written with: `==` and `<` of `String` hold for canonically equivalent
/// texts, which are different names here.
extension String {
  /// Whether both have the same UTF-8 bytes.
  func hasSameBytes(as other: String) -> Bool {
    utf8.elementsEqual(other.utf8)
  }

  /// Whether this comes first when sorted by UTF-8 bytes, which is also the order of code points.
  func precedesByBytes(_ other: String) -> Bool {
    utf8.lexicographicallyPrecedes(other.utf8)
  }
}
