import LinearAlgebra
import Testing

@testable import Heads

@Suite struct NoveltyTests {
  @Test(arguments: GoldenProblem.names)
  func distancesAreScikitLearnsMahalanobis(name: String) throws {
    let (problem, golden) = (try GoldenProblem(name), try GoldenMethods.decoded()[name])
    let novelty = try Novelty(problem.data, held: problem.data.features, threads: Threads(2))
    let width = problem.data.features.columns
    let queries = Matrix(
      rows: golden.novelty.queries.count / width, columns: width, elements: golden.novelty.queries)
    for (distance, expected) in zip(
      novelty.distances(of: queries, threads: Threads(2)), golden.novelty.distances)
    {
      #expect(abs(distance / expected - 1) < 1e-6)
    }
  }

  @Test func aTwentiethOfWhatIsUsualIsRejected() throws {
    let data = try randomProblem(rows: 400, width: 6, classes: 3, seed: 92)
    let held = try randomProblem(rows: 400, width: 6, classes: 3, seed: 92).features
    let novelty = try Novelty(data, held: held, threads: Threads(2))
    let rejected = novelty.distances(of: held, threads: Threads(1)).count { $0 > novelty.threshold }
    #expect(rejected <= 20 && rejected >= 17)
    let far = Matrix<Float>(rows: 1, columns: 6, filledWith: 100)
    #expect(novelty.distances(of: far, threads: Threads(1))[0] > novelty.threshold)
    #expect(throws: HeadError.tooFewRows(0)) {
      try Novelty(data, held: Matrix(rows: 0, columns: 6), threads: Threads(1))
    }
  }
}
