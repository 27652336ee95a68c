import Firn
import Terminal

/// Writes neighbours, query by query.
struct NeighbourReport {
  let output: Output

  /// A neighbour as scripts read it.
  private struct Row: Encodable {
    let query: String?
    let rank: Int
    let id: String
    let score: Double
    let text: String
  }

  /// Writes the neighbours of a query; it stands before them where there are many.
  func write(_ answers: [DatasetSearch.Answer], of query: String? = nil) throws {
    if output.isJSON {
      for answer in answers {
        try output.json(
          Row(query: query, rank: answer.rank, id: answer.id, score: answer.score, text: answer.text))
      }
      return
    }
    if let query { output.heading(query) }
    output.table(
      [.right("rank"), .right("score"), .left("id"), .left("text")],
      answers.map { ["\($0.rank)", $0.score.fixed(4), $0.id, $0.text] })
  }
}
