import Foundation
import Testing

/// The store as other tools read it: here Python's `sqlite3`, which knows nothing of Firn.
struct ContractViewTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  @Test func `Of each text the digest is its SHA-256, the vector a unit vector of little-endian floats`()
    throws
  {
    struct Row: Decodable {
      let backbone: String
      let digest: String
      let bytes: Int
      let norm: Double
    }
    let rows: [Row] = try bench.python(
      """
      rows = db.execute("SELECT backbone, digest, vector FROM embeddings").fetchall()
      print(json.dumps([{"backbone": backbone, "digest": digest.hex(), "bytes": len(vector),
                         "norm": math.sqrt(math.fsum(x * x for x in struct.unpack("<48f", vector)))}
                        for backbone, digest, vector in rows]))
      """)
    let digests: [String] = try bench.python(
      """
      import hashlib
      print(json.dumps([hashlib.sha256(text.encode()).hexdigest() for text, in db.execute("SELECT text FROM items")]))
      """)
    #expect(rows.count == 60)
    #expect(rows.allSatisfy { $0.backbone == "tiny" && $0.bytes == 4 * 48 && abs($0.norm - 1) < 1e-6 })
    #expect(Set(rows.map(\.digest)) == Set(digests))
  }

  @Test func `Each item has the vector of its text, of every backbone that embedded it`() throws {
    try bench.firn("backbone add --name other", Workbench.model("one-layer").path)
    try bench.firn("extract examples.jsonl --dataset copy --backbone other")
    struct Count: Decodable, Equatable {
      let backbone: String
      let dataset: String
      let items: Int
      let bytes: [Int]
    }
    let dimension = try bench.firn("backbone show other --json").json(BackboneReport.self).dimension
    let counts: [Count] = try bench.python(
      """
      print(json.dumps([{"backbone": backbone, "dataset": dataset, "items": items, "bytes": [low, high]}
        for backbone, dataset, items, low, high in db.execute(
          '''SELECT backbone, dataset, count(DISTINCT item), min(length(vector)), max(length(vector))
             FROM item_embeddings GROUP BY 1, 2 ORDER BY 1, 2''')]))
      """)
    #expect(
      counts
        == ["copy", "d"].map {
          Count(backbone: "other", dataset: $0, items: 60, bytes: [4 * dimension, 4 * dimension])
        }
        + ["copy", "d"].map { Count(backbone: "tiny", dataset: $0, items: 60, bytes: [192, 192]) })
    let mismatches: Int = try bench.python(
      """
      import hashlib
      vectors = {(backbone, digest): vector for backbone, digest, vector in db.execute("SELECT * FROM embeddings")}
      texts = {(dataset, item): text for dataset, item, text in db.execute("SELECT dataset, item, text FROM items")}
      rows = db.execute("SELECT backbone, dataset, item, vector FROM item_embeddings")
      print(sum(vectors[backbone, hashlib.sha256(texts[dataset, item].encode()).digest()] != vector
                for backbone, dataset, item, vector in rows))
      """)
    #expect(mismatches == 0)
  }

  @Test func `Items, labels and aliases are there for people to read`() throws {
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge")
    try bench.firn("head promote h@1 champion")
    #expect(
      try bench.sqlite("SELECT dataset, item, text, metadata FROM items WHERE item = 'i4'")
        == "d|i4|\(Examples.text(4))|{\"size\":40}")
    #expect(
      try bench.sqlite("SELECT value, count(*) FROM labels WHERE task = 'section' GROUP BY 1")
        == "games|20\ngraphics|20\nmail|20")
    #expect(try bench.sqlite("SELECT head, alias, version FROM aliases") == "h|champion|1")
  }

  @Test func `The file is as the README says: write-ahead mode, 64 KiB pages, whole`() throws {
    #expect(
      try bench.sqlite("PRAGMA journal_mode; PRAGMA page_size; PRAGMA integrity_check") == "wal\n65536\nok")
  }
}
