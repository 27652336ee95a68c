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
}
