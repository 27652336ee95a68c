import Foundation
import Testing

/// Stores that are merged into one.
struct MergeTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
  }

  private func addBackbone(to stores: String..., name: String = "tiny") throws {
    for store in stores {
      try bench.firn("--store \(store).db backbone add --name \(name)", Workbench.model().path)
    }
  }

  private func write(_ rows: [(id: String, text: String, label: String)], to name: String) throws {
    try bench.write(
      rows.map { #"{"id":"\#($0.id)","text":"\#($0.text)","label":"\#($0.label)","row":1}"# + "\n" }.joined(),
      to: name)
  }

  private func extract(_ file: String, into store: String, _ more: String = "") throws {
    try bench.firn("--store \(store).db extract \(file) --dataset d --backbone tiny \(more)")
  }

  /// What a store shows to other programs, whatever its rows are numbered.
  private func held(_ store: String) throws -> [[String]] {
    try [
      "SELECT dataset, item, text, metadata FROM items ORDER BY 1, 2",
      "SELECT dataset, item, task, value FROM labels ORDER BY 1, 2, 3",
      "SELECT backbone, hex(digest), hex(vector) FROM embeddings ORDER BY 1, 2",
      "SELECT head.name, version, hex(digest), hex(weights) FROM head_version JOIN head ON head.id = head ORDER BY 1, 2",
      "SELECT head, alias, version FROM aliases ORDER BY 1, 2",
    ].map { try bench.sqlite($0, of: store).split(separator: "\n").map(String.init) }
  }

  private static let rows = (0..<60).map { row in
    (id: "item \(row)", text: "snow \(row % 50) on the ridge", label: ["ice", "firn"][row % 2])
  }

  @Test func `Shards merge to the whole, in any order and any number of times`() throws {
    try write(Self.rows, to: "all.jsonl")
    try addBackbone(to: "whole", "s1", "s2", "s3")
    try extract("all.jsonl", into: "whole")
    for shard in 1...3 { try extract("all.jsonl", into: "s\(shard)", "--shard \(shard)/3") }
    try bench.firn("merge s1.db s2.db s3.db --into one.db")
    try bench.firn("merge s3.db s1.db s2.db --into two.db")
    let expected = try held("whole")
    #expect(expected[0].count == 60 && expected[2].count == 50)
    #expect(try held("one") == expected)
    #expect(try held("two") == expected)
    let log = "SELECT number, added, changed, removed FROM revision ORDER BY number"
    #expect(try bench.sqlite(log, of: "one") == bench.sqlite(log, of: "two"))
    struct Summary: Decodable { let contents, vectors, versions: Int, datasets: [String] }
    let again: Summary = try bench.firn("--json merge s2.db one.db s1.db --into one.db").json()
    #expect(again.contents + again.vectors + again.versions + again.datasets.count == 0)
    #expect(try held("one") == expected)
    try bench.firn("--store one.db verify --sample 5")
  }

  @Test func `What the whole has changed since stays when shards are merged again`() throws {
    try write(Self.rows, to: "all.jsonl")
    try addBackbone(to: "s1", "s2")
    for shard in 1...2 { try extract("all.jsonl", into: "s\(shard)", "--shard \(shard)/2") }
    try bench.firn("merge s1.db s2.db --into whole.db")
    // One item of each shard gets another label, another text, or goes.
    func shard(_ number: Int) throws -> [String] {
      try bench.sqlite("SELECT item FROM items ORDER BY item", of: "s\(number)").split(separator: "\n").map(
        String.init)
    }
    let (first, second) = (try shard(1), try shard(2))
    let labels = [first[0], second[0]].map { #"{"id":"\#($0)","label":"melt"}"# + "\n" }
    try bench.write(labels.joined(), to: "labels.jsonl")
    try bench.firn("--store whole.db label labels.jsonl --dataset d")
    let kept = try bench.sqlite(
      """
      SELECT json_object('id', item, 'text', iif(item IN ('\(first[1])', '\(second[1])'), 'slush', text),
        'label', value, 'row', 1)
      FROM items JOIN labels USING (dataset, item) WHERE item NOT IN ('\(first[2])', '\(second[2])')
      """, of: "whole")
    try bench.write(kept, to: "kept.jsonl")
    try extract("kept.jsonl", into: "whole", "--prune")
    let expected = try held("whole")
    #expect(expected[0].count == 58)
    struct Summary: Decodable { let vectors: Int, datasets: [String] }
    for stores in ["s1.db s2.db", "s2.db", "s1.db"] {
      let again: Summary = try bench.firn("--json merge \(stores) --into whole.db").json()
      #expect(again.datasets == [] && again.vectors == 0)
      #expect(try held("whole") == expected)
    }
    // Who goes on in both stores is still a contradiction.
    try bench.firn("--store s1.db label labels.jsonl --dataset d")
    try bench.write(#"{"id":"\#(first[1])","label":"melt"}"# + "\n", to: "labels.jsonl")
    try bench.firn("--store s1.db label labels.jsonl --dataset d")
    let refused = try bench.run("merge s1.db --into whole.db")
    #expect(refused.status == 65 && refused.errors.contains("“\(first[1])” (text)"))
    #expect(try held("whole") == expected)
  }

  @Test func `A shard is what its rule says`() throws {
    try write(Self.rows, to: "all.jsonl")
    try addBackbone(to: "s")
    try extract("all.jsonl", into: "s", "--shard 2/3")
    let ids = try bench.sqlite("SELECT item FROM items ORDER BY item", of: "s").split(separator: "\n").map(
      String.init)
    let expected: [String] = try bench.numPy(
      """
      import hashlib
      key = lambda i: int.from_bytes(hashlib.sha256(i.encode()).digest()[:8], 'big')
      print(json.dumps(sorted(i for i in (f'item {n}' for n in range(60)) if key(i) % 3 == 1)))
      """)
    #expect(ids == expected)
    for bad in ["0/3", "4/3", "3", "1/0", "a/b", "1/2/3"] {
      #expect(
        try bench.run("--store s.db extract all.jsonl --dataset d --backbone tiny --shard \(bad)").status
          == 64)
    }
    #expect(
      try bench.run("--store s.db extract all.jsonl --dataset d --backbone tiny --prune --shard 1/3").status
        == 64)
  }

  @Test func `Revisions, heads and aliases come along, and later ones follow`() throws {
    try write(Array(Self.rows[..<40]), to: "first.jsonl")
    try write(
      Self.rows.map { ($0.id, $0.text + (($0.id.last == "1") ? "!" : ""), $0.label) }, to: "second.jsonl")
    try addBackbone(to: "a")
    let train = "--store a.db train kind --dataset d --backbone tiny --task label --method ridge"
    try extract("first.jsonl", into: "a")
    try bench.firn(train)
    try bench.firn("--store a.db head promote kind@1 champion")
    try bench.firn("merge a.db --into c.db")
    #expect(try held("c") == held("a"))
    try extract("second.jsonl", into: "a", "--prune")
    try bench.write(#"{"id":"item 3","label":"ice"}"# + "\n", to: "edit.jsonl")
    try bench.firn("--store a.db label edit.jsonl --dataset d")
    try bench.firn(train)
    try bench.firn("--store a.db head promote kind@2 champion")
    try bench.firn("--store a.db head rollback kind champion")
    try bench.firn("merge a.db --into c.db")
    #expect(try held("c") == held("a"))
    for revision in 1...3 {
      let show = "dataset show d --at \(revision)"
      #expect(
        try bench.firn("--json --store c.db \(show)").output
          == bench.firn("--json --store a.db \(show)").output)
    }
    struct Verified: Decodable { let identical: Bool }
    for version in 1...2 {
      let verified: Verified = try bench.firn("--json --store c.db head verify kind@\(version)").json()
      #expect(verified.identical)
    }
    try bench.firn("--store c.db verify")
  }

  /// Two stores that both have the item “x” or the head “kind”, made another way, and what is said of it.
  @Test(arguments: [
    (#"{"id":"x","text":"other","label":"ice"}"#, "tiny", "“x” (text)"),
    (#"{"id":"x","text":"snow","label":"firn","row":1}"#, "tiny", "“x” (label of label)"),
    (#"{"id":"x","text":"snow","label":"ice","year":2}"#, "tiny", "“x” (metadata)"),
    (
      #"{"id":"x","text":"snow","label":["ice"],"row":1}"#, "tiny",
      "the task “label” is multi-label, and single-label there"
    ),
    (
      #"{"id":"x","text":"snow","label":"ice","row":1}"#, "small",
      "the backbone “small” is called “tiny” there"
    ),
  ])
  func `Contradictions are named, and nothing is guessed`(row: String, backbone: String, reason: String)
    throws
  {
    try write([("x", "snow", "ice"), ("y", "wind", "firn")], to: "a.jsonl")
    try bench.write(row + "\n", to: "b.jsonl")
    try addBackbone(to: "a")
    try addBackbone(to: "b", name: backbone)
    try extract("a.jsonl", into: "a")
    try bench.firn("--store b.db extract b.jsonl --dataset d --backbone \(backbone)")
    let before = try held("a")
    let run = try bench.run("merge b.db --into a.db")
    #expect(run.status == 65)
    #expect(run.errors.contains(reason), "\(run.errors)")
    #expect(try held("a") == before)
  }

  @Test func `Heads that went different ways contradict each other`() throws {
    try write(Self.rows, to: "a.jsonl")
    try addBackbone(to: "a")
    try extract("a.jsonl", into: "a")
    for copy in ["a.db", "b.db"] {
      if copy == "b.db" { try bench.firn("merge a.db --into b.db") }
    }
    for (store, penalty) in [("a", 1), ("b", 2)] {
      try bench.firn(
        "--store \(store).db train kind --dataset d --backbone tiny --task label --method ridge --penalty \(penalty)"
      )
    }
    let run = try bench.run("merge b.db --into a.db")
    #expect(run.status == 65)
    #expect(run.errors.contains("version 1 of the head “kind” is another one there"))
  }

  @Test func `What is damaged does not come along`() throws {
    try write(Self.rows, to: "a.jsonl")
    try addBackbone(to: "a")
    try extract("a.jsonl", into: "a")
    let change = try bench.changeWithSQLite(
      "UPDATE embedding SET vector = zeroblob(length(vector)) WHERE id % 7 = 3", of: "a")
    #expect(change.status == 0)
    let run = try bench.run("merge a.db --into c.db")
    #expect(run.status == 65)
    #expect(run.errors.contains("checksum"))
    #expect(try bench.run("merge nothere.db --into c.db").status == 66)
    #expect(try bench.run("merge --into c.db").status == 64)
  }

  @Test func `What was forgotten is no reason to take two stores for one`() throws {
    try addBackbone(to: "a", "b")
    for (store, first) in [("a", "x"), ("b", "z")] {
      try write([(first, "snow", "ice")], to: "1.jsonl")
      try write([("y", "wind", "firn")], to: "2.jsonl")
      try extract("1.jsonl", into: store)
      try extract("2.jsonl", into: store)
      try bench.firn("--store \(store).db dataset forget d --before 2")
    }
    try bench.firn("merge a.db b.db --into c.db")
    #expect(try bench.sqlite("SELECT item FROM items ORDER BY item", of: "c") == "x\ny\nz")
    try bench.firn("--store c.db verify")
  }

  @Test func `What was taken away on one side is a contradiction on both`() throws {
    try addBackbone(to: "a", "b")
    for store in ["a", "b"] {
      try write(Array(Self.rows[..<4]), to: "all.jsonl")
      try extract("all.jsonl", into: store)
    }
    try write(Array(Self.rows[..<3]), to: "less.jsonl")
    try extract("less.jsonl", into: "a", "--prune")
    try write([("new", "sun", "ice")], to: "more.jsonl")
    try extract("more.jsonl", into: "b")
    for (source, target) in [("a", "b"), ("b", "a")] {
      let run = try bench.run("merge \(source).db --into \(target).db")
      #expect(
        run.status == 65 && run.errors.contains("1 item of the dataset “d” differs: “item 3”"), "\(run)")
    }
  }
}
