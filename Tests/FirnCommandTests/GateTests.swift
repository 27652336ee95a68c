import Foundation
import Testing

/// `firn head promote --require`: a version must not be worse than what it replaces, nor than the simplest answers.
struct GateTests {
  let bench: Workbench

  init() throws { bench = try Workbench.withExamples(240) }

  private func train(_ words: String) throws {
    try bench.firn("train h --dataset d --backbone tiny --task section \(words)")
  }

  @Test func `A version that is no worse passes, and the log says what was found`() throws {
    try train("--method ridge")
    try train("--method logistic --penalty 0.1")
    try bench.firn("head promote h@1 champion --require")
    try bench.firn("head protect h champion")
    let run = try bench.run("head promote h@2 champion --require --json")
    #expect(run.status == 0, "\(run)")
    struct Move: Decodable {
      let version: Int
      let note, allowed_by: String?
    }
    let move: Move = try run.json()
    #expect(move.version == 2 && move.allowed_by == "gate")
    let note = try #require(move.note)
    #expect(note.contains("h@1, the champion") && note.contains("most frequent") && note.contains("means"))
  }

  @Test func `A version that is worse is refused, whatever the alias`() throws {
    try train("--method logistic --penalty 0.1")
    // So strong a penalty leaves the most frequent class.
    try train("--method ridge --penalty 1000000")
    try bench.firn("head promote h@1 champion")
    let run = try bench.run("head promote h@2 champion --require")
    #expect(run.status == 65 && run.errors.contains("h@1, the champion"), "\(run)")
    #expect(try bench.firn("head log h --json").output.contains(#""version":1"#))
    let other = try bench.run("head promote h@2 other --require")
    #expect(other.status == 65 && other.errors.contains("the nearest of the means"), "\(other)")
    let forced = try bench.firn("head promote h@2 champion --override it-is-wanted --json")
    #expect(forced.output.contains("it-is-wanted"))
  }

  @Test func `Tags and numbers have gates by their losses`() throws {
    try bench.firn("train t --dataset d --backbone tiny --task tags --method ridge")
    #expect(try bench.firn("head promote t champion --require").status == 0)
    try bench.firn("train n --dataset d --backbone tiny --task stars --method ridge")
    let run = try bench.run("head promote n champion --require")
    #expect([0, 65].contains(run.status), "\(run)")
  }

  @Test func `What cannot be compared is refused`() throws {
    try train("--method ridge --holdout 0")
    let run = try bench.run("head promote h champion --require")
    #expect(run.status == 69 && run.errors.contains("--holdout"), "\(run)")
    #expect(try bench.run("head promote h champion --require --note x").status == 64)
  }
}
