import Foundation
import Testing

/// `firn labels`: labels that are probably wrong, and items to label next.
struct LabelsTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private struct Review: Decodable {
    struct Contradiction: Decodable {
      struct Side: Decodable {
        let label: String
        let ids: [String]
      }
      let text: String
      let labels: [Side]
    }

    struct Suspect: Decodable {
      struct Witness: Decodable {
        let id: String
        let label: String
        let cosine: Double
      }
      let rank: Int
      let id: String
      let text: String
      let label: String
      let suggestion: String
      let score: Double
      let nearest: Witness?
    }

    let dataset: String
    let revision: Int
    let task: String
    let rows: Int
    let contradictions: [Contradiction]
    let suspects: [Suspect]
  }

  private struct Next: Decodable {
    struct Candidate: Decodable {
      let label: String
      let score: Double
    }
    let rank: Int
    let id: String
    let text: String
    let top: [Candidate]?
    let number: Double?
  }

  private let suspects = "labels suspects --dataset d --backbone tiny"
  private let next = "labels next --dataset d --backbone tiny"

  private func relabel(_ row: Int, _ section: String) throws {
    try bench.firn(
      "label - --dataset d", input: #"{"id": "i\#(row)", "labels": {"section": "\#(section)"}}"#)
  }

  @Test func `A wrong label comes first, and the corrections put it right`() throws {
    try relabel(8, "games")  // it is of mail
    let review: Review = try bench.firn("\(suspects) --task section -k 5 --to fix.jsonl --json").json()
    #expect((review.dataset, review.revision, review.task, review.rows) == ("d", 2, "section", 60))
    #expect(review.contradictions.isEmpty)
    let first = try #require(review.suspects.first)
    #expect(
      (first.rank, first.id, first.text, first.label, first.suggestion)
        == (1, "i8", Examples.text(8), "games", "mail"))
    #expect(first.score < 0.1 && first.nearest.map { $0.label != "games" && $0.cosine <= 1 } == true)
    let text = try bench.firn("\(suspects) --task section").output
    #expect(text.contains("i8") && text.contains("suggested"))
    // Another time the file is in the way; nothing is written over.
    let again = try bench.run("\(suspects) --task section --to fix.jsonl")
    #expect(again.status == 64 && again.errors.contains("“fix.jsonl” is there already"), "\(again)")

    try bench.firn("label fix.jsonl --dataset d")
    let after: Review = try bench.firn("\(suspects) --task section --json").json()
    #expect(after.revision == 3 && !after.suspects.contains { $0.id == "i8" })
    let before: Review = try bench.firn("\(suspects) --task section --at 2 --json").json()
    #expect(before.suspects.first?.id == "i8")
  }

  @Test func `One text with several labels is a contradiction`() throws {
    let row = #"{"id": "copy", "text": "\#(Examples.text(3))", "label": "x", "labels": {"section": "mail"}}"#
    try bench.firn("extract - --dataset d --backbone tiny", input: row)
    let review: Review = try bench.firn("\(suspects) --task section --json").json()
    #expect(review.contradictions.map(\.text) == [Examples.text(3)])
    #expect(review.contradictions.first?.labels.map(\.label) == ["mail", "games"])
    #expect(review.contradictions.first?.labels.map(\.ids) == [["copy"], ["i3"]])
    #expect(try bench.firn("\(suspects) --task section").output.contains("mail (1), games (1)"))
  }

  @Test func `Tags and numbers have suspects of their own`() throws {
    struct Review<Value: Decodable>: Decodable {
      struct Suspect: Decodable {
        let id: String
        let label: Value
        let suggestion: Value
        let tag: String?
        let deviations: Double?
      }
      let suspects: [Suspect]
    }
    let rows = (0..<60).map { row in
      let wrong = row == 20
      let tags = (row % 3 == 0) != wrong ? #"["board"]"# : "[]"
      return
        #"{"id": "i\#(row)", "labels": {"kind": \#(tags), "length": \#(row % 3 * 10 + (wrong ? 500 : row % 2))}}"#
    }
    try bench.firn("label - --dataset d", input: rows.joined(separator: "\n"))
    let tags: Review<[String]> = try bench.firn("\(suspects) --task kind --to tags.jsonl --json").json()
    let first = try #require(tags.suspects.first)
    #expect((first.id, first.label, first.suggestion, first.tag) == ("i20", ["board"], [], "board"))
    #expect(try bench.firn("\(suspects) --task kind").output.contains("− board"))
    try bench.firn("label tags.jsonl --dataset d")
    let numbers: Review<Double> = try bench.firn("\(suspects) --task length -k 1 --json").json()
    #expect(numbers.suspects.map(\.id) == ["i20"])
    #expect(numbers.suspects.first?.deviations.map { $0 > 5 } == true)
  }

  @Test func `Items to label next are unlabelled, each text once, and the same each time`() throws {
    let unlabelled = (60..<90).map { #"{"id": "i\#($0)", "text": "\#(Examples.text($0))"}"# }
    let copies = [61, 62, 2].map { #"{"id": "z\#($0)", "text": "\#(Examples.text($0))"}"# }
    try bench.firn(
      "extract - --dataset d --backbone tiny", input: (unlabelled + copies).joined(separator: "\n"))
    let all = try bench.firn("\(next) --task section -k 100 --json").jsonLines(Next.self)
    #expect(Set(all.map(\.id)) == Set((60..<90).map { "i\($0)" }) && all.count == 30)
    #expect(all.map(\.rank) == Array(1...30))
    for item in all {
      let top = try #require(item.top)
      #expect(top.count == 2 && top[0].score >= top[1].score && Examples.sections.contains(top[0].label))
    }
    let few = try bench.firn("\(next) --task section -k 5 --threads 1 --json").jsonLines(Next.self)
    #expect(few.map(\.id) == Array(all.map(\.id).prefix(5)))

    try bench.firn("train h --dataset d --backbone tiny --task section --method logistic --penalty 1")
    let asked = try bench.firn("\(next) --task section -k 5 --head h@1 --json").jsonLines(Next.self)
    let answers = try bench.firn(
      "predict h@1 --top 2 --json", input: unlabelled.joined(separator: "\n")
    ).jsonLines(Answer.self)
    for item in asked {
      let answer = try #require(answers.first { $0.id == item.id })
      #expect(item.top?.map(\.label) == answer.top?.map(\.label))
    }
    #expect(try bench.firn("\(next) --task stars -k 1 --json").jsonLines(Next.self)[0].number != nil)
    #expect(try bench.firn("\(next) --task section -k 2").output.contains("%"))
  }

  @Test func `Without labels likeness alone counts, and it says so`() throws {
    let run = try bench.firn("\(next) --task fresh -k 3 --json")
    let items = try run.jsonLines(Next.self)
    #expect(items.count == 3 && items.allSatisfy { $0.top == nil && $0.number == nil })
    #expect(run.errors.contains("“fresh” has too few labels"))
    let none = try bench.firn("\(next) --task section")
    #expect(none.output.isEmpty && none.errors.contains("has a label"))
  }

  @Test func `What is missing or does not fit is named`() throws {
    try bench.firn("train h --dataset d --backbone tiny --task section --method ridge")
    try bench.firn("backbone add --name other --pool max", Workbench.model().path)
    let cases: [(String, Int32, String)] = [
      ("\(suspects) --task nothing", 69, "nothing"),
      ("labels suspects --dataset none --backbone tiny --task section", 69, "none"),
      ("labels suspects --dataset d --backbone other --task section", 69, "other"),
      ("\(suspects) --task section -k 0", 64, "-k"),
      ("\(suspects) --task section --to no/folder.jsonl", 74, "no/folder.jsonl"),
      ("\(suspects) --task section --at 9", 69, "9"),
      ("labels suspects --dataset d --backbone tiny", 64, "--task"),
      ("labels next --dataset none --backbone tiny --task section", 69, "none"),
      ("\(next) --task tags --head h", 65, "answers the task “section”, not “tags”"),
      ("\(next) --task section --head nobody", 69, "nobody"),
      ("labels next --dataset d --backbone other --task section --head h", 65, "“other”"),
    ]
    for (line, status, word) in cases {
      let run = try bench.run(line)
      #expect(run.status == status && run.errors.contains(word), "\(line): \(run.testDescription)")
      #expect(run.output.isEmpty)
    }
  }
}
