import Foundation

/// BERT's text normalisation: clean, set ideographs apart, strip accents, lowercase, in this order.
struct TextNormalizer: Sendable {
  /// Drops control characters and makes all whitespace one space.
  var cleansText: Bool
  /// Puts a space on both sides of every ideograph.
  var separatesIdeographs: Bool
  /// Decomposes (NFD) and drops nonspacing marks.
  var stripsAccents: Bool
  /// Lowercases scalar by scalar, so a Greek final sigma is not told apart.
  var lowercases: Bool

  /// The normalised form of `text`, both valid UTF-8.
  func normalize(_ text: Span<UInt8>) -> [UInt8] {
    var output = NormalizedText(capacity: text.count + text.count / 8, lowercases: lowercases)
    var position = 0
    while position < text.count {
      let byte = text[position]
      if byte < 0x80 {
        position += 1
        appendASCII(byte, to: &output)
      } else {
        append(text.scalar(at: &position), to: &output)
      }
    }
    return output.finish()
  }

  private func appendASCII(_ byte: UInt8, to output: inout NormalizedText) {
    switch byte {
    case 0x09, 0x0A, 0x0D: output.appendASCII(cleansText ? 0x20 : byte)
    case 0x00...0x1F, 0x7F: if !cleansText { output.appendASCII(byte) }
    case 0x41...0x5A: output.appendASCII(lowercases ? byte | 0x20 : byte)
    default: output.appendASCII(byte)
    }
  }

  private func append(_ scalar: Unicode.Scalar, to output: inout NormalizedText) {
    if cleansText {
      if scalar.value == 0xFFFD || scalar.isControlLike { return }
      if scalar.isWhitespace { return output.appendASCII(0x20) }
    }
    let isApart = separatesIdeographs && scalar.isChinese
    if isApart { output.appendASCII(0x20) }
    if stripsAccents {
      output.appendWithoutAccents(scalar)
    } else {
      output.append(scalar)
    }
    if isApart { output.appendASCII(0x20) }
  }
}
