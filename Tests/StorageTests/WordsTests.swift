import Datasets
import Testing

@testable import Storage

/// The index of the texts' words: always there, in step with the texts, and open to any client of SQLite.
@Suite struct WordsTests {
  let store: TemporaryStore

  init() throws {
    store = try TemporaryStore()
  }

  private static let words = ["snow", "ice", "firn", "été", "Ice", "e-mail", "ЛЁД", "lake"]

  private func texts(_ count: Int, using random: inout Draws) -> [String] {
    (0..<count).map { _ in
      (0..<1 + random.below(6)).map { _ in
        Self.words[random.below(Self.words.count)]
      }.joined(separator: " ")
    }
  }

  /// The texts that match, best first, by the store's own reading.
  private func matching(_ query: String) throws -> [String] {
    let reader = try store.reader()
    var found: [Int64] = []
    try reader.contents(matching: query) { content, _ in
      found.append(content)
      return true
    }
    return try reader.texts(of: found)
  }

  /// What Python finds, which compares the index with the texts first.
  private func found(byPython query: String) throws -> Set<String> {
    let answer = try store.python(
      """
      db.execute("INSERT INTO words (words, rank) VALUES ('integrity-check', 1)")
      print(*[t for t, in db.execute("SELECT content.text FROM words JOIN content ON content.id = words.rowid WHERE words MATCH ?", ['''\(query)'''])], sep="\\n")
      """)
    return Set(answer.split(separator: "\n").map(String.init))
  }

  @Test(arguments: 0..<6)
  func itKeepsInStepWithWhatComesAndGoes(seed: UInt64) throws {
    var random = Draws(seed: seed)
    var all = Set<String>()
    for round in 0..<4 {
      // More than go into one statement, once.
      let new = texts(round == 2 ? 1500 : 1 + random.below(90), using: &random)
      try store.extract(
        new.enumerated().map { Item(id: "\(round)-\($0)", text: $1) }, into: "d\(round % 2)")
      all.formUnion(new)
      if round == 3 {
        try store.writer().removeDataset(named: "d0")
        _ = try store.writer().vacuum()
        all = Set(try store.reader().allItems(of: "d1").compactMap(\.text))
      }
      #expect(try store.writer().wordsFitTexts(), "seed \(seed)")
      let ice = all.filter { $0.lowercased().split(separator: " ").contains("ice") }
      #expect(try Set(matching("ice")) == ice && found(byPython: "ice") == ice, "seed \(seed)")
      let both = ice.filter { $0.split(separator: " ").contains("firn") }
      #expect(try Set(matching("firn ice")) == both, "seed \(seed)")
      let summer = all.filter { $0.contains("été") }
      #expect(try Set(matching("ETE")) == summer, "seed \(seed)")
    }
    // Nothing is left of the texts that went.
    #expect(
      try store.python("print(db.execute('SELECT count(*) FROM words_docsize').fetchone()[0])")
        == "\(all.count)")
  }

  @Test func theBestComeFirstAndReadingEndsWhenItIsTold() throws {
    try store.extract(
      ["firn", "firn snow ice lake firn", "ice ice", "snow snow snow firn"].map {
        Item(id: $0, text: $0)
      })
    #expect(try matching("firn").first == "firn")
    var read = 0
    try store.reader().contents(matching: "firn") { _, score in
      read += 1
      #expect(score < 0)
      return read < 2
    }
    #expect(read == 2)
  }

  @Test(arguments: [
    "e-mail", "\"snow", "snow AND", "NEAR(", "*", "*reads", "(snow", "body : snow", "snow + ", " ",
  ])
  func aQueryThatCannotBeReadIsToldAsOne(query: String) throws {
    try store.extract([Item(id: "a", text: "snow e-mail body")])
    guard case .badMatch(query, _) = storeError({ try matching(query) }) else {
      Issue.record("it was read, or told otherwise")
      return
    }
  }

  @Test func quotesPhrasesAndPrefixesAreFTS5s() throws {
    try store.extract(
      ["snow on the lake", "lake on snow", "e-mail snowed in"].map { Item(id: $0, text: $0) })
    #expect(try matching("\"snow on\"") == ["snow on the lake"])
    #expect(try Set(matching("sno*")).count == 3)
    #expect(try matching("\"e-mail\"") == ["e-mail snowed in"])
    #expect(try matching("lake NOT the") == ["lake on snow"])
    #expect(try matching("\"-\"") == [])
  }

  @Test func anIndexThatDoesNotFitIsFoundAndMadeAnew() throws {
    try store.extract((0..<50).map { Item(id: "\($0)", text: "snow \($0)") })
    for damage in [
      "UPDATE content SET text = 'thaw' WHERE id = 7",
      "DELETE FROM words_docsize WHERE id = 3",
      "INSERT INTO words (words, rowid, text) VALUES ('delete', 9, 'snow 8')",
      "UPDATE words_data SET block = zeroblob(length(block)) WHERE id > 10",
    ] {
      _ = try store.python("db.execute(\"\(damage)\"); db.commit()")
      #expect(try !store.writer().wordsFitTexts(), "\(damage)")
      try store.writer().rebuildIndexes()
      #expect(try store.writer().wordsFitTexts(), "\(damage)")
      #expect(try Set(matching("snow")).count >= 49, "\(damage)")
    }
  }

  @Test func whatAVacuumOverwritesIsGoneFromTheIndexToo() throws {
    try store.extract(
      (0..<20).map { Item(id: "\($0)", text: "kept \($0)") } + [Item(id: "s", text: "zanzibarite")])
    let file = "open(sys.argv[1], 'rb').read()"
    #expect(try store.python("print(\(file).count(b'zanzibarite'))") == "2")
    try store.extract([Item(id: "s", text: "other")])
    _ = try store.writer().forgetRevisions(of: "d", before: 2)
    #expect(try store.writer().vacuum(overwriting: true).contents == 1)
    #expect(try store.python("print(\(file).count(b'anzibarite'))") == "0")
  }
}
