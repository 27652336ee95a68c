internal import Foundation

extension Encodable {
  /// This value as one line of JSON with sorted names: equal values are equal bytes.
  ///
  /// - Throws: `EncodingError` when a number is not finite.
  public func canonicalJSON() throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(self), as: UTF8.self)
  }
}
