/// A way in which the vectors of a text's tokens become one, by its name in sentence-transformers' `pooling_mode`.
public enum PoolingMode: String, Sendable, Codable, CaseIterable {
  /// The first token's vector.
  case cls
  /// The greatest value of each dimension.
  case max
  /// The sum divided by the number of tokens.
  case mean
  /// The sum divided by √(number of tokens).
  case meanSqrtLength = "mean_sqrt_len_tokens"
  /// The mean weighted by position: 1, 2, 3, …
  case weightedMean = "weightedmean"
  /// The last token's vector.
  case lastToken = "lasttoken"

  /// The key that chooses this way in files written before `pooling_mode` was.
  var legacyKey: String {
    switch self {
    case .cls: "pooling_mode_cls_token"
    case .max: "pooling_mode_max_tokens"
    case .mean: "pooling_mode_mean_tokens"
    case .meanSqrtLength: "pooling_mode_mean_sqrt_len_tokens"
    case .weightedMean: "pooling_mode_weightedmean_tokens"
    case .lastToken: "pooling_mode_lasttoken"
    }
  }
}
