import Foundation
import Testing

/// `firn verify`: what is not as it was written is found, and the mend is named.
struct VerifyTests {
  private struct Report: Decodable {
    struct Problem: Decodable {
      let what: String
      let remedy: String
    }
    let ok: Bool
    let problems: [Problem]
    let sampled: Int
    let removed: Int
    let rebuilt: Int
  }

  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge")
  }

  @Test func `A sound store is sound, its vectors made again bit by bit`() throws {
    let report = try bench.firn("verify --sample 40 --json").json(Report.self)
    #expect(report.ok && report.problems.isEmpty)
    #expect(1...40 ~= report.sampled)
    #expect(try bench.firn("verify").output == "The store is as it was written\n")
  }

  /// Any byte of a vector, digest, text or head's weights.
  @Test(arguments: [
    ("embedding", "vector", "checksum"), ("content", "digest", "digest"), ("content", "text", "digest"),
    ("embedding", "tokens", "checksum"), ("embedding", "checksum", "checksum"),
  ])
  func `A flipped bit is found`(table: String, column: String, says: String) throws {
    for row in [1, 30, 60] {
      let bench = try Workbench.withExamples()
      let script = """
        id, value = db.execute("SELECT id, \(column) FROM \(table) ORDER BY id LIMIT 1 OFFSET \(row - 1)").fetchone()
        if isinstance(value, int): value ^= 1 << (\(row) % 8)
        elif isinstance(value, str): value = chr(ord(value[0]) ^ 1) + value[1:]
        else:
            value = bytearray(value)
            value[\(row) * 7 % len(value)] ^= 1 << (\(row) % 8)
        db.execute("UPDATE \(table) SET \(column) = ? WHERE id = ?", (value, id))
        db.commit()
        print(json.dumps(True))
        """
      #expect(try bench.python(script, Bool.self))
      let run = try bench.run("verify --json")
      let report = try run.json(Report.self)
      #expect(run.status == 65 && !report.ok, "\(run)")
      #expect(report.problems.contains { $0.what.contains(says) && !$0.remedy.isEmpty }, "\(run)")
    }
  }

  @Test func `A head whose weights changed is found`() throws {
    let script = """
      db.execute("DROP TRIGGER head_version_is_immutable")
      weights = bytearray(db.execute("SELECT weights FROM head_version").fetchone()[0])
      weights[-3] ^= 4
      db.execute("UPDATE head_version SET weights = ?", (bytes(weights),))
      db.commit()
      print(json.dumps(True))
      """
    #expect(try bench.python(script, Bool.self))
    let run = try bench.run("verify")
    #expect(run.status == 65 && run.output.contains("train the head again"), "\(run)")
  }

  @Test func `Damaged vectors are made again from their texts`() throws {
    let vectors = "SELECT hex(digest), hex(vector) FROM embeddings ORDER BY 1"
    let before = try bench.sqlite(vectors)
    let change = "UPDATE embedding SET vector = zeroblob(length(vector)) WHERE id % 2 = 0"
    #expect(try bench.changeWithSQLite(change).status == 0)
    let run = try bench.run("verify --repair --json")
    let report = try run.json(Report.self)
    #expect(run.status == 65 && report.removed == 30 && report.rebuilt == 30)
    #expect(try bench.sqlite(vectors) == before)
    #expect(try bench.firn("verify --sample 60 --json").json(Report.self).ok)
  }

  @Test func `Vectors that a head needs are missed, and made again`() throws {
    #expect(try bench.changeWithSQLite("DELETE FROM embedding WHERE id % 4 = 0").status == 0)
    let run = try bench.run("verify --repair --json")
    let report = try run.json(Report.self)
    #expect(run.status == 65 && report.problems.count == 1 && report.rebuilt == 15)
    #expect(report.problems.allSatisfy { $0.what.contains("15 vectors of the backbone “tiny”") }, "\(run)")
    #expect(try bench.firn("verify --sample 60 --json").json(Report.self).ok)
  }

  @Test func `Vectors that are right stay, though the row of their backbone is damaged`() throws {
    #expect(try bench.changeWithSQLite("UPDATE backbone SET dimension = 8").status == 0)
    let run = try bench.run("verify --repair --json")
    let report = try run.json(Report.self)
    #expect(run.status == 65 && report.removed == 0 && !report.problems.isEmpty)
    #expect(try bench.sqlite("SELECT count(*) FROM embedding") == "60")
    #expect(try bench.changeWithSQLite("UPDATE backbone SET dimension = 48").status == 0)
    #expect(try bench.firn("verify --json").json(Report.self).ok)
  }

  @Test func `An alias of no version is found`() throws {
    try bench.firn("head promote h@1 champion")
    let change = """
      PRAGMA foreign_keys = OFF; DROP TRIGGER head_version_stays; DELETE FROM head_version
      """
    #expect(try bench.changeWithSQLite(change).status == 0)
    let run = try bench.run("verify --json")
    #expect(run.status == 65)
    #expect(
      try run.json(Report.self).problems.contains { $0.what.contains("alias_log refers to a head_version") },
      "\(run)")
  }

  @Test func `An index that lost a row is found, and made again`() throws {
    // Without the index of the text, SQLite does not keep it when a row changes.
    let change = """
      PRAGMA writable_schema = ON;
      UPDATE sqlite_schema SET sql = replace(sql, 'item_state (content)', 'item_state (since)') WHERE name = 'item_state_content'
      """
    #expect(try bench.changeWithSQLite(change).status == 0)
    let run = try bench.run("verify --repair --json")
    #expect(
      try run.status == 65 && run.json(Report.self).problems.contains { $0.what.contains("index") }, "\(run)")
    #expect(try bench.firn("verify --json").json(Report.self).ok)
  }

  @Test func `An index of words that does not fit is found, and made again`() throws {
    let damage = "INSERT INTO words (words, rowid, text) VALUES ('delete', 5, 'chess')"
    #expect(try bench.changeWithSQLite(damage).status == 0)
    let run = try bench.run("verify --repair --json")
    let report = try run.json(Report.self)
    #expect(
      run.status == 65
        && report.problems.map(\.what) == ["the index of words does not fit the texts"])
    #expect(
      try bench.firn("verify --json").keys() == [
        ["ok", "problems", "rebuilt", "removed", "sampled"]
      ])
  }

  @Test func `Verifying waits for no writer; what that leaves unchecked is said`() throws {
    let writer = try bench.start("extract - --dataset d --backbone tiny")
    try writer.write(Examples.row(90) + "\n")
    // The writer has the store open once it has read its first rows.
    while writer.isRunning, try !bench.firn("verify --json").output.contains("words_unchecked") {}
    let run = try bench.firn("verify")
    #expect(run.output.contains("The index of words was not checked: another process"), "\(run)")
    try writer.closeInput()
    #expect(try writer.end().status == 0)
    #expect(try bench.firn("verify").output == "The store is as it was written\n")
  }

  @Test func `A vector that a backbone did not make of its text is found by the sample`() throws {
    // Rightly checksummed, and wrong: the vectors of two texts change places.
    let script = """
      import zlib
      def crc(data):
          c = 0xffffffff
          for byte in data:
              c ^= byte
              for _ in range(8): c = (c >> 1) ^ (0x82f63b78 if c & 1 else 0)
          return c ^ 0xffffffff
      rows = db.execute("SELECT id, vector, tokens, truncated FROM embedding").fetchall()
      vectors = [row[1] for row in rows]
      for (id, _, tokens, truncated), vector in zip(rows, vectors[1:] + vectors[:1]):
          db.execute("UPDATE embedding SET vector = ?, checksum = ? WHERE id = ?",
              (vector, crc(struct.pack("<qqq", id, tokens, truncated) + vector), id))
      db.commit()
      print(json.dumps(True))
      """
    #expect(try bench.python(script, Bool.self))
    #expect(try bench.firn("verify --json").json(Report.self).ok)
    let run = try bench.run("verify --sample 20 --json")
    #expect(run.status == 65)
    #expect(
      try run.json(Report.self).problems.allSatisfy { $0.what.contains("is not what the backbone makes") })
  }
}
