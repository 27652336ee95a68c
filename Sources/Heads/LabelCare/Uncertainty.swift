public import LinearAlgebra

/// How little a head knows of rows.
public enum Uncertainty {
  /// The uncertainty of each row by its outputs [N × answers], from 0: for classes one less the margin between the two most probable
  /// (Scheffer, Decomain and Wrobel 2001), for tags how many are expected to be told wrongly. Numbers come without any: 1.
  public static func of(_ outputs: Matrix<Float>, answers: Answers) -> [Double] {
    (0..<outputs.rows).map { row in
      switch answers {
      case .oneOf: 1 - margin(outputs.row(row))
      case .anyOf: outputs.row(row).reduce(0) { $0 + Double(min($1, 1 - $1)) }
      case .number: 1
      }
    }
  }

  private static func margin(_ probabilities: ArraySlice<Float>) -> Double {
    let best = probabilities.reduce(into: (first: Float(0), second: Float(0))) { best, probability in
      if probability > best.first {
        best = (probability, best.first)
      } else if probability > best.second {
        best.second = probability
      }
    }
    return Double(best.first) - Double(best.second)
  }
}
