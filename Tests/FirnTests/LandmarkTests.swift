import Firn
import Testing

/// Neighbours of what is in the dataset already: items, means of items, centres of classes.
struct LandmarkTests {
  let place: TemporaryStore
  var store: Store { place.store }
  /// Short and long vectors, in two directions.
  private let vectors = Matrix<Float>(
    rows: 6, columns: 2, elements: [4, 0, 0, 1, 1, 1, 10, 0, 0, 8, -2, -2])

  init() throws {
    place = try TemporaryStore()
    let labels = ["x", "y", "x", "x", "y", "z"]
    let rows = labels.enumerated().map { index, label in
      #"{"id": "\#(index)", "labels": {"class": "\#(label)", "tags": ["\#(label)", "all"], "size": \#(index)}}"#
    }
    try place.importVectors(rows, vectors)
  }

  private func nearest(
    _ wanted: Wanted, to landmark: Landmark, by metric: Metric = .cosine, where filter: String? = nil
  ) throws -> [DatasetSearch.Answer] {
    let filter = try filter.map { try ItemFilter($0) }
    let ranking = NeighbourRanking(metric)
    let search = try store.search(in: "made", with: "made", where: filter, ranking: ranking)
    let answers = try search.nearest(wanted, to: landmark)
    let alone = try store.nearest(
      wanted, to: landmark, in: "made", with: "made", where: filter, ranking: ranking)
    #expect(alone == answers)
    return answers
  }

  private func expect(
    _ answers: [DatasetSearch.Answer], _ expected: [(String, Double)],
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(answers.map(\.id) == expected.map(\.0), sourceLocation: sourceLocation)
    for (answer, score) in zip(answers, expected.map(\.1)) {
      #expect(abs(answer.score - score) < 1e-6, "\(answer)", sourceLocation: sourceLocation)
    }
  }

  @Test func `Of several items the mean is asked, by cosine that of their directions`() throws {
    let half = 0.5.squareRoot()
    // (1, 0) and (0, 1), whatever their lengths: between them lies (1, 1).
    try expect(nearest(9, to: .items(["0", "1"])), [("2", 1), ("3", half), ("4", half), ("5", -1)])
    // (4, 0) and (0, 1): (2, 0.5).
    try expect(
      nearest(2, to: .items(["0", "1"]), by: .euclidean),
      [("2", -1.25.squareRoot()), ("5", -22.25.squareRoot())])
    try expect(nearest(1, to: .items(["0", "1"]), by: .innerProduct), [("3", 20)])
  }

  @Test func `What is to be gone away from is taken off`() throws {
    // (1, 0) − (0, 1)
    let half = 0.5.squareRoot()
    try expect(
      nearest(9, to: .items(["0"], minus: ["1"])), [("3", half), ("2", 0), ("5", 0), ("4", -half)])
    // ((4, 0) + (10, 0)) / 2 − ((0, 1) + (0, 8)) / 2 = (7, −4.5)
    try expect(
      nearest(9, to: .items(["0", "3"], minus: ["1", "4"]), by: .euclidean),
      [("2", -(36 + 30.25).squareRoot()), ("5", -(81 + 6.25).squareRoot())])
  }

  @Test func `The items that are named are left out, and as many come as are wanted`() throws {
    #expect(try nearest(3, to: .items(["0", "3"], minus: ["5"])).map(\.id) == ["2", "1", "4"])
    #expect(try nearest(1, to: .item("0")).map(\.id) == ["3"])
    #expect(try nearest(Wanted(within: 0.9), to: .item("0")).map(\.id) == ["3"])
    #expect(try nearest(2, to: .items(["0", "0"])).map(\.id) == ["3", "2"])
    #expect(try nearest(Wanted(.max), to: .items(["0", "1", "2"], minus: ["3", "4", "5"])) == [])
  }

  @Test func `A class or a tag has a centre, whatever the filter leaves`() throws {
    // x: (4, 0), (1, 1) and (10, 0): (5, 1/3).
    try expect(
      nearest(2, to: .centre(ofClass: "x", task: "class"), by: .euclidean),
      [("0", -(1 + 1.0 / 9).squareRoot()), ("2", -(16 + 4.0 / 9).squareRoot())])
    let tagged = try nearest(2, to: .centre(ofClass: "x", task: "tags"), by: .euclidean)
    #expect(try tagged == nearest(2, to: .centre(ofClass: "x", task: "class"), by: .euclidean))
    #expect(try nearest(1, to: .centre(ofClass: "y", task: "class"), where: "id = '5'").map(\.id) == ["5"])
    #expect(throws: FirnError.noClass(label: "w", task: "class", dataset: "made")) {
      try store.nearest(1, to: .centre(ofClass: "w", task: "class"), in: "made", with: "made")
    }
    #expect(throws: FilterError.unknownTask(name: "clas", near: ["label.class"])) {
      try store.nearest(1, to: .centre(ofClass: "x", task: "clas"), in: "made", with: "made")
    }
  }

  @Test func `What is not there is named, and nothing wanted comes first`() throws {
    for landmark in [Landmark.items(["0", "9"]), .items(["0"], minus: ["9"]), .item("9")] {
      #expect(throws: FirnError.noItem(id: "9", dataset: "made")) { try nearest(1, to: landmark) }
    }
    #expect(throws: SearchError.count(0)) { try nearest(0, to: .item("9")) }
  }
}
