internal import LinearAlgebra

/// What makes probabilities of scores, or leaves numbers as they are, fitted to scores of rows that the head has not seen.
struct ScoreLink {
  /// Of classes; 1 of others.
  private let sharpness: Float
  /// Of tags.
  private let scaling: PlattScaling?

  /// The link that fits `scores` [N × outputs] of rows.
  init(fitting scores: Matrix<Float>, of targets: Targets, threads: Threads) {
    sharpness = Sharpness.fitted(to: scores, targets: targets, threads: threads)
    scaling =
      if case .tags(let labels) = targets {
        PlattScaling(of: scores, labels: labels, threads: threads)
      } else { nil }
  }

  /// The logits, or the numbers, that scores [N × outputs] become.
  func logits(of scores: Matrix<Float>) -> Matrix<Float> {
    if let scaling { return scaling.logits(of: scores) }
    guard sharpness != 1 else { return scores }
    return Matrix(
      rows: scores.rows, columns: scores.columns, elements: scores.elements.map { $0 * sharpness })
  }

  /// The head that answers by a model's scores.
  func head(of model: LinearModel, answering answers: Answers) throws(HeadError) -> Head {
    try Head(
      answers: answers,
      model: .linear(scaling.map { scaling throws(HeadError) in try model.scaled(by: scaling) } ?? model),
      sharpness: sharpness)
  }
}

extension Targets {
  /// The logits, or the numbers, that scores of rows [N × outputs] become by the link that fits them; the head has not seen the rows.
  func logits(of scores: Matrix<Float>, threads: Threads) -> Matrix<Float> {
    ScoreLink(fitting: scores, of: self, threads: threads).logits(of: scores)
  }
}

extension LinearModel {
  /// The head of this model whose link fits what it says, `scores` [N × outputs], of rows that it has not seen.
  func linked(to targets: Targets, by scores: Matrix<Float>, threads: Threads) throws(HeadError) -> Head {
    try ScoreLink(fitting: scores, of: targets, threads: threads).head(of: self, answering: targets.answers)
  }

  /// The model whose scores are the logits that the scaling makes of this one's.
  fileprivate func scaled(by scaling: PlattScaling) throws(HeadError) -> LinearModel {
    let elements = scaling.slopes.enumerated().flatMap { tag, slope in weights.row(tag).map { $0 * slope } }
    return try LinearModel(
      weights: Matrix(rows: weights.rows, columns: weights.columns, elements: elements),
      bias: bias.indices.map { scaling.slopes[$0] * bias[$0] + scaling.intercepts[$0] })
  }
}
