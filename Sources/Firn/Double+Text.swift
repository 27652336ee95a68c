internal import Foundation

extension Double {
  /// The number with a fixed number of decimals.
  package func fixed(_ decimals: Int) -> String {
    String(format: "%.\(decimals)f", self)
  }

  /// The number with its sign and a fixed number of decimals.
  package func signed(_ decimals: Int) -> String {
    String(format: "%+.\(decimals)f", self)
  }

  /// The number with six significant digits at the most.
  package var compact: String {
    String(format: "%.6g", self)
  }

  /// The number with as many digits as tell it from all others.
  package var exact: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  /// A share as a percentage with one decimal.
  package var percent: String { (100 * self).fixed(1) + " %" }
}
