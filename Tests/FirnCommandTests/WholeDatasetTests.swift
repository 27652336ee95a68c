import Foundation
import Testing

/// `firn duplicates`, `graph` and `cluster`: what a whole dataset says of itself.
struct WholeDatasetTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private struct Review: Decodable, Equatable {
    struct Group: Decodable, Equatable {
      struct Member: Decodable, Equatable {
        let id: String
        let text: String
      }
      let least: Double
      let items: [Member]
    }
    let dataset: String
    let revision: Int
    let threshold: Double
    let items: Int
    let redundant: Int
    let groups: [Group]
  }

  /// The components of pairs that reach a threshold, by Python's arithmetic on the stored vectors: the largest first, and the least
  /// cosine to the first of each.
  private func components(_ threshold: Double) throws -> [[String]] {
    try bench.python(
      """
      rows = db.execute("SELECT item, vector FROM item_embeddings WHERE dataset = 'd' ORDER BY CAST(item AS BLOB)").fetchall()
      ids = [row[0] for row in rows]
      vectors = [struct.unpack(f"<{len(v) // 4}f", v) for _, v in rows]
      norms = [math.sqrt(sum(x * x for x in v)) for v in vectors]
      group = list(range(len(ids)))
      for i in range(len(ids)):
          for j in range(i):
              cosine = sum(x * y for x, y in zip(vectors[i], vectors[j])) / norms[i] / norms[j]
              assert abs(cosine - \(threshold)) > 1e-9
              if cosine >= \(threshold) and group[i] != group[j]:
                  old = group[i]
                  group = [group[j] if g == old else g for g in group]
      found = {}
      for name, g in zip(ids, group): found.setdefault(g, []).append(name)
      found = [g for g in found.values() if len(g) > 1]
      print(json.dumps(sorted(found, key=lambda g: (-len(g), g[0].encode()))))
      """)
  }

  @Test func `Duplicates are the components of the pairs that reach the threshold`() throws {
    let twins = (0..<4).map { #"{"id": "twin\#($0)", "text": "\#(Examples.text(9))"}"# }.joined(
      separator: "\n")
    try bench.firn("extract - --dataset d --backbone tiny", input: twins)
    for threshold in [0.9, 0.99, 0.995, 0.99999] {
      let run = try bench.firn("duplicates --dataset d --backbone tiny --json --threshold \(threshold)")
      let review: Review = try run.json()
      #expect(try review.groups.map { $0.items.map(\.id) } == components(threshold))
      #expect(review.items == 64 && review.redundant == review.groups.reduce(0) { $0 + $1.items.count - 1 })
      #expect(review.groups.allSatisfy { $0.least <= 1 + 1e-9 && $0.items.count > 1 })
      #expect(try run.keys() == [["dataset", "groups", "items", "redundant", "revision", "threshold"]])
      for threads in [1, 5] {
        let again = try bench.firn(
          "duplicates --dataset d --backbone tiny --json --threshold \(threshold) --threads \(threads)")
        #expect(again.output == run.output)
      }
    }
    let same: Review = try bench.firn(
      "duplicates --dataset d --backbone tiny --json --threshold 0.9999999 --where", "text LIKE '% 9'"
    ).json()
    #expect(same.items == 5 && same.groups.count == 1 && same.groups[0].least == 1)
    #expect(same.groups[0].items.map(\.id) == ["i9", "twin0", "twin1", "twin2", "twin3"])
    #expect(Set(same.groups[0].items.map(\.text)) == [Examples.text(9)])
    let shown = try bench.firn("duplicates --dataset d --backbone tiny --threshold 0.9999999").output
    #expect(
      shown.hasSuffix("1 group among 64 items, of which 4 could go\n") && shown.contains("twin3"), "\(shown)")
  }

  private struct Edge: Decodable, Equatable {
    let source: String
    let target: String
    let score: Double
  }

  private struct Neighbour: Decodable {
    let id: String
    let score: Double
  }

  @Test func `The graph has each item's nearest, as nearest finds them`() throws {
    let run = try bench.firn("graph --dataset d --backbone tiny -k 4 --to edges.jsonl --json")
    #expect(try run.keys() == [["dataset", "edges", "file", "items", "revision"]])
    try bench.firn("graph --dataset d --backbone tiny -k 4 --to edges.tsv --threads 1")
    let lines = try String(contentsOf: bench.folder.appending(path: "edges.jsonl"), encoding: .utf8)
      .split(separator: "\n").map { try JSONDecoder().decode(Edge.self, from: Data($0.utf8)) }
    let table = try String(contentsOf: bench.folder.appending(path: "edges.tsv"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: "\t").map(String.init) }
    #expect(table[0] == ["source", "target", "score"] && lines.count == 240)
    #expect(
      table.dropFirst().map { Edge(source: $0[0], target: $0[1], score: Double($0[2]) ?? .nan) } == lines)
    for item in ["i0", "i31", "i59"] {
      let near = try bench.firn("nearest --dataset d --backbone tiny -k 4 --json --id \(item)")
        .jsonLines(Neighbour.self)
      #expect(
        lines.filter { $0.source == item } == near.map { Edge(source: item, target: $0.id, score: $0.score) })
    }
  }

  @Test func `A graph is never half there, nor written over a file`() throws {
    try bench.write("mine", to: "edges.tsv")
    #expect(try bench.run("graph --dataset d --backbone tiny --to edges.tsv").status == 64)
    #expect(
      try bench.run("graph --dataset d --backbone tiny --to edges.csv").errors.contains(".tsv or .jsonl"))
    #expect(try bench.run("graph --dataset dd --backbone tiny --to other.tsv").status == 69)
    try bench.firn("extract - --dataset odd --backbone tiny", input: #"{"id": "a\tb", "text": "one"}"#)
    let odd = try bench.run("graph --dataset odd --backbone tiny --to odd.tsv")
    #expect(odd.status == 64 && odd.errors.contains("use .jsonl"), "\(odd)")
    try bench.firn("graph --dataset odd --backbone tiny --to odd.jsonl")
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(Set(files).isDisjoint(with: ["edges.csv", "other.tsv", "odd.tsv"]))
    #expect(!files.contains { $0.hasSuffix("unfinished") })
    #expect(try String(contentsOf: bench.folder.appending(path: "edges.tsv"), encoding: .utf8) == "mine")
  }

  private struct Clusters: Decodable {
    struct Cluster: Decodable {
      let label: String
      let size: Int
      let silhouette: Double?
      let nearest: String?
      let text: String?
    }
    let dataset: String
    let revision: Int
    let task: String
    let items: Int
    let clusters: [Cluster]
    let inertia: Double
    let silhouette: Double
    let measured: Int
    let steps: Int
    let converged: Bool
  }

  private let cluster = "cluster topics --dataset d --backbone tiny"

  @Test func `Clusters become labels, in a revision of their own`() throws {
    let found: Clusters = try bench.firn("\(cluster) -k 4 --seed 3 --runs 2 --json").json()
    #expect(found.revision == 2 && found.items == 60 && found.measured == 60 && found.converged)
    #expect(found.clusters.map(\.label) == ["cluster-01", "cluster-02", "cluster-03", "cluster-04"])
    let labels = try bench.sqlite(
      "SELECT value, count(*) FROM labels WHERE task = 'topics' GROUP BY 1 ORDER BY 1")
    #expect(labels == found.clusters.map { "\($0.label)|\($0.size)" }.joined(separator: "\n"))
    #expect(try bench.sqlite("SELECT count(*) FROM labels WHERE task = 'section'") == "60")
    for cluster in found.clusters {
      let id = try #require(cluster.nearest)
      #expect(cluster.text == Examples.text(Int(id.dropFirst()) ?? -1))
      let near = try bench.firn(
        "nearest --dataset d --backbone tiny --json -k 60 --where",
        "label.topics = '\(cluster.label)'", "chess"
      ).jsonLines(Neighbour.self)
      #expect(near.count == cluster.size && near.contains { $0.id == id })
    }
    // The inertia of these labels, by Python.
    let inertia: Double = try bench.python(
      """
      rows = db.execute("SELECT value, vector FROM labels JOIN item_embeddings USING (item) WHERE task = 'topics' AND item_embeddings.dataset = 'd'").fetchall()
      groups = {}
      for label, v in rows: groups.setdefault(label, []).append(struct.unpack(f"<{len(v) // 4}f", v))
      total = 0
      for group in groups.values():
          mean = [sum(column) / len(group) for column in zip(*group)]
          total += sum((x - m) ** 2 for row in group for x, m in zip(row, mean))
      print(json.dumps(total))
      """)
    #expect(abs(found.inertia - inertia) < 1e-5 * inertia)
    try bench.firn("train h --dataset d --backbone tiny --task topics --method ridge")
    #expect(try bench.firn("dataset log d").output.contains("firn cluster topics"))
  }

  @Test func `A seed gives the same clusters on any number of threads; those again make no revision`() throws
  {
    let outputs = try ["1", "2", "7"].map {
      try bench.firn("\(cluster) -k 5 --seed 9 --json --threads \($0)").output
    }
    #expect(Set(outputs).count == 1)
    let again: Clusters = try bench.firn("\(cluster) -k 5 --seed 9 --json").json()
    #expect(again.revision == 2)
    // Other clusters replace them.
    let other: Clusters = try bench.firn("\(cluster) -k 3 --seed 9 --json").json()
    #expect(other.revision == 3 && other.clusters.count == 3)
    let shown = try bench.firn("\(cluster) -k 3 --seed 9").output
    #expect(
      shown.contains("cluster-03") && shown.contains("silhouette") && shown.contains("inertia"), "\(shown)")
  }

  @Test func `Labels that are no clusters are kept, unless they are to go`() throws {
    let taken = try bench.run("cluster section --dataset d --backbone tiny -k 3")
    #expect(
      taken.status == 65 && taken.errors.contains("--replace") && taken.errors.contains("60 items"),
      "\(taken)")
    let kind = try bench.run("cluster tags --dataset d --backbone tiny -k 3 --replace")
    #expect(kind.status == 65 && kind.errors.contains("multi-label"), "\(kind)")
    #expect(try bench.sqlite("SELECT count(*) FROM revision") == "1")
    try bench.firn("cluster section --dataset d --backbone tiny -k 3 --replace")
    #expect(
      try bench.sqlite("SELECT count(*) FROM labels WHERE task = 'section' AND value LIKE 'cluster-%'")
        == "60")
    #expect(try bench.firn("dataset export d --at 1 --to before.jsonl").status == 0)
    #expect(
      try String(contentsOf: bench.folder.appending(path: "before.jsonl"), encoding: .utf8).contains("games"))
    let many = try bench.run("\(cluster) -k 61")
    #expect(many.status == 65 && many.errors.contains("61 clusters"), "\(many)")
    #expect(try bench.run("\(cluster) -k 1").status == 64)
  }
}
