/// The methods by which a head is trained.
public enum HeadMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// Multinomial logistic regression: `LogisticTrainer`.
  case logistic
  /// Ridge regression on one-vs-rest targets: `RidgeTrainer`.
  case ridge
}
