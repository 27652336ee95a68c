import Foundation
import Testing

/// Features that NumPy wrote come in, and what goes out is read back by NumPy.
struct ImportExportTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
    try bench.firn("backbone declare clip --dimension 5 --source", "clip vit-b/32")
    try bench.write(
      (0..<7).map { row in
        #"{"id":"img/\#(6 - row).png","label":"\#(row % 2 == 0 ? "cat" : "dog")","size":\#(row),"#
          + #""labels":{"tags":["x,y","\"q\""],"weight":\#(row).5}}"# + "\n"
      }.joined(), to: "items.jsonl")
  }

  /// Writes a table of 7 × 5 by NumPy, in the way that `save` says.
  private func makeFeatures(_ save: String) throws {
    let made: Bool = try bench.numPy(
      """
      a = numpy.random.default_rng(7).standard_normal((7, 5), dtype='f4')
      \(save)
      print('true')
      """)
    #expect(made)
  }

  private struct Imported: Decodable {
    let items, imported, reused, rejected, added, revision: Int
  }

  private func take(_ file: String, _ more: String = "") throws -> Imported {
    try bench.firn("--json import --items items.jsonl --dataset d --backbone clip \(more)", file).json()
  }

  /// The features that the store holds, by id, as the contract's view has them.
  private static let stored = """
    import sqlite3
    db = sqlite3.connect('firn.db')
    stored = {i: numpy.frombuffer(v, '<f4') for i, v in db.execute("SELECT item, vector FROM item_embeddings")}
    a = numpy.random.default_rng(7).standard_normal((7, 5), dtype='f4')

    """

  @Test(arguments: [
    ("numpy.save('f.npy', a)", "f.npy", ""),
    ("numpy.save('f.npy', a.astype('f8'))", "f.npy", ""),
    ("numpy.lib.format.write_array(open('f.npy', 'wb'), a, version=(2, 0))", "f.npy", ""),
    ("numpy.lib.format.write_array(open('f.npy', 'wb'), a, version=(3, 0))", "f.npy", ""),
    (
      """
      head = json.dumps({"other": {"dtype": "F32", "shape": [1, 1], "data_offsets": [0, 4]},
        "emb": {"dtype": "F32", "shape": [7, 5], "data_offsets": [4, 144]}}).encode()
      open('f.safetensors', 'wb').write(struct.pack('<Q', len(head)) + head + bytes(4) + a.tobytes())
      """, "f.safetensors", "--tensor emb"
    ),
  ])
  func `Features made elsewhere come in bit by bit`(save: String, file: String, more: String) throws {
    try makeFeatures(save)
    let first = try take(file, more)
    #expect(first.items == 7 && first.imported == 7 && first.added == 7 && first.revision == 1)
    let again = try take(file, more)
    #expect(again.reused == 7 && again.imported == 0 && again.revision == 1)
    let same: Bool = try bench.numPy(
      Self.stored + "print(json.dumps(all((stored[f'img/{6 - i}.png'] == a[i]).all() for i in range(7))))")
    #expect(same)
    // They serve as any others do.
    #expect(try bench.firn("nearest --id img/3.png --dataset d --backbone clip -k 3").status == 0)
    try bench.firn("train kind --dataset d --backbone clip --task label --method ridge --holdout 0")
    try bench.firn("verify --sample 3")
    let text = try bench.run("nearest hello --dataset d --backbone clip")
    #expect(text.status == 69)
    #expect(text.errors.contains("only declared"))
  }

  @Test func `Half precision is widened without loss`() throws {
    try makeFeatures("numpy.save('f.npy', a.astype('f2'))")
    #expect(try take("f.npy").imported == 7)
    let same: Bool = try bench.numPy(
      Self.stored
        + "print(json.dumps(all((stored[f'img/{6 - i}.png'] == a.astype('f2').astype('f4')[i]).all() for i in range(7))))"
    )
    #expect(same)
  }

  @Test(arguments: [
    ("numpy.save('f.npy', a[:6])", "f.npy has 6 rows, but there are 7 items"),
    ("numpy.save('f.npy', a[:, :4])", "dimension 4"),
    ("numpy.save('f.npy', a.astype('>f4'))", "type >f4"),
    ("numpy.save('f.npy', a.astype('i4'))", "type <i4"),
    ("numpy.save('f.npy', numpy.asfortranarray(a))", "ascontiguousarray"),
    ("numpy.save('f.npy', a.ravel())", "shape"),
    ("numpy.save('f.npy', a); b = open('f.npy', 'rb').read(); open('f.npy', 'wb').write(b[:-1])", "shorter"),
    ("open('f.npy', 'wb').write(b'PK')", "not a .npy file"),
  ])
  func `A table that does not fit is refused whole`(save: String, reason: String) throws {
    try makeFeatures(save)
    let run = try bench.run("import f.npy --items items.jsonl --dataset d --backbone clip")
    #expect(run.status == 65)
    #expect(run.errors.contains(reason), "\(run.errors)")
    #expect(try bench.run("dataset show d").status == 69)
  }

  @Test func `Rows that are not finite or contradict the store are rejected`() throws {
    try makeFeatures("a[2, 1] = numpy.nan; numpy.save('f.npy', a)")
    let first = try take("f.npy")
    #expect(first.items == 6 && first.rejected == 1)
    try makeFeatures("a[3, 1] = 9; numpy.save('f.npy', a)")
    let run = try bench.firn("--json import f.npy --items items.jsonl --dataset d --backbone clip")
    let second = try run.json(Imported.self)
    #expect(second.imported == 1 && second.reused == 5 && second.rejected == 1)
    #expect(run.errors.contains("line 4: its text has other features"))
  }

  @Test func `NumPy reads back what is exported`() throws {
    try makeFeatures("numpy.save('f.npy', a)")
    _ = try take("f.npy")
    for form in ["npy", "safetensors", "csv"] {
      try bench.firn("dataset export d --backbone clip --to \(form == "npy" ? "out" : "other").\(form)")
    }
    try bench.firn("dataset export d --to alone.jsonl")
    let facts: [String: Bool] = try bench.numPy(
      Self.stored + """
        items = [json.loads(line) for line in open('out.jsonl')]
        whole = numpy.load('out.npy')
        raw = open('other.safetensors', 'rb').read()
        size = struct.unpack('<Q', raw[:8])[0]
        head = json.loads(raw[8:8 + size])['features']
        start, end = head['data_offsets']
        tensor = numpy.frombuffer(raw[8 + size + start:8 + size + end], '<f4').reshape(head['shape'])
        rows = list(csv.DictReader(open('other.csv', newline='')))
        table = numpy.array([[float(row[f'f{i}']) for i in range(5)] for row in rows], dtype='f4')
        own = numpy.zeros((7, 5), 'f4')
        numpy.save('own.npy', own)
        print(json.dumps({
          'order': [item['id'] for item in items] == sorted(stored),
          'npy': whole.dtype == numpy.dtype('<f4') and (whole == numpy.stack([stored[i] for i in sorted(stored)])).all().item(),
          'npy head': open('own.npy', 'rb').read(128) == open('out.npy', 'rb').read(128),
          'safetensors': (tensor == whole).all().item(),
          'csv': (table == whole).all().item(),
          'csv labels': [row['label'] for row in rows] == [item['labels']['label'] for item in items],
          'csv lists': json.loads(rows[0]['tags']) == ['"q"', 'x,y'],
          'csv numbers': float(rows[0]['weight']) == items[0]['labels']['weight'],
          'metadata': items[0]['size'] == 6,
          'alone': open('alone.jsonl').read() == open('out.jsonl').read(),
        }))
        """)
    #expect(facts.count == 10)
    #expect(facts.filter { !$0.value }.isEmpty)
    // And Firn takes back what it gave.
    try bench.firn("--store other.db backbone declare clip --dimension 5")
    try bench.firn("--store other.db import out.npy --items out.jsonl --dataset d --backbone clip")
    try bench.firn("--store other.db dataset export d --backbone clip --to again.npy")
    let bytes = try ["out", "again"].flatMap { name in
      try ["npy", "jsonl"].map { try Data(contentsOf: bench.folder.appending(path: "\(name).\($0)")) }
    }
    #expect(bytes[0] == bytes[2] && bytes[1] == bytes[3])
  }

  @Test func `Nothing is overwritten`() throws {
    try makeFeatures("numpy.save('f.npy', a)")
    _ = try take("f.npy")
    let before = try Data(contentsOf: bench.folder.appending(path: "items.jsonl"))
    for name in ["items.npy", "items.jsonl"] {
      let run = try bench.run(
        "dataset export d --to \(name)" + (name == "items.npy" ? " --backbone clip" : ""))
      #expect(run.status == 64 && run.errors.contains("items.jsonl” is there already"), "\(run)")
    }
    #expect(try Data(contentsOf: bench.folder.appending(path: "items.jsonl")) == before)
    let files = try FileManager.default.contentsOfDirectory(atPath: bench.folder.path)
    #expect(!files.contains { $0.contains("items.npy") || $0.hasSuffix("unfinished") })
  }

  @Test func `Items from a pipe are refused, for they are read twice`() throws {
    try makeFeatures("numpy.save('f.npy', a)")
    let run = try bench.run(
      "import f.npy --items /dev/stdin --format jsonl --dataset d --backbone clip", input: "")
    #expect(run.status != 0)
    #expect(try bench.run("dataset show d").status == 69)
  }

  @Test func `A quote with an accent above it is quoted, and no name comes twice`() throws {
    try bench.firn("backbone add --name tiny", Workbench.model().path)
    let row = #"{"id":"a","body":"q\"\u0301,q","text":"own","metadata.text":1}"# + "\n"
    try bench.firn("extract - --dataset q --backbone tiny --text-field body", input: row)
    try bench.firn("dataset export q --to q.csv")
    try bench.firn("dataset export q --to q.jsonl")
    let texts: [String] = try bench.numPy(
      "print(json.dumps([r['text'] for r in csv.DictReader(open('q.csv', newline=''))]))")
    #expect(texts.map { Array($0.utf8) } == [Array("q\"\u{301},q".utf8)])
    let again = try bench.firn("--json extract q.jsonl --dataset r --backbone tiny")
    #expect(again.output.contains(#""rejected":0"#))
    #expect(try bench.sqlite("SELECT metadata FROM items WHERE dataset = 'r'").contains("own"))
  }

  @Test func `A name that tells no form is refused`() throws {
    try makeFeatures("numpy.save('f.npy', a)")
    _ = try take("f.npy")
    for words in ["--to out.txt", "--to out.npy", "--backbone clip --to out.jsonl"] {
      #expect(try bench.run("dataset export d \(words)").status == 64)
    }
    #expect(try bench.run("dataset export d --backbone clip --to nowhere/out.npy").status == 74)
  }
}
