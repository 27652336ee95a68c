/// The methods by which a head is trained.
public enum HeadMethod: String, Sendable, Hashable, Codable, CaseIterable {
  /// The nearest of the classes' means: `CentroidTrainer`.
  case centroid
  /// Linear discriminant analysis: `LDATrainer`.
  case lda
  /// The votes of the nearest rows: `NeighbourTrainer`.
  case knn
  /// A network of one hidden layer: `PerceptronTrainer`.
  case mlp
  /// Logistic regression, multinomial for classes: `LogisticTrainer`.
  case logistic
  /// A linear support vector machine: `SVMTrainer`.
  case svm
  /// Ridge regression, for classes and tags on targets of ±1: `RidgeTrainer`.
  case ridge

  /// Whether it has a penalty.
  public var hasPenalty: Bool {
    switch self {
    case .logistic, .svm, .ridge, .mlp: true
    case .centroid, .lda, .knn: false
    }
  }

  /// Whether it learns tasks of this kind.
  public func learns(_ answers: Answers) -> Bool {
    switch (self, answers) {
    case (.knn, _), (.mlp, _), (.ridge, _), (.lda, .oneOf): true
    case (.lda, _), (.logistic, .number), (.svm, .number), (.centroid, .number): false
    case (.logistic, _), (.svm, _), (.centroid, _): true
    }
  }
}
