import Foundation
import Testing

/// The words of the command: what is off is 64 with the mend; help is there for every verb.
struct UsageTests {
  let bench: Workbench

  init() throws {
    bench = try Workbench(withBackbone: false)
  }

  @Test(arguments: [
    ("extrct", "did you mean extract"), ("head lst", "did you mean list"), ("head", "needs a verb"),
    ("train h --datset d", "did you mean --dataset"),
    ("train h --dataset d --backbone b --task t", "--method"), ("nearest --dataset d --backbone b", "TEXT"),
    ("train h --dataset d --backbone b --task t --method rigde", "did you mean ridge"),
    ("train h --dataset d --backbone b --task t --method ridge --holdout 1", "--holdout"),
    ("train h --dataset d --backbone b --task t --method ridge --penalty 0", "--penalty"),
    ("train h --dataset d --backbone b --task t --method ridge --penalty nan", "--penalty"),
    ("nearest chess --dataset d --backbone b --id x", "exclude each other"),
    ("nearest chess --dataset d --backbone b -k 0", "-k"), ("extract a b --dataset d --backbone b", "\"b\""),
    ("extract a.jsonl --dataset d", "--backbone NAME"),
    ("extract a.jsonl --dataset d --dataset e --backbone b", "given twice"),
    ("extract a.jsonl --dataset d --backbone b --label section", "TASK=FIELD"),
    ("backbone list --threads 0", "--threads"), ("backbone list --json=yes", "--json"),
    ("backbone add model", "--name"), ("backbone add model --name a --layer -1", "--layer"),
    ("backbone add model --name a --pool mean+median", "lasttoken"),
    ("backbone add model --name a --pool mean+", "--pool"),
    ("backbone add model --name a --on-long windw", "did you mean window"),
    ("head export h", "--to"), ("head import h.safetensors --head h --task t", "--dataset"),
  ])
  func `Words that are off are 64, with the mend`(words: String, says: String) throws {
    let run = try bench.run(words)
    #expect(run.status == 64 && run.output == "" && run.complaints.count == 1, "\(run)")
    #expect(run.errors.hasPrefix("firn: ") && run.errors.contains(says), "\(run)")
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path) == [], "nothing is made")
  }

  static let verbs = [
    "", "extract", "label", "train", "predict", "evaluate", "drift", "nearest", "backbone", "backbone add",
    "backbone list", "duplicates", "graph", "cluster",
    "backbone show", "backbone verify", "backbone remove", "dataset", "dataset list", "dataset show",
    "dataset log", "dataset diff", "dataset remove", "stats", "sweep", "verify", "vacuum", "head",
    "head list", "head trials",
    "head show",
    "head compare", "head promote",
    "head rollback",
    "head log",
    "head verify", "head export", "head import", "head remove", "head note", "head tag", "head untag",
    "head unalias", "head protect", "head prune",
  ]

  @Test(arguments: verbs)
  func `Every verb has help that fits a terminal`(verb: String) throws {
    let run = try bench.firn("\(verb) --help")
    #expect(run.errors == "")
    #expect(run.output.hasPrefix("Usage: firn \(verb)".trimmingCharacters(in: .whitespaces)), "\(run)")
    #expect(run.output.split(separator: "\n").allSatisfy { $0.count <= 100 && !$0.hasSuffix(" ") }, "\(run)")
    #expect(try bench.firn("help \(verb)").output == run.output)
  }

  @Test func `The help of firn names every verb and every exit status`() throws {
    let help = try bench.firn("--help").output
    for verb in Self.verbs { #expect(help.contains(verb.split(separator: " ").first ?? "firn")) }
    for status in ["0", "4 ", "64", "65", "66", "69", "70", "74", "75"] { #expect(help.contains(status)) }
  }

  @Test func `The version stands alone on a line`() throws {
    let run = try bench.firn("--version")
    #expect(run.output.split(separator: " ").first == "firn")
    #expect(run.output.wholeMatch(of: /firn [0-9]+\.[0-9]+\.[0-9]+\n/) != nil, "\(run)")
  }

  @Test func `A file that is no store is refused, and stays as it is`() throws {
    try bench.write("This is a letter, not a store.\n", to: "letter.txt")
    for words in ["backbone list", "backbone remove x", "head list"] {
      let run = try bench.run("\(words) --store letter.txt")
      #expect(run.status == 65 && run.errors.contains("letter.txt"), "\(run)")
    }
    let letter = try String(contentsOf: bench.folder.appending(path: "letter.txt"), encoding: .utf8)
    #expect(letter == "This is a letter, not a store.\n")
  }

  @Test func `A store that is not there is 66, and reading makes none`() throws {
    for words in ["backbone list", "dataset list", "head list", "nearest x --dataset d --backbone b"] {
      let run = try bench.run(words)
      #expect(run.status == 66 && run.errors.contains("firn.db"), "\(run)")
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: bench.folder.path) == [])
  }

  @Test func `With --json standard output is JSON and standard error stays empty`() throws {
    let bench = try Workbench.withExamples()
    for words in [
      "backbone list", "backbone show tiny", "backbone verify tiny", "dataset list", "dataset show d",
      "dataset log d",
      "extract examples.jsonl --dataset d --backbone tiny",
      "train h --dataset d --backbone tiny --task section --method logistic", "head list", "head show h",
      "train h --dataset d --backbone tiny --task section --method ridge",
      "head promote h@1 champion", "head promote h@2 champion", "head rollback h champion", "head log h",
      "head note h new", "head tag h@1 a b", "head untag h@1 a", "head list --tag b",
      "head protect h champion",
      "head protect h champion --off", "head prune h --keep 1", "head unalias h champion",
      "head compare h@1 h", "head verify h", "evaluate h", "predict h examples.jsonl",
      "nearest chess --dataset d --backbone tiny", "head remove h", "backbone remove tiny",
    ] {
      let run = try bench.run("\(words) --json")
      #expect(run.status == 0 && run.errors == "" && run.output.hasSuffix("\n"), "\(run)")
      for line in run.output.split(separator: "\n") {
        #expect(throws: Never.self, "\(run)") { try JSONSerialization.jsonObject(with: Data(line.utf8)) }
      }
    }
  }
}
