extension Span where Element == UInt8 {
  /// Decodes the scalar at `position` and moves behind it. The bytes must be valid UTF-8, as those of
  /// every `String` are.
  func scalar(at position: inout Int) -> Unicode.Scalar {
    let first = UInt32(self[position])
    let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
    // The payload of the first byte: 7, 5, 4 or 3 bits.
    var value = length == 1 ? first : first & (0x7F >> UInt32(length))
    for offset in 1..<Swift.max(length, 1) {
      value = value << 6 | UInt32(self[position + offset] & 0x3F)
    }
    position += length
    return Unicode.Scalar(value) ?? "\u{FFFD}"
  }

  /// The scalar that ends just before `position`.
  func scalar(before position: Int) -> Unicode.Scalar {
    var start = position - 1
    while start > 0, self[start] & 0xC0 == 0x80 { start -= 1 }
    return scalar(at: &start)
  }
}
