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

  /// The penalties that are tried when none is given: those of features that are about as long as 1, as most embeddings are. Standardised
  /// ones are about as long as the root of their number; a thousand times the penalty is what holds their weights alike.
  public func defaultPenalties(standardised: Bool = false) -> [Double] {
    let penalties: [Double] =
      switch self {
      case .ridge: RidgeTrainer.defaultPenalties
      case .logistic: LogisticTrainer.defaultPenalties
      case .svm: SVMTrainer.defaultPenalties
      case .mlp: [1]
      case .centroid, .lda, .knn: []
      }
    return standardised ? penalties.map { 1000 * $0 } : penalties
  }

  /// Whether it can count the rows of each class as often as it is told.
  public var hasClassWeights: Bool {
    switch self {
    case .logistic, .svm, .mlp: true
    case .centroid, .lda, .knn, .ridge: false
    }
  }

  /// Whether it can be told to standardise features: its model is linear, so that the scales go into the weights.
  public var standardises: Bool {
    switch self {
    case .centroid, .lda, .logistic, .svm, .ridge: true
    case .knn, .mlp: false
    }
  }

  /// Whether it can smooth labels: it learns probabilities.
  public var smoothsLabels: Bool {
    switch self {
    case .logistic, .mlp: true
    case .centroid, .lda, .knn, .svm, .ridge: false
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
