import Testing

/// `firn transfer tasks`: how tasks relate on the same items.
struct TransferTasksTests {
  private struct Relations: Decodable {
    struct Task: Decodable {
      let task: String
      let rows: Int
      let answers, rank: Int?
      let problem: String?
    }
    struct Figure: Decodable {
      let value, chance: Double
    }
    struct Pair: Decodable {
      let from, to: String
      let rows: Int
      let entropy, nce, leep: Double?
      let labels, answers, similarity: Figure?
    }
    let revision, least_rows: Int
    let tasks: [Task]
    let pairs: [Pair]

    func pair(_ from: String, _ to: String) throws -> Pair {
      try #require(pairs.first { $0.from == from && $0.to == to })
    }
  }

  private let bench: Workbench
  private let tasks = "transfer tasks --dataset d --backbone tiny"

  init() throws {
    bench = try Workbench.withExamples()
  }

  /// What NumPy makes of the rows, where each is left out of a ridge regression of its own.
  private struct ByNumPy: Decodable {
    let nce, leep, similarity: Double
  }

  private static let byNumPy = """
    import sqlite3
    db = sqlite3.connect("file:firn.db?mode=ro", uri=True)
    rows = db.execute(
        "SELECT vector, a.value, b.value FROM item_embeddings e JOIN labels a USING (dataset, item) JOIN labels b USING (dataset, item) "
        "WHERE a.task = 'section' AND b.task = 'stars' ORDER BY item").fetchall()
    x = numpy.stack([numpy.frombuffer(row[0], "<f4") for row in rows]).astype(float)
    section = numpy.unique([row[1] for row in rows], return_inverse=True)[1]
    stars = numpy.array([float(row[2]) for row in rows])
    fifths = numpy.searchsorted(numpy.sort(stars)[numpy.arange(1, 5) * len(stars) // 5], stars, side="right")

    def ridge(x, y, penalty):
        centred = x - x.mean(0)
        weights = numpy.linalg.solve(centred.T @ centred + penalty * numpy.eye(x.shape[1]), centred.T @ (y - y.mean(0)))
        return weights, y.mean(0) - x.mean(0) @ weights

    def head(y):
        best = None
        for penalty in 10.0 ** numpy.arange(-3, 3.1, 0.5):
            scores = numpy.empty_like(y)
            for row in range(len(y)):
                rest = numpy.arange(len(y)) != row
                weights, bias = ridge(x[rest], y[rest], penalty)
                scores[row] = x[row] @ weights + bias
            loss = ((y - scores) ** 2).mean()
            if best is None or loss <= best[0]:
                best = loss, scores, ridge(x, y, penalty)[0]
        return best[1:]

    def softmax(scores):
        powers = numpy.exp(scores - scores.max(1, keepdims=True))
        return powers / powers.sum(1, keepdims=True)

    def leep(theta):
        joint = numpy.stack([theta[fifths == fifth].sum(0) for fifth in range(5) if (fifths == fifth).any()])
        place = numpy.unique(fifths, return_inverse=True)[1]
        return numpy.log(((joint / joint.sum(0))[place] * theta).sum(1)).mean()

    scores, weights = head(numpy.where(section[:, None] == numpy.arange(3), 1.0, -1.0))
    low, high = -8.0, 8.0
    loss = lambda power: -numpy.log(softmax(numpy.exp(power) * scores)[numpy.arange(len(x)), section]).sum()
    for _ in range(200):
        third = (high - low) / 3
        low, high = (low, high - third) if loss(low + third) < loss(high - third) else (low + third, high)
    other = head(stars[:, None])[1]
    one = numpy.linalg.svd(weights, full_matrices=False)[0][:, :2]
    other = other / numpy.linalg.norm(other)
    print(json.dumps({
        "nce": leep(numpy.eye(3)[section]), "leep": leep(softmax(numpy.exp(low) * scores)),
        "similarity": ((one.T @ other) ** 2).sum()}))
    """

  @Test func `What a head and its labels tell is what NumPy finds, row by row`() throws {
    let relations: Relations = try bench.firn("\(tasks) --json").json()
    let (pair, expected) = (
      try relations.pair("section", "stars"), try bench.numPy(Self.byNumPy, ByNumPy.self)
    )
    #expect(abs(try #require(pair.nce) - expected.nce) < 1e-6)
    #expect(abs(try #require(pair.leep) - expected.leep) < 1e-4)
    #expect(abs(try #require(pair.similarity).value - expected.similarity) < 1e-4)
    let share = 1 + (pair.leep ?? .nan) / (pair.entropy ?? .nan)
    #expect(abs(try #require(pair.answers).value - share) < 1e-12)
  }

  @Test func `All tasks are compared, each with each, in words and as JSON`() throws {
    let relations: Relations = try bench.firn("\(tasks) --json").json()
    #expect(relations.tasks.map(\.task) == ["section", "stars", "tags"])
    #expect(relations.tasks.map(\.answers) == [3, nil, 2])
    #expect(relations.tasks.map(\.rank) == [2, 1, 1])
    #expect(relations.pairs.count == 6 && relations.pairs.allSatisfy { $0.rows == 60 && $0.answers != nil })
    for pair in relations.pairs {
      let figures = [pair.labels, pair.answers, pair.similarity].compactMap { $0 }.flatMap {
        [$0.value, $0.chance]
      }
      #expect(figures.count == 6 && figures.allSatisfy { (-1e-9...1 + 1e-9).contains($0) }, "\(pair)")
    }
    let text = try bench.firn(tasks).output
    #expect(text.contains("What the labels explain") && text.contains("its answers explain"), "\(text)")
  }

  @Test func `One task is told to be alone, and one that nobody answers is refused`() throws {
    let alone = try bench.run("\(tasks) --task section --task section")
    #expect(alone.status == 0 && alone.errors.contains("It takes two tasks"), "\(alone.testDescription)")
    let none = try bench.run("\(tasks) --task section --task nothing")
    #expect(none.status == 69, "\(none.testDescription)")
  }

  /// `other` is of items that have no section, `same` has one class.
  @Test func `What cannot be compared is told`() throws {
    let lone = (100..<130).map {
      #"{"id": "i\#($0)", "text": "\#(Examples.text($0))", "labels": {"other": "o\#($0 % 2)"}}"#
    }
    let same = (0..<60).map {
      #"{"id": "i\#($0)", "text": "\#(Examples.text($0))", "labels": {"same": "s"}}"#
    }
    try bench.write((lone + same).joined(separator: "\n") + "\n", to: "more.jsonl")
    try bench.firn("extract more.jsonl --dataset d --backbone tiny")
    let run = try bench.firn("\(tasks) --task section --task other --task same --json")
    let relations: Relations = try run.json()
    let apart = try relations.pair("section", "other")
    #expect(apart.rows == 0 && apart.labels == nil && apart.answers == nil && apart.similarity == nil)
    #expect(
      run.errors.contains("Not compared: 0 texts have labels of both other and section"), "\(run.errors)")
    let told = try relations.pair("section", "same")
    #expect(told.rows == 60 && told.entropy == 0 && told.answers == nil && told.similarity == nil)
    let telling = try relations.pair("same", "section")
    #expect(abs(telling.labels?.value ?? 1) < 1e-12 && telling.leep == nil)
    #expect(run.errors.contains("No head for same"), "\(run.errors)")
    let past: Relations = try bench.firn("\(tasks) --at 1 --json").json()
    #expect(past.revision == 1 && past.tasks.map(\.task) == ["section", "stars", "tags"])
  }
}
