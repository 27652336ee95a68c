import Foundation
import Testing

/// A dataset's revisions, as the command tells them.
struct DatasetTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench()
    let first =
      #"{"id": "a", "text": "snow", "label": "x", "n": 1}"# + "\n" + #"{"id": "b", "text": "ice"}"# + "\n"
    let second =
      #"{"id": "a", "text": "snow", "label": "y", "n": 1.50}"# + "\n" + #"{"id": "c", "text": "fog"}"# + "\n"
    for rows in [first, second] { try bench.firn("extract - --dataset d --backbone tiny", input: rows) }
  }

  @Test func `A diff tells what each item held and holds`() throws {
    let lines = try bench.firn("dataset diff d 1 2 --json").output.split(separator: "\n")
    #expect(
      lines == [
        #"{"after":{"labels":{"label":"y"},"metadata":{"n":1.50},"text":"snow"},"before":{"labels":{"label":"x"},"metadata":{"n":1},"text":"snow"},"change":"changed","id":"a"}"#,
        #"{"after":{"labels":{},"metadata":{},"text":"fog"},"before":null,"change":"added","id":"c"}"#,
      ])
    let table = try bench.firn("dataset diff d 2 1").output
    #expect(table == "change   item  what\nchanged  a     label: y → x; metadata\nremoved  c     fog\n")
    let none = try bench.firn("dataset diff d 2")
    #expect(none.output == "" && none.errors == "Nothing differs.\n")
  }

  @Test func `A past revision is shown and searched as it was`() throws {
    struct Shown: Decodable {
      let revision: Int
      let items: Int
    }
    let shown = try bench.firn("dataset show d --at 1 --json").json(Shown.self)
    #expect(shown.revision == 1 && shown.items == 2)
    #expect(try bench.firn("dataset show d --json").json(Shown.self).items == 3)
    let now = try bench.firn("nearest --file - --dataset d --backbone tiny --json", input: "fog\n").output
    #expect(now.contains(#""id":"c""#))
    for words in ["nearest fog", "nearest --file -", "nearest --id a"] {
      let then = try bench.firn("\(words) --dataset d --backbone tiny --at 1 --json", input: "fog\n").output
      #expect(!then.isEmpty && !then.contains(#""id":"c""#), "\(words)")
    }
  }

  @Test func `A revision that is not there is named`() throws {
    let run = try bench.run("dataset diff d 1 7")
    #expect(run.status == 69 && run.errors.contains("7"), "\(run)")
  }

  private struct Labelled: Decodable {
    let revision: Int
    let changed: Int
    let unchanged: Int
    let rejected: Int
  }

  @Test func `Labels from a file make a revision and touch no embedding`() throws {
    let before = try bench.sqlite("SELECT count(*), sum(checksum) FROM embedding")
    try bench.write("id,kind,label\na,1,z\nb,2,y\nnobody,3,y\nc,4,\n", to: "edits.csv")
    let run = try bench.firn("label edits.csv --dataset d --label depth=kind --json")
    #expect(run.errors == "edits.csv: line 4: the dataset has no item “nobody”\n")
    let summary = try run.json(Labelled.self)
    #expect((summary.revision, summary.changed, summary.unchanged, summary.rejected) == (3, 3, 0, 1))
    #expect(
      try bench.sqlite("SELECT item, task, value FROM labels ORDER BY item, task")
        == "a|depth|1\na|label|z\nb|depth|2\nb|label|y\nc|depth|4")
    #expect(try bench.sqlite("SELECT count(*), sum(checksum) FROM embedding") == before)
    #expect(try bench.sqlite("SELECT text FROM items ORDER BY item") == "snow\nice\nfog")
    let again = try bench.firn("label - --dataset d --json", input: #"{"id": "a", "label": "z"}"# + "\n")
    #expect(try again.json(Labelled.self).revision == 3)
    let taken = try bench.firn("label - --dataset d", input: #"{"id": "a", "label": null}"# + "\n")
    #expect(taken.output.contains("revision 4"))
    #expect(try bench.firn("dataset diff d 3 4").output.contains("label: z → none"))
  }

  @Test(arguments: [
    (#"{"label": "x"}"#, 65, "no id"), (#"{"id": "a", "label": 3}"#, 65, "regression"),
    (#"{"id": "q", "label": "x"}"#, 65, "no item"), ("", 0, ""),
  ])
  func `Labels that cannot be given are named`(row: String, status: Int32, says: String) throws {
    let run = try bench.run("label - --dataset d", input: row + "\n")
    #expect(run.status == status && (says.isEmpty || run.errors.contains(says)), "\(run)")
    #expect(try bench.sqlite("SELECT max(number) FROM revision") == "2")
  }

  @Test func `What the input has no more is pruned if asked, and freed with its dataset`() throws {
    struct Pruned: Decodable {
      let removed: Int
      let revision: Int
    }
    let rows = #"{"id": "c", "text": "fog"}"# + "\n"
    let run = try bench.firn("extract - --dataset d --backbone tiny --prune --json", input: rows)
    #expect(try run.json(Pruned.self).removed == 2)
    #expect(try bench.sqlite("SELECT item FROM items") == "c")
    #expect(try bench.firn("dataset log d").output.contains("extract - --dataset d"))
    let bad = try bench.firn(
      "extract - --dataset d --backbone tiny --prune --json", input: rows + #"{"id": "x"}"# + "\n")
    #expect(try bad.json(Pruned.self).removed == 0)
    #expect(bad.errors.contains("Nothing was pruned"))

    #expect(try bench.firn("dataset remove d").output.hasPrefix("Removed d"))
    #expect(try bench.run("dataset show d").status == 69)
    #expect(try bench.sqlite("SELECT count(*) FROM embedding") == "3")
    let stats = try bench.firn("stats --json").output
    #expect(stats.contains(#""texts":3,"unheld_texts":3"#), "\(stats)")
    #expect(stats.contains(#"{"bytes":576,"name":"tiny","unheld":3,"vectors":3}"#), "\(stats)")
    #expect(try bench.firn("stats").output.contains("held by no dataset"))
    let freed = try bench.firn("vacuum --json").output
    #expect(freed.contains(#""contents":3"#) && freed.contains(#""vectors":3"#))
    #expect(try bench.sqlite("SELECT count(*) FROM embedding") == "0")
  }

  @Test func `A dataset that a head was trained on stays`() throws {
    let bench = try Workbench.withExamples()
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge")
    let run = try bench.run("dataset remove d")
    #expect(run.status == 65 && run.errors.contains("h@1"), "\(run)")
    try bench.firn("head remove h")
    try bench.firn("dataset remove d")
    #expect(try bench.firn("dataset list --json").output == "[]\n")
  }

  @Test func `Old revisions are forgotten, but not those that heads were trained on`() throws {
    let rows = (0..<20).map { #"{"id": "\#($0)", "text": "snow \#($0)", "label": "\#($0 % 2)"}"# + "\n" }
    try bench.firn("extract - --dataset e --backbone tiny", input: rows.joined())
    try bench.firn("train h --dataset e --backbone tiny --task label --method ridge")
    for kept in [15, 10, 5] {
      try bench.firn("extract - --dataset e --backbone tiny --prune", input: rows[..<kept].joined())
    }
    #expect(try bench.run("dataset forget e --before 5").status == 69)
    struct Report: Decodable { let forgotten: Int }
    #expect(try bench.firn("dataset forget e --before 4 --json").json(Report.self).forgotten == 2)
    for (revision, items) in [(1, 20), (4, 5)] {
      #expect(
        try bench.firn("dataset show e --at \(revision) --json").output.contains(#""items":\#(items),"#))
    }
    for revision in [2, 3] {
      let run = try bench.run("dataset show e --at \(revision)")
      #expect(run.status == 69 && run.errors.contains("has no revision \(revision)"))
    }
    #expect(try bench.firn("vacuum --json").output.contains(#""contents":0"#))
    try bench.firn("head verify h")
    try bench.firn("head remove h")
    #expect(try bench.firn("dataset forget e --before 4 --json").json(Report.self).forgotten == 1)
    #expect(try bench.firn("vacuum --json").output.contains(#""contents":15"#))
    #expect(try bench.firn("dataset show e --json").output.contains(#""items":5,"#))
    try bench.firn("verify")
  }
}
