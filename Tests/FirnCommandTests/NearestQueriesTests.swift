import Foundation
import Testing

/// The kinds of queries and of answers that `firn nearest` knows, over vectors that NumPy made.
struct NearestQueriesTests {
  let bench: Workbench

  /// 40 vectors of any length under the declared backbone `made`, with a class each, and five queries.
  init() throws {
    bench = try Workbench(withBackbone: false)
    try bench.firn("backbone declare made --dimension 6 --source elsewhere")
    let made: Bool = try bench.numPy(
      Self.vectors + "numpy.save('f.npy', x)\nnumpy.save('q.npy', q)\nprint('true')")
    #expect(made)
    try bench.write(
      (0..<40).map { #"{"id": "i\#($0)", "label": "c\#($0 % 4)", "size": \#($0)}"# + "\n" }.joined(),
      to: "items.jsonl")
    try bench.firn("import f.npy --items items.jsonl --dataset d --backbone made --label class=label")
  }

  private static let vectors = """
    x = numpy.random.default_rng(1).standard_normal((40, 6)).astype('f4')
    x *= numpy.linspace(0.2, 3, 40, dtype='f4')[:, None]
    q = numpy.random.default_rng(2).standard_normal((5, 6)).astype('f4')

    """

  private struct Ranked: Decodable {
    let id: String
    let score: Double
  }

  /// What NumPy finds: `queries` is an expression of float64 vectors, by `x` and `q`; `among` holds of the rows `i` that are searched.
  private func expected(_ queries: String, _ metric: String, among: String = "True", _ cut: String = "[:5]")
    throws
    -> [[Ranked]]
  {
    try bench.numPy(
      Self.vectors + """
        x, q = x.astype('f8'), q.astype('f8')
        unit = lambda v: v / numpy.linalg.norm(v, axis=-1, keepdims=True)
        score = {"cosine": lambda v: unit(x) @ unit(v), "inner-product": lambda v: x @ v,
                 "euclidean": lambda v: -numpy.linalg.norm(x - v, axis=1)}["\(metric)"]
        answers = []
        for v in \(queries):
            s = score(v)
            order = [i for i in numpy.argsort(-s, kind="stable") if \(among)]
            answers.append([{"id": f"i{i}", "score": s[i]} for i in order]\(cut))
        print(json.dumps(answers))
        """)
  }

  private func nearest(_ options: String) throws -> [Neighbour] {
    try bench.firn("nearest --dataset d --backbone made --json \(options)").jsonLines()
  }

  private func expect(
    _ found: [Neighbour], _ expected: [Ranked], within tolerance: Double = 1e-6,
    sourceLocation: SourceLocation = #_sourceLocation
  ) {
    #expect(!expected.isEmpty && found.map(\.id) == expected.map(\.id), sourceLocation: sourceLocation)
    #expect(found.map(\.rank) == Array(1...max(1, found.count)), sourceLocation: sourceLocation)
    for (neighbour, other) in zip(found, expected) {
      #expect(abs(neighbour.score - other.score) < tolerance, "\(neighbour)", sourceLocation: sourceLocation)
    }
  }

  private static let metrics = ["cosine", "inner-product", "euclidean"]

  @Test(arguments: metrics)
  func `By a file of vectors: what NumPy finds, each answer led by its row`(metric: String) throws {
    let answers = try expected("q", metric)
    let found = try nearest("-k 5 --vectors q.npy --metric \(metric)")
    #expect(found.map(\.query) == (0..<5).flatMap { Array(repeating: "\($0)", count: 5) })
    for (row, answer) in answers.enumerated() {
      expect(found.filter { $0.query == "\(row)" }, answer, within: 1e-12)
    }
    if metric == "cosine" { #expect(try nearest("-k 5 --vectors q.npy") == found) }
  }

  @Test(arguments: ["numpy.save('one.npy', q[3])", "numpy.save('one.npy', q[3].astype('f8'))"])
  func `One vector is one query`(save: String) throws {
    _ = try bench.runNumPy("import numpy\n" + Self.vectors + save)
    let found = try nearest("-k 5 --vectors one.npy --metric euclidean")
    #expect(found.allSatisfy { $0.query == nil })
    try expect(found, expected("q[3:4]", "euclidean")[0], within: 1e-12)
  }

  @Test(arguments: metrics)
  func `Of items and classes: themselves, their means, and means less others`(metric: String) throws {
    // By cosine the directions are averaged, else the vectors.
    let of = metric == "cosine" ? "unit(x)" : "x"
    for (options, query, among) in [
      ("--id i3", "x[3]", "i != 3"),
      ("--id i3 --id i8", "(\(of)[3] + \(of)[8]) / 2", "i not in (3, 8)"),
      ("--id i3 --id i8 --minus i5", "(\(of)[3] + \(of)[8]) / 2 - \(of)[5]", "i not in (3, 5, 8)"),
      (
        "--id i3 --minus i5 --minus i9 --where size<30", "\(of)[3] - (\(of)[5] + \(of)[9]) / 2",
        "i not in (3, 5, 9) and i < 30"
      ),
      ("--class class=c2", "\(of)[2::4].mean(axis=0)", "True"),
    ] {
      let found = try nearest("-k 5 --metric \(metric) \(options)")
      try expect(found, expected("[\(query)]", metric, among: among)[0])
    }
  }

  @Test(arguments: [
    ("cosine", "0.3", "0.3"), ("inner-product", "-1.5", "-1.5"), ("euclidean", "2.5", "-2.5"),
  ])
  func `Within reach: all of them, or the nearest of them`(metric: String, reach: String, score: String)
    throws
  {
    let all = try expected("[x[7]]", metric, among: "i != 7 and s[i] >= \(score)", "")[0]
    #expect(10 < all.count && all.count < 39)
    try expect(nearest("--id i7 --metric \(metric) --within \(reach)"), all)
    try expect(nearest("--id i7 --metric \(metric) --within \(reach) -k 4"), Array(all.prefix(4)))
    let edge = try #require(try nearest("--id i7 --metric \(metric) -k 3").last)
    let distance = metric == "euclidean" ? -edge.score : edge.score
    #expect(try nearest("--id i7 --metric \(metric) --within \(distance)").count == 3)
    let beyond = metric == "euclidean" ? distance.nextDown : distance.nextUp
    #expect(try nearest("--id i7 --metric \(metric) --within \(beyond)").count == 2)
  }

  @Test func `Diverse neighbours are others, with the same scores`() throws {
    let plain = try nearest("--id i7 -k 39")
    for option in ["--diverse", "--diverse 0.5", "--diverse=0.5"] {
      let found = try nearest("\(option) --id i7 -k 5")
      #expect(found == (try nearest("--id i7 -k 5 --diverse")))
      #expect(found.count == 5 && found.map(\.id) != plain.prefix(5).map(\.id))
      #expect(
        found.allSatisfy { answer in plain.contains { $0.id == answer.id && $0.score == answer.score } })
    }
    #expect(try nearest("--id i7 -k 5 --diverse 1") == Array(plain.prefix(5)))
    #expect(try nearest("--id i7 -k 5 --diverse 0") != nearest("--id i7 -k 5 --diverse"))
  }

  @Test(
    arguments: [
      ("numpy.save('bad.npy', q[:, :5])", 65, "dimension 5"),
      ("q[4, 2] = numpy.nan; numpy.save('bad.npy', q)", 65, "row 4"),
      ("numpy.save('bad.npy', (q * 9).astype('i4'))", 65, "astype(numpy.float32)"),
      ("numpy.save('bad.npy', q[None])", 65, "(1, 5, 6)".replacing("(", with: "[").replacing(")", with: "]")),
      ("numpy.save('bad.npy', q[0, :4])", 65, "dimension 4"), ("pass", 66, "bad.npy"),
    ] as [(String, Int32, String)])
  func `Vectors that are no queries are refused, by what is wrong with them`(
    save: String, status: Int32, says: String
  ) throws {
    _ = try bench.runNumPy("import numpy\n" + Self.vectors + save)
    let run = try bench.run("nearest --dataset d --backbone made --vectors bad.npy")
    #expect(run.status == status && run.errors.contains(says), "\(run)")
  }

  @Test(
    arguments: [
      ("chess --id i1", 64, "TEXT and --id"),
      ("--class class=c1 --vectors q.npy", 64, "--class and --vectors"),
      ("- --file q.txt", 64, "TEXT and --file"), ("chess --minus i1", 64, "--minus goes with --id"),
      ("--minus i1", 64, "--id"),
      ("--class class=c1 --minus i1", 64, "--minus goes with --id"),
      ("--id i1 --metric manhattan", 64, "euclidean"),
      ("--id i1 --within near", 64, "not a number"), ("--id i1 --diverse=2", 64, "from 0 to 1"),
      ("--class c1", 64, "TASK=LABEL"), ("--class class=c9", 69, "“c9”"),
      ("--class clas=c1", 69, "label.class"),
      ("--id i1 --minus i77", 69, "i77"), ("chess", 69, "--vectors"), ("-", 69, "--vectors"),
    ] as [(String, Int32, String)])
  func `What cannot be asked says why`(words: String, status: Int32, says: String) throws {
    let run = try bench.run("nearest --dataset d --backbone made \(words)", input: "chess\n")
    #expect(run.status == status && run.errors.contains(says) && run.output == "", "\(run.testDescription)")
  }
}
