/// What a backbone takes from a network, where that is not simply what the model directory says.
public struct BackboneOptions: Codable, Hashable, Sendable {
  /// The layer behind which the features are taken: 1 for the first, 0 for the embeddings that go into it, nil for the last.
  /// No layer behind it is loaded.
  public var layer: Int?
  /// The ways of pooling whose results stand one behind the other; empty for those that the model directory names.
  public var pooling: [PoolingMode]
  /// What becomes of a text that has more tokens than the network reads at once.
  public var longTexts: LongTexts

  /// The arithmetic of the network's products.
  public var numeric: NumericMode

  /// Options; without any, a backbone is what its model directory says.
  public init(
    layer: Int? = nil, pooling: [PoolingMode] = [], longTexts: LongTexts = .truncate,
    numeric: NumericMode = .float32
  ) {
    self.layer = layer
    self.pooling = pooling
    self.longTexts = longTexts
    self.numeric = numeric
  }
}
