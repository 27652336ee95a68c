import Foundation
import LinearAlgebra
import Search

/// How long the approximate search takes, and what its own measurement says.
struct ApproximateTimes: Encodable {
  let buildSeconds, aloneMedian, aloneWorst, togetherSeconds: Double
  let candidates: Int
  let inside, outside: Double
}

/// Does with an approximate search, which scores so many `candidates` or as many as it thinks best, what the main job does with the exact one.
func approximate(
  _ vectors: Matrix<Float>, _ queries: Matrix<Float>, count: Int, candidates: Int?, threads: Threads
) throws -> (times: ApproximateTimes, rows: [Int32]) {
  let ((index, search), buildSeconds) = try seconds {
    let index = try ApproximateIndex(vectors, threads: threads)
    let depth = candidates.map { SearchDepth(candidates: $0, inside: .nan, outside: .nan) } ?? index.depth
    return (
      index,
      ApproximateSearch(vectors, codes: index.codes, by: index.quantizer, depth: depth, threads: threads)
    )
  }
  var (rows, alone): ([[Int]], [Double]) = ([], [])
  for query in 0..<queries.rows {
    let one = queries.rows(at: [query])
    let (found, time) = try seconds { try search.nearest(count, to: one) }
    rows.append(found[0].map(\.row))
    alone.append(time)
  }
  let (together, togetherSeconds) = try seconds { try search.nearest(count, to: queries) }
  precondition(together.map { $0.map(\.row) } == rows, "queries together have the answers of each alone")
  alone.sort()
  return (
    ApproximateTimes(
      buildSeconds: buildSeconds, aloneMedian: alone[alone.count / 2],
      aloneWorst: alone[alone.count * 99 / 100],
      togetherSeconds: togetherSeconds, candidates: index.depth.candidates, inside: index.depth.inside,
      outside: index.depth.outside),
    rows.flatMap { $0.map { Int32($0) } }
  )
}
