internal import Foundation
internal import LinearAlgebra
public import Search

/// A label that the other rows speak against.
public struct LabelSuspect: Sendable, Hashable {
  /// The row.
  public let row: Int
  /// What the others say instead: the place of the class that is most probable, or of the tag that is there and should not be, or the
  /// other way round; 0 for a number.
  public let output: Int
  /// How well the others' word bears the label out, from 0 to 1: the probability of the class; the ``TagQuality`` of a tag; for a number,
  /// how probable it is to be as far off, if errors are normally distributed.
  public let score: Double
  /// How many standard deviations a number lies above what the others say; nil for classes and tags.
  public let deviations: Double?
  /// The nearest row of another content whose label is another one; for a number, one that is nearer to what the others say.
  public let against: Neighbour?
}

extension LabelEvidence {
  /// The `count` labels of the lowest scores, the lowest first; fewer where the others contradict fewer. Each tag of a row is a label
  /// of its own. O(N·answers).
  ///
  /// Classes are not measured against their average first, as tags are and as confident learning has it: that takes the rows of rare
  /// classes, whose averages are low, away from the front, where most wrong labels are.
  public func suspects(_ count: Int) -> [LabelSuspect] {
    let found =
      switch data.targets {
      case .classes(let labels): contradictedClasses(labels)
      case .tags(let labels): contradictedTags(labels)
      case .numbers(let numbers): contradictedNumbers(numbers)
      }
    return found.sorted { ($0.order, $0.row, $0.output) < ($1.order, $1.row, $1.output) }.prefix(count).map {
      LabelSuspect(
        row: $0.row, output: $0.output, score: $0.score, deviations: $0.deviations,
        against: neighbours[$0.row].first(where: disagrees(with: $0)))
    }
  }

  /// A label that is contradicted, before its witness is called.
  private struct Contradiction {
    let row: Int
    let output: Int
    let score: Double
    var deviations: Double?

    /// What they are sorted by: numbers far off have no probability left to tell them apart by.
    var order: Double { deviations.map { -abs($0) } ?? score }
  }

  private func contradictedClasses(_ labels: ClassLabels) -> [Contradiction] {
    (0..<data.count).compactMap { row in
      let best = outputs.largest(ofRow: row)
      guard best != Int(labels.indices[row]) else { return nil }
      return Contradiction(row: row, output: best, score: Double(outputs[row, Int(labels.indices[row])]))
    }
  }

  private func contradictedTags(_ labels: TagLabels) -> [Contradiction] {
    let qualities = TagQuality(of: outputs, labels: labels)
    var isThere = [Bool](repeating: false, count: labels.tags.count)
    return labels.indices.enumerated().flatMap { row, tags in
      for tag in tags { isThere[Int(tag)] = true }
      defer { for tag in tags { isThere[Int(tag)] = false } }
      return isThere.indices.compactMap { tag -> Contradiction? in
        let score = qualities.score(of: outputs[row, tag], tag: tag, isThere: isThere[tag])
        return score < 0.5 ? Contradiction(row: row, output: tag, score: score) : nil
      }
    }
  }

  /// The spread of the errors is that of their median, which the wrong ones among them do not move.
  private func contradictedNumbers(_ numbers: [Double]) -> [Contradiction] {
    let errors = numbers.enumerated().map { $1 - Double(outputs[$0, 0]) }
    let median = errors.map { abs($0) }.sorted()[errors.count / 2]
    guard median > 0 else { return [] }
    return errors.enumerated().map { row, error in
      // The median of a normal distribution's absolute errors is 0.6745 standard deviations.
      let deviations = error / median * 0.674489750196082
      return Contradiction(
        row: row, output: 0, score: erfc(abs(deviations) / 2.0.squareRoot()), deviations: deviations)
    }
  }

  /// Whether a neighbour's label speaks for what the others say.
  private func disagrees(with suspect: Contradiction) -> (Neighbour) -> Bool {
    switch data.targets {
    case .classes(let labels): { labels.indices[$0.row] != labels.indices[suspect.row] }
    case .tags(let labels):
      {
        let tag = Int32(suspect.output)
        return labels.indices[$0.row].contains(tag) != labels.indices[suspect.row].contains(tag)
      }
    case .numbers(let numbers):
      {
        let other = numbers[$0.row]
        return abs(other - Double(outputs[suspect.row, 0])) < abs(other - numbers[suspect.row])
      }
    }
  }
}
