internal import CKernels

/// What a row of scores costs where one of its columns is the right one.
public enum RowLoss: Sendable {
  /// −log softmax(scores)[label].
  case softmax
  /// Σ max(0, 1 − y·score)² over the columns, with y = 1 at the label and −1 elsewhere.
  case squaredHinge
}

extension Matrix<Float> {
  /// Turns every row of scores into the slopes of its loss, ∂loss/∂score; returns the sum of the losses.
  ///
  /// `labels` has one column a row; `curvature` [columns] gains the sum of each column's ∂²loss/∂score². With `weights` [rows] each
  /// row's loss counts as often as they say.
  public mutating func becomeSlopes(
    of loss: RowLoss, labels: ArraySlice<Int32>, weights: [Float]? = nil, curvature: inout [Float]
  ) -> Double {
    precondition(labels.count == rows && curvature.count == columns, "a label a row, a curvature a column")
    precondition(labels.allSatisfy { 0..<columns ~= Int($0) }, "a label is a column")
    precondition(weights.map { $0.count == rows } ?? true, "a weight a row")
    let (height, width) = (rows, columns)
    let kernels = firn_arithmetic().pointee
    let kernel = loss == .softmax ? kernels.softmax_loss : kernels.squared_hinge_loss
    return elements.withUnsafeMutableBufferPointer { scores in
      labels.withUnsafeBufferPointer { labels in
        guard let scores = scores.baseAddress, let labels = labels.baseAddress else { return 0 }
        guard let weights else { return kernel(scores, height, width, labels, &curvature) }
        var own = [Float](repeating: 0, count: width)
        return (0..<height).reduce(0) { sum, row in
          let (slopes, weight) = (scores + row * width, weights[row])
          let loss = kernel(slopes, 1, width, labels + row, &own)
          for column in 0..<width {
            slopes[column] *= weight
            curvature[column] += weight * own[column]
            own[column] = 0
          }
          return sum + Double(weight) * loss
        }
      }
    }
  }
}
