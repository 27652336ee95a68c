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

  @Test func `A revision that is not there is named`() throws {
    let run = try bench.run("dataset diff d 1 7")
    #expect(run.status == 69 && run.errors.contains("7"), "\(run)")
  }
}
