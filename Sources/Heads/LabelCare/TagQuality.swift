internal import LinearAlgebra

/// How well the others' word bears out that a row has a tag, or has it not, measured against how well it bears out the tag's other rows:
/// the adjusted self-confidence of confident learning (Northcutt, Jiang and Chuang 2021), where each tag is a task of two classes.
struct TagQuality: Sendable {
  /// The mean probability of each tag where it is there, and of its absence where it is not; 1 where there is no such row.
  private let present: [Double]
  private let absent: [Double]

  /// The averages of probabilities [N × tags] on rows with these tags.
  init(of probabilities: Matrix<Float>, labels: TagLabels) {
    let tags = labels.tags.count
    var all = [Double](repeating: 0, count: tags)
    var there = all
    for row in 0..<labels.count {
      for (tag, probability) in probabilities.row(row).enumerated() { all[tag] += Double(probability) }
      for tag in labels.indices[row] { there[Int(tag)] += Double(probabilities[row, Int(tag)]) }
    }
    let counts = labels.counts
    present = zip(there, counts).map { $1 > 0 ? $0 / Double($1) : 1 }
    absent = zip(zip(all, there), counts).map { sums, count in
      let rest = Double(labels.count - count)
      return rest > 0 ? 1 - (sums.0 - sums.1) / rest : 1
    }
  }

  /// The quality of one label, from 0 to 1: below a half where the others speak for the contrary.
  func score(of probability: Float, tag: Int, isThere: Bool) -> Double {
    let probability = Double(probability)
    let greatest = max(present[tag], absent[tag])
    let adjusted = (probability - present[tag] + greatest, 1 - probability - absent[tag] + greatest)
    return (isThere ? adjusted.0 : adjusted.1) / (adjusted.0 + adjusted.1)
  }
}
