internal import Foundation
public import LinearAlgebra
internal import Search

/// What a row's nearest neighbours among labelled rows say of it.
///
/// Each of the `count` nearest by cosine s votes with the weight exp((s − 1)/0.07), as self-supervised networks are judged (Caron et
/// al. 2021). One voter more, as far away as the last of them, stands for all rows: so no class is ever impossible. For one class
/// the score is the logarithm of its share of the votes, for tags the logit of the share, for a number the mean.
public struct NeighbourModel: Sendable {
  /// The labelled rows [N × d].
  public let features: Matrix<Float>
  /// Their answers.
  public let targets: Targets
  /// How many neighbours vote.
  public let count: Int

  static let temperature = 0.07

  /// A model of these parts. Throws when the numbers of rows differ, there are none, or no neighbour votes.
  public init(features: Matrix<Float>, targets: Targets, count: Int) throws(HeadError) {
    guard features.rows == targets.count else {
      throw .rowCount(features: features.rows, labels: targets.count)
    }
    guard targets.count > 0 else { throw .tooFewRows(0) }
    guard count > 0 else { throw .setting("the number of neighbours", problem: "must be at least 1") }
    if let row = (0..<features.rows).first(where: { !features.row($0).allSatisfy(\.isFinite) }) {
      throw .notFinite(row: row)
    }
    self.features = features
    self.count = count
    // What a file of the model keeps.
    if case .numbers(let numbers) = targets {
      self.targets = .numbers(numbers.map { Double(Float($0)) })
    } else {
      self.targets = targets
    }
  }

  /// What the neighbours say of rows, [N × outputs]. O(d) a pair of rows.
  ///
  /// - Throws: ``HeadError/notFinite(row:)``.
  func scores(of rows: Matrix<Float>, threads: Threads) throws(HeadError) -> Matrix<Float> {
    let found = try Self.neighbours(count, of: rows, among: features, threads: threads)
    return Self.scores(found, among: targets, threads: threads)
  }

  /// The nearest rows of each of `rows`, nearest first.
  static func neighbours(
    _ count: Int, of rows: Matrix<Float>, among features: Matrix<Float>, threads: Threads
  ) throws(HeadError) -> [[Neighbour]] {
    do {
      return try ExactSearch(features, threads: threads).nearest(Wanted(count), to: rows)
    } catch .notFinite(let row) {
      throw .notFinite(row: row)
    } catch {
      throw .width(features: rows.columns, head: features.columns)
    }
  }

  /// The nearest other rows of each row, nearest first; those of its group are left out, where there are groups [N].
  static func others(
    _ count: Int, of features: Matrix<Float>, groups: [Int]? = nil, threads: Threads,
    progress: @Sendable (Double) -> Void
  ) throws(HeadError) -> [[Neighbour]] {
    do {
      return try NeighbourJoin(features, groups: groups, threads: threads)
        .nearest(count, telling: progress)
    } catch .notFinite(let row) {
      throw .notFinite(row: row)
    } catch {
      throw .setting("the number of neighbours", problem: "must be at least 1")
    }
  }

  /// What lists of neighbours say, each nearest first, [lists × outputs].
  static func scores(_ found: [[Neighbour]], among targets: Targets, threads: Threads) -> Matrix<Float> {
    let all = targets.shares
    let outputs = targets.answers.count
    let rows = threads.map(found.count) { list in
      var votes = all
      var total = 1.0
      // Relative to the last, whose weight is that of the voter for all.
      let farthest = found[list].last?.score ?? 1
      for neighbour in found[list] {
        let weight = exp((neighbour.score - farthest) / temperature)
        total += weight
        targets.vote(row: neighbour.row, weight: weight, into: &votes)
      }
      return votes.map { Float(targets.score(ofShare: $0 / total)) }
    }
    return Matrix(rows: found.count, columns: outputs, elements: rows.flatMap { $0 })
  }
}

extension Targets {
  /// What all rows say together: the share of each class or tag, or the mean number [outputs].
  var shares: [Double] {
    switch self {
    case .classes(let labels): labels.counts.map { Double($0) / Double(count) }
    case .tags(let labels): labels.counts.map { Double($0) / Double(count) }
    case .numbers(let numbers): [numbers.reduce(0, +) / Double(count)]
    }
  }

  /// Adds a row's vote.
  fileprivate func vote(row: Int, weight: Double, into votes: inout [Double]) {
    switch self {
    case .classes(let labels): votes[Int(labels.indices[row])] += weight
    case .tags(let labels): for tag in labels.indices[row] { votes[Int(tag)] += weight }
    case .numbers(let numbers): votes[0] += weight * numbers[row]
    }
  }

  /// The score that the link turns into a share of the votes.
  fileprivate func score(ofShare share: Double) -> Double {
    switch self {
    case .classes: log(share)
    case .tags: log(share) - log(max(1 - share, .leastNormalMagnitude))
    case .numbers: share
    }
  }
}
