import Firn
import Testing

/// Vectors made elsewhere as queries.
struct VectorFileTests {
  let place: TemporaryStore
  let search: DatasetSearch
  private let queries: Matrix<Float>

  init() throws {
    var random = SplitMix64(state: 4)
    func draw(_ rows: Int) -> Matrix<Float> {
      Matrix(
        rows: rows, columns: 3, elements: (0..<3 * rows).map { _ in Float.random(in: -1...1, using: &random) }
      )
    }
    place = try TemporaryStore()
    try place.importVectors((0..<40).map { #"{"id": "\#($0)"}"# }, draw(40))
    search = try place.store.search(
      in: "made", with: "made", ranking: NeighbourRanking(.euclidean))
    queries = draw(600)
  }

  private func answers(_ file: FeatureFile) throws -> [[DatasetSearch.Answer]] {
    var answers: [[DatasetSearch.Answer]] = []
    try search.nearest(4, toRowsOf: file) { row, found in
      #expect(row == answers.count)
      answers.append(found)
    }
    return answers
  }

  @Test func `Every row is answered as the same vector in memory`() throws {
    let file = try FeatureFile(try place.file(of: queries), mayBeOneVector: true)
    #expect(try !file.isOneVector && answers(file) == search.nearest(4, to: queries))
    let none = try FeatureFile(try place.file(of: Matrix(rows: 0, columns: 3)))
    #expect(try answers(none) == [])
  }

  @Test func `A file may hold one vector, where it is allowed to`() throws {
    let path = try place.file(of: queries.rows(at: [7]), isOneVector: true)
    let file = try FeatureFile(path, mayBeOneVector: true)
    #expect(try file.isOneVector && answers(file) == search.nearest(4, to: queries.rows(at: [7])))
    #expect(throws: TensorFileError.malformed(path: path, problem: "has the shape [3], not rows × dimension"))
    {
      try FeatureFile(path)
    }
  }

  @Test func `What is no query is named by its row`() throws {
    for value in [Float.nan, .infinity] {
      var broken = queries
      broken[300, 1] = value
      let path = try place.file(of: broken)
      var rows = 0
      #expect(throws: FirnError.queryNotFinite(path: path, row: 300)) {
        try search.nearest(1, toRowsOf: FeatureFile(path)) { _, _ in rows += 1 }
      }
      #expect(rows == 256)
    }
    let wide = try place.file(of: Matrix(rows: 2, columns: 5, filledWith: 1))
    #expect(throws: FirnError.queryShape(path: wide, dimension: 5, backbone: "made", expected: 3)) {
      try answers(FeatureFile(wide))
    }
    for store in [place.store, Store(at: place.store.path, threads: Threads(1))] {
      let search = try store.search(in: "made", with: "made")
      #expect(throws: SearchError.dimension(queries: 2, vectors: 3)) {
        try search.nearest(1, to: Matrix(rows: 1, columns: 2, filledWith: 1))
      }
    }
  }
}
