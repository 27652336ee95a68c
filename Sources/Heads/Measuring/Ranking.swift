/// How well scores put rows that have something before rows that have it not.
struct Ranking: Sendable {
  /// Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds, from the highest on; nil where no row has it.
  let averagePrecision: Double?
  /// The area under the receiver's curve: the share of pairs in the right order, ties counting half; nil where all rows or none have
  /// it.
  let rocAUC: Double?

  /// Ranks rows by their scores. O(N log N).
  init(_ scores: [Float], isThere: [Bool]) {
    let order = scores.indices.sorted { scores[$0] > scores[$1] }
    let positives = isThere.count { $0 }
    let negatives = scores.count - positives
    var (above, aboveWrong, precision, ordered) = (0, 0, 0.0, 0.0)
    var next = 0
    while next < order.count {
      // Rows of equal scores come in together.
      let score = scores[order[next]]
      let end = order[next...].firstIndex { scores[$0] != score } ?? order.count
      let right = order[next..<end].count { isThere[$0] }
      let wrong = end - next - right
      ordered += Double(wrong) * (Double(above) + Double(right) / 2)
      (above, aboveWrong) = (above + right, aboveWrong + wrong)
      precision += Double(right) * Double(above) / Double(above + aboveWrong)
      next = end
    }
    averagePrecision = positives > 0 ? precision / Double(positives) : nil
    rocAUC = positives > 0 && negatives > 0 ? ordered / (Double(positives) * Double(negatives)) : nil
  }
}
