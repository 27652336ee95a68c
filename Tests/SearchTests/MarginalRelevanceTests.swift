import LinearAlgebra
import Search
import Testing

/// What is chosen is held against the formula over whole matrices of likenesses (`tools/golden/search.py`).
struct MarginalRelevanceTests {
  private struct Choices: Decodable {
    struct Choice: Decodable {
      let metric: Metric
      let query: Int
      let relevance: Double
      let ids: [Int]
    }
    let k: Int
    let answers: [Choice]
  }

  @Test func `Near and unlike: as the formula of maximal marginal relevance chooses`() throws {
    let golden = try Golden.json("diverse.json", Choices.self)
    let (vectors, queries) = (try Golden.matrix("vectors.f32"), try Golden.matrix("queries.f32"))
    #expect(golden.answers.count == 60)
    for answer in golden.answers {
      let diversity = try MarginalRelevance(answer.relevance)
      let pool = try ExactSearch(vectors, by: answer.metric, threads: Threads(2)).nearest(
        diversity.candidates(for: Wanted(golden.k)), to: queries.rows(at: [answer.query]))[0]
      #expect(pool.count == 50)
      let chosen = diversity.choose(
        golden.k, of: pool, vectors: vectors.rows(at: pool.map(\.row)), by: answer.metric)
      #expect(chosen.map(\.row) == answer.ids, "\(answer)")
      #expect(Set(chosen).isSubset(of: pool))
    }
  }

  @Test func `Relevance alone keeps the order, and more cannot be chosen than there is`() throws {
    let vectors = try Golden.matrix("vectors.f32")
    let pool = try ExactSearch(vectors, threads: Threads(1)).nearest(30, to: vectors.rows(at: [4]))[0]
    let candidates = vectors.rows(at: pool.map(\.row))
    #expect(
      try MarginalRelevance(1).choose(7, of: pool, vectors: candidates, by: .cosine) == Array(pool.prefix(7)))
    for count in [nil, 30, 99] {
      let all = try MarginalRelevance(0.2).choose(count, of: pool, vectors: candidates, by: .cosine)
      #expect(all != pool && Set(all) == Set(pool) && all.first == pool.first)
    }
    #expect(
      try MarginalRelevance(0.5).choose(3, of: [], vectors: Matrix(rows: 0, columns: 24), by: .cosine) == [])
  }

  @Test func `There are enough candidates to choose from`() throws {
    let diversity = try MarginalRelevance(0.5)
    #expect(diversity.candidates(for: 3) == 50)
    #expect(diversity.candidates(for: Wanted(20, within: 0.5)) == Wanted(100, within: 0.5))
    #expect(diversity.candidates(for: Wanted(.max)) == Wanted(.max))
    #expect(diversity.candidates(for: Wanted(within: 1)) == Wanted(within: 1))
  }

  @Test(arguments: [-0.1, 1.1, .nan])
  func `A share of relevance lies from 0 to 1`(relevance: Double) {
    #expect(throws: SearchError.self) { try MarginalRelevance(relevance) }
  }
}
