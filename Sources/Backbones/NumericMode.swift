/// The arithmetic of a backbone's products. Both give the same bits on every processor, in any batch.
public enum NumericMode: String, Sendable, Hashable, Codable, CaseIterable {
  /// Single precision throughout.
  case float32
  /// Weights and what they are multiplied with as 16-bit integers with a scale for each row, summed up exactly; all
  /// else in single precision. Faster, and almost as close to the original.
  case int16
}
