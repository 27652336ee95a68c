internal import Foundation
public import LinearAlgebra

/// A measurement of how many candidates it takes to find the nearest: queries whose true neighbours an exact scan finds, and codes as well.
///
/// Half of the queries lie among the vectors, half in any direction: far from all of them, where approximate searches find least.
public struct RecallMeasurement: Sendable {
  /// How many neighbours are looked for.
  public static let neighbours = 10
  /// The share of them that is to be found, inside as well as outside.
  public static let goal = 0.97
  /// How many queries there are of each kind.
  private static let queriesOfAKind = 128
  /// How far queries from among the vectors are moved, as a part of their length.
  private static let displacement: Float = 0.5
  private static let mostCandidates = 3200
  private static let choices = [
    30, 50, 75, 100, 150, 200, 250, 300, 400, 500, 600, 700, 800, 1000, 1200, 1600, 2400, mostCandidates,
  ]

  /// The queries [Q × d].
  public let queries: Matrix<Float>
  /// Finds the true neighbours, by the rows that ``codes`` knows the vectors by as well.
  public let exact: VectorScan
  /// Finds the candidates.
  public let codes: CodeScan

  /// A measurement with queries drawn from `sample` [N × d] and from all directions, the same ones each time.
  ///
  /// - Throws: ``SearchError/notFinite(query:)``; ``SearchError/dimension(queries:vectors:)`` where the sample is of other vectors than the
  ///   quantiser's.
  public init(of quantizer: ProductQuantizer, drawingFrom sample: Matrix<Float>) throws(SearchError) {
    var random = SplitMix64(state: 0)
    var elements: [Float] = []
    let inside = (0..<sample.rows).spread(Self.queriesOfAKind)
    for row in inside {
      let vector = sample.row(row)
      let inverse = Float(vector.inverseNorm)
      let direction = Self.direction(sample.columns, drawing: &random)
      elements += zip(vector, direction).map { $0 * inverse + Self.displacement * $1 }
    }
    for _ in 0..<Self.queriesOfAKind { elements += Self.direction(sample.columns, drawing: &random) }
    queries = Matrix(rows: inside.count + Self.queriesOfAKind, columns: sample.columns, elements: elements)
    exact = try VectorScan(Wanted(Self.neighbours), nearestTo: queries)
    codes = try CodeScan(Self.mostCandidates, nearestTo: queries, by: quantizer)
  }

  /// The fewest candidates that reach the goal for both kinds of queries, or the most that are tried, by the true neighbours and the candidates of
  /// each query, the most promising first.
  public func depth(neighbours: [[Neighbour]], candidates: [[UInt32]]) -> SearchDepth {
    // Where among the candidates each neighbour stands.
    let places = zip(neighbours, candidates).map { neighbours, candidates in
      let places = Dictionary(zip(candidates, 0...)) { first, _ in first }
      return neighbours.map { places[UInt32($0.row)] ?? .max }
    }
    func recall(_ places: ArraySlice<[Int]>, _ choice: Int) -> Double {
      let all = places.joined()
      return all.isEmpty ? 1 : Double(all.count { $0 < choice }) / Double(all.count)
    }
    let inside = queries.rows - Self.queriesOfAKind
    let measured = Self.choices.map { choice in
      SearchDepth(
        candidates: choice, inside: recall(places[..<inside], choice),
        outside: recall(places[inside...], choice))
    }
    return measured.first { min($0.inside, $0.outside) >= Self.goal } ?? measured[measured.count - 1]
  }

  /// A direction, all of which are as likely (Muller 1959), by normal numbers (Box and Muller 1958).
  private static func direction(_ dimension: Int, drawing random: inout SplitMix64) -> [Float] {
    let values = (0..<dimension).map { _ in
      (-2 * log(Double.random(in: Double.leastNonzeroMagnitude...1, using: &random))).squareRoot()
        * cos(2 * .pi * Double.random(in: 0..<1, using: &random))
    }
    let norm = values.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return values.map { Float($0 / max(norm, .leastNormalMagnitude)) }
  }
}
