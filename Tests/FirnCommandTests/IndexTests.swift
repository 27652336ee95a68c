import Foundation
import Testing

/// `firn index`: built, used, kept up to date, killed, damaged, dropped. What it finds is held against `firn nearest --exact`, which is held
/// against Python.
struct IndexTests {
  struct Status: Decodable, Equatable {
    let dataset, backbone, state: String
    let revision, contents, bytes, candidates: Int?
    let recallInside, recallOutside: Double?

    enum CodingKeys: String, CodingKey {
      case dataset, backbone, state, revision, contents, bytes, candidates
      case recallInside = "recall_inside"
      case recallOutside = "recall_outside"
    }
  }

  private static let build = "index build --dataset d --backbone clip --json"

  /// A store with so many vectors, of which the first axes vary most; every thirtieth text has two items.
  private static func bench(_ count: Int, dimension: Int = 24) throws -> Workbench {
    let bench = try Workbench(withBackbone: false)
    try bench.firn("backbone declare clip --dimension \(dimension) --source clip")
    try take(0..<count, into: bench, dimension: dimension)
    return bench
  }

  private static func take(_ rows: Range<Int>, into bench: Workbench, dimension: Int = 24) throws {
    let text = { (row: Int) in row % 30 == 29 ? row - 1 : row }
    try bench.write(
      rows.map {
        #"{"id":"i\#($0)","text":"text \#(text($0))","half":\#($0 % 2),"rare":\#($0 % 100)}"# + "\n"
      }.joined(),
      to: "items.jsonl")
    let made: Bool = try bench.numPy(
      """
      rows = [row - 1 if row % 30 == 29 else row for row in range(\(rows.lowerBound), \(rows.upperBound))]
      all = numpy.random.default_rng(5).standard_normal((50000, \(dimension)), dtype='f4')
      numpy.save('f.npy', (0.2 + all * numpy.exp(-numpy.arange(\(dimension)) / 4).astype('f4'))[rows])
      print('true')
      """)
    try #require(made)
    try bench.firn("import f.npy --items items.jsonl --dataset d --backbone clip")
  }

  private static func neighbours(_ bench: Workbench, _ line: String) throws -> [Neighbour] {
    let run = try bench.firn("nearest --dataset d --backbone clip --json \(line)")
    #expect(run.errors.isEmpty, "\(run)")
    return try run.jsonLines()
  }

  /// The share of the true neighbours that are found; all scores must be exact.
  private static func recall(_ bench: Workbench, _ more: String = "", of items: [Int]) throws -> Double {
    var hits = 0
    for item in items {
      let (found, exact) = (
        try neighbours(bench, "--id i\(item) \(more)"), try neighbours(bench, "--id i\(item) --exact \(more)")
      )
      #expect(
        found.count == 10 && found.map(\.rank) == Array(1...10) && !found.contains { $0.id == "i\(item)" })
      let scores = Dictionary(uniqueKeysWithValues: exact.map { ($0.id, $0.score) })
      #expect(found.allSatisfy { scores[$0.id, default: $0.score] == $0.score })
      for (one, next) in zip(found, found.dropFirst()) {
        #expect(
          one.score > next.score
            || one.score == next.score && Array(one.id.utf8).lexicographicallyPrecedes(next.id.utf8))
      }
      hits += found.count { $0.score >= exact[9].score }
    }
    return Double(hits) / Double(10 * items.count)
  }

  private static func status(_ bench: Workbench) throws -> [Status] {
    try bench.firn("index status --json").json()
  }

  @Test func `An index finds almost all, is kept up to date, and goes when it is dropped`() throws {
    let bench = try Self.bench(6000)
    #expect(try Self.status(bench) == [])
    let built: Status = try bench.firn(Self.build).json()
    #expect(built.state == "current" && built.contents == 5800 && built.revision == 1)
    #expect((built.candidates ?? .max) <= 150)
    #expect(min(built.recallInside ?? 0, built.recallOutside ?? 0) >= 0.97)
    #expect(try bench.firn(Self.build).json() == built)
    #expect(try Self.recall(bench, of: Array(stride(from: 3, to: 6000, by: 500))) >= 0.95)
    #expect(try bench.firn("index status").output.contains("current"))

    try Self.take(6000..<6600, into: bench)
    let grown = try Self.status(bench)
    #expect(grown.map(\.state) == ["current"] && grown[0].contents == 6380 && grown[0].revision == 2)
    #expect(try bench.sqlite("SELECT count(*) FROM search_block") == "2")
    #expect(try Self.recall(bench, of: [29, 2000, 6001, 6599]) >= 0.95)
    // Labels make a revision too.
    try bench.firn("label - --dataset d", input: #"{"id":"i1","label":"x"}"# + "\n")
    #expect(try Self.status(bench).map(\.state) == ["current"])
    try bench.firn("verify")

    // An old revision, a filter that few items pass, and --exact are answered as ever; one that many pass by the index.
    let rare = try Self.neighbours(bench, "--id i5 --where rare=7")
    #expect(rare == (try Self.neighbours(bench, "--id i5 --exact --where rare=7")) && rare.count == 10)
    #expect(try Self.neighbours(bench, "--id i5 --at 1") == Self.neighbours(bench, "--id i5 --at 1 --exact"))
    #expect(try Self.recall(bench, "--where half<2", of: [7, 700]) >= 0.95)
    let wide = try Self.neighbours(bench, "--id i5 --where rare<90 -k 50")
    #expect(wide.count == 50 && wide.allSatisfy { (Int($0.id.dropFirst()) ?? 0) % 100 < 90 })

    try bench.firn("index drop --dataset d --backbone clip")
    #expect(try bench.sqlite("SELECT count(*) FROM search_block") == "0")
    #expect(try bench.run("index drop --dataset d --backbone clip").status == 69)
    #expect(try bench.run("index build --dataset e --backbone clip").status == 69)
  }

  @Test func `An index goes with its dataset or its backbone`() throws {
    for line in ["dataset remove d", "backbone remove clip"] {
      let bench = try Self.bench(300)
      try bench.firn(Self.build)
      try bench.firn(line)
      #expect(try bench.sqlite("SELECT count(*) FROM search_index") == "0")
      #expect(try bench.sqlite("SELECT count(*) FROM search_block") == "0")
      try bench.firn("verify")
    }
  }

  @Test func `Items that go leave their places to others`() throws {
    let bench = try Workbench()
    let extract = "extract - --dataset d --backbone tiny --prune"
    try bench.firn(extract, input: Examples.rows(0..<5000))
    try bench.firn("index build --dataset d --backbone tiny")
    for (rows, blocks) in [(0..<3500, 1), (1000..<5200, 2), (0..<10, 1), (0..<5000, 2)] {
      try bench.firn(extract, input: Examples.rows(rows))
      let contents = Set(rows.map { Examples.text($0) }).count
      let status = try Self.status(bench)
      #expect(status.map(\.state) == ["current"] && status[0].contents == contents)
      #expect(try bench.sqlite("SELECT count(*) FROM search_block") == "\(blocks)")
      #expect(try bench.sqlite("SELECT sum(length(contents)) / 8 FROM search_block") == "\(contents)")
      try bench.firn("verify")
    }
  }

  /// Any byte of an index: verify finds it, and searches are exact.
  @Test(arguments: [
    ("search_index", "quantizer"), ("search_index", "depth"), ("search_index", "revision"),
    ("search_index", "contents"),
    ("search_index", "trained"), ("search_index", "changes"), ("search_index", "checksum"),
    ("search_block", "contents"),
    ("search_block", "codes"), ("search_block", "checksum"), ("search_block", ""),
  ])
  func `A damaged index is found, and not used`(table: String, column: String) throws {
    let bench = try Self.bench(6000)
    try bench.firn(Self.build)
    let exact = try Self.neighbours(bench, "--id i77 --exact")
    if column.isEmpty {
      #expect(try bench.changeWithSQLite("DELETE FROM search_block WHERE id % 2 = 1").status == 0)
    } else {
      let script = """
        import random
        random.seed(\(column.count))
        id, value = db.execute("SELECT id, \(column) FROM \(table) ORDER BY id DESC").fetchone()
        if isinstance(value, int): value ^= 1
        elif isinstance(value, str): value = value.replace("1", "2").replace("9", "8")
        else:
            value = bytearray(value)
            value[random.randrange(len(value))] ^= 1 << random.randrange(8)
        db.execute("UPDATE \(table) SET \(column) = ? WHERE id = ?", (value, id))
        db.commit()
        print("true")
        """
      #expect(try bench.python(script, Bool.self))
    }
    let verified = try bench.run("verify")
    #expect(
      verified.status == 65 && verified.output.contains("index")
        && verified.output.contains("firn index build"))
    let run = try bench.firn("nearest --dataset d --backbone clip --json --id i77")
    #expect(try run.jsonLines(Neighbour.self) == exact)
    #expect(run.errors.contains("firn index build"))
    try bench.firn(Self.build)
    try bench.firn("verify")
    #expect(try Self.neighbours(bench, "--id i77").count == 10)
  }

  @Test func `Clusters are a change that an index follows`() throws {
    let bench = try Self.bench(300)
    try bench.firn(Self.build)
    try bench.firn("cluster topic --dataset d --backbone clip -k 2")
    #expect(try Self.status(bench).map(\.state) == ["current"])
  }

  /// A vacuum frees the numbers of texts that are gone, and other texts will have them: an index that may know those must not live on.
  @Test func `What a vacuum frees takes indexes along that may know it`() throws {
    let bench = try Self.bench(300)
    try bench.firn(Self.build)
    #expect(try bench.changeWithSQLite("UPDATE search_index SET state = 'building'").status == 0)
    try bench.write(#"{"id":"gone","text":"gone"}"# + "\n", to: "gone.jsonl")
    let made: Bool = try bench.numPy("numpy.save('g.npy', numpy.ones((1, 24), dtype='f4')); print('true')")
    try #require(made)
    try bench.firn("import g.npy --items gone.jsonl --dataset other --backbone clip")
    try bench.firn("dataset remove other")
    try bench.firn("vacuum")
    #expect(try Self.status(bench).isEmpty)
  }

  @Test func `An index of another revision is not used, and says so`() throws {
    let bench = try Self.bench(6000)
    try bench.firn(Self.build)
    // As a store has it whose items another program changed.
    #expect(
      try bench.changeWithSQLite(
        "INSERT INTO revision VALUES (1, 2, 'x', '2026-01-01T00:00:00Z', 'closed', 0, 0, 0)"
      ).status == 0)
    #expect(try Self.status(bench).map(\.state) == ["outdated"])
    let run = try bench.firn("nearest --dataset d --backbone clip --json --id i77")
    #expect(run.errors.contains("outdated"))
    #expect(try run.jsonLines(Neighbour.self) == Self.neighbours(bench, "--id i77 --exact"))
  }

  @Test(arguments: [1, 2] as [UInt64])
  func `A build that is killed goes on where it was`(seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let bench = try Self.bench(45_000)
    func blocks() throws -> Int { try #require(Int(bench.sqlite("SELECT count(*) FROM search_block"))) }
    let running = try bench.start(Self.build)
    while try running.isRunning && blocks() == 0 {}
    usleep(.random(in: 0..<30_000, using: &random))
    running.kill()
    if try running.end().status != 0 {
      let state = try Self.status(bench).map(\.state)
      #expect(state == ["unfinished"], "seed \(seed)")
      try bench.firn("verify")
      #expect(try bench.firn("nearest --dataset d --backbone clip --id i7").errors.contains("unfinished"))
    }
    let stood = try bench.sqlite("SELECT id, hex(codes) FROM search_block WHERE id % 8 = 3")
    let built: Status = try bench.firn(Self.build).json()
    #expect(built.state == "current" && built.contents == 43_500, "seed \(seed)")
    #expect(
      try bench.sqlite("SELECT id, hex(codes) FROM search_block WHERE id % 8 = 3").hasPrefix(stood),
      "seed \(seed)")
    let undisturbed = try Self.bench(45_000)
    try undisturbed.firn(Self.build)
    #expect(
      try bench.sqlite(
        """
        ATTACH '\(undisturbed.store)' AS other;
        SELECT count(*) FROM (SELECT * FROM main.search_block EXCEPT SELECT * FROM other.search_block);
        SELECT count(*) FROM (SELECT * FROM other.search_block EXCEPT SELECT * FROM main.search_block);
        SELECT count(*) FROM main.search_index AS one, other.search_index AS two
        WHERE one.depth = two.depth AND one.quantizer = two.quantizer;
        """) == "0\n0\n1", "seed \(seed)")
  }
}
