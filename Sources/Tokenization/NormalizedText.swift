import Foundation

/// Text that grows scalar by scalar, lowercased and without accents where that is wanted.
///
/// Accents go by canonical decomposition (NFD): scalars wait in `starters` to be decomposed many at a time, and
/// what is left of the marks behind them waits in `marks` to be put in canonical order.
struct NormalizedText {
  private var bytes: [UInt8] = []
  private let lowercases: Bool
  /// Scalars of combining class 0.
  private var starters: [Unicode.Scalar] = []
  /// The scalars of other classes behind the last starter, without those that are dropped.
  private var marks: [Unicode.Scalar] = []

  init(capacity: Int, lowercases: Bool) {
    bytes.reserveCapacity(capacity)
    self.lowercases = lowercases
  }

  /// The text as UTF-8.
  consuming func finish() -> [UInt8] {
    flush()
    return bytes
  }

  /// Appends a character of ASCII as it is. It neither decomposes nor moves, so nothing waits any longer.
  mutating func appendASCII(_ byte: UInt8) {
    flush()
    bytes.append(byte)
  }

  /// Appends `scalar`, lowercased.
  mutating func append(_ scalar: Unicode.Scalar) {
    if lowercases {
      bytes.append(contentsOf: scalar.properties.lowercaseMapping.utf8)
    } else {
      bytes.append(contentsOf: scalar.utf8)
    }
  }

  /// Appends what is left of the decomposed `scalar` without nonspacing marks, lowercased.
  mutating func appendWithoutAccents(_ scalar: Unicode.Scalar) {
    switch scalar {
    case "\u{3400}"..."\u{4DBF}", "\u{4E00}"..."\u{9FFF}":
      // Ideographs stand alone and need no decomposition, which costs most when it gets one scalar a time.
      flush()
      append(scalar)
    case _ where !scalar.isKnownToNormalization:
      flush()
      append(scalar)
    case "\u{F73}", "\u{F75}", "\u{F81}":
      // Starters by their class, and yet their decompositions are marks, which are dropped.
      break
    case _ where scalar.properties.canonicalCombiningClass == .notReordered:
      // Decomposition takes quadratic time in Foundation, so it gets little at a time.
      if !marks.isEmpty || starters.count > 64 { flush() }
      starters.append(scalar)
    case _ where scalar.isNonspacingMark:
      // It would be dropped after the ordering, and where it stands moves no other mark.
      break
    default:
      marks.append(scalar)
    }
  }

  private mutating func flush() {
    if starters.isEmpty, marks.isEmpty { return }
    let decomposed = String(String.UnicodeScalarView(starters)).decomposedStringWithCanonicalMapping
      .unicodeScalars
    if marks.isEmpty {
      appendUnaccented(decomposed)
    } else {
      let afterStarter = decomposed.reversed().prefix {
        $0.properties.canonicalCombiningClass != .notReordered
      }
      appendUnaccented(decomposed.dropLast(afterStarter.count))
      appendUnaccented(canonicallyOrdered(afterStarter.reversed() + marks))
    }
    starters.removeAll(keepingCapacity: true)
    marks.removeAll(keepingCapacity: true)
  }

  private mutating func appendUnaccented(_ scalars: some Sequence<Unicode.Scalar>) {
    for scalar in scalars where !scalar.isNonspacingMark { append(scalar) }
  }

  /// Marks by ascending combining class, those of one class in the order they had.
  private func canonicallyOrdered(_ marks: [Unicode.Scalar]) -> [Unicode.Scalar] {
    Dictionary(grouping: marks, by: \.properties.canonicalCombiningClass)
      .sorted { $0.key < $1.key }
      .flatMap(\.value)
  }
}
