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
    let cosine: Double?
    let wordsRank: Int?

    enum CodingKeys: String, CodingKey {
      case query, rank, id, score, text, cosine
      case wordsRank = "words_rank"
    }

    init(_ answer: DatasetSearch.Answer, of query: String?) {
      self.query = query
      (rank, id, score, text) = (answer.rank, answer.id, answer.score, answer.text)
      (cosine, wordsRank) = (answer.cosine, answer.wordsRank)
    }
  }

  /// Writes the neighbours of a query; it stands before them where there are many.
  func write(_ answers: [DatasetSearch.Answer], of query: String? = nil) throws {
    if output.isJSON {
      return try answers.forEach { try output.json(Row($0, of: query)) }
    }
    if let query { output.heading(query) }
    // With words to match, one of both is known of each answer; else none is.
    guard answers.contains(where: { $0.cosine != nil || $0.wordsRank != nil }) else {
      return output.table(
        [.right("rank"), .right("score"), .left("id"), .left("text")],
        answers.map { ["\($0.rank)", $0.score.fixed(4), $0.id, $0.text] })
    }
    output.table(
      [.right("rank"), .right("score"), .right("cosine"), .right("by words"), .left("id"), .left("text")],
      answers.map {
        [
          "\($0.rank)", $0.score.fixed(4), $0.cosine?.fixed(4) ?? "", $0.wordsRank.map { "\($0)" } ?? "",
          $0.id, $0.text,
        ]
      })
    if !answers.contains(where: { $0.wordsRank != nil }) {
      output.note("None of these has the words; they are ranked by nearness alone.")
    }
  }
}
