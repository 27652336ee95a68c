internal import Heads
internal import LinearAlgebra

extension HeadSpecification {
  /// The head that it makes of some rows, of features [N × d]; nil where these are too few to make one.
  func head(of features: Matrix<Float>, _ targets: Targets, threads: Threads) throws -> Head? {
    do {
      let data = try TrainingData(features: features, targets: targets)
      return try trainer().train(on: data, threads: threads).head
    } catch HeadError.tooFewRows, HeadError.tooFewClasses, HeadError.noTags {
      return nil
    }
  }
}
