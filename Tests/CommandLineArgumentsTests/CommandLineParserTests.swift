import Testing

@testable import CommandLineArguments

@Suite("A command line")
struct CommandLineParserTests {
  /// The command that words, parted by spaces, call.
  private func parse(_ line: String) throws -> ParsedCommand {
    try parse(line.split(separator: " ").map(String.init))
  }

  private func parse(_ words: [String]) throws -> ParsedCommand {
    guard case .command(let command) = try Example.program.parse(words) else {
      throw ArgumentError.missingVerb(command: "firn", verbs: [])
    }
    return command
  }

  @Test("gives each parameter its value or default")
  func values() throws {
    let command = try parse(
      "train topics --dataset debian --penalty 1e-3 --label a=b --label c=d --seed=7 -q")
    #expect(command.path == ["train"])
    #expect(command[Example.head] == "topics")
    #expect(command[Example.dataset] == "debian")
    #expect(command[Example.method] == .logistic)
    #expect(command[Example.holdout] == 0.2)
    #expect(command[Example.penalty] == 0.001)
    #expect(command[Example.seed] == 7)
    #expect(command[Example.label] == ["a=b", "c=d"])
    #expect(command[Example.shift] == nil)
    #expect(command[Example.quiet] && !command[Example.json])
  }

  @Test(
    "takes an option's value in every usual way",
    arguments: ["-k 3", "-k=3", "--k 3", "--k=3"])
  func spellings(option: String) throws {
    #expect(try parse("nearest text --dataset d \(option)")[Example.k] == 3)
  }

  @Test("gives an option that may stand alone its value, and takes the next word only if it is one")
  func alone() throws {
    for (line, value, text) in [
      ("t", nil, "t"), ("t --diverse", 0.5, "t"), ("--diverse t", 0.5, "t"), ("--diverse 0.2 t", 0.2, "t"),
      ("--diverse=1 t", 1, "t"), ("--diverse -k 3 t", 0.5, "t"), ("--diverse 7", 0.5, "7"),
    ] as [(String, Double?, String)] {
      let command = try parse("nearest --dataset d \(line)")
      #expect(command[Example.diverse] == value && command[Example.text] == text, "\(line)")
    }
    for (line, error) in [
      ("t --diverse --diverse", .givenTwice(option: "--diverse")),
      ("t --diverse=2", .badValue("2", of: "--diverse", expected: "a number from 0 to 1", suggestion: nil)),
      ("t --minus a", .alone("--minus", needs: "--id ITEM")),
    ] as [(String, ArgumentError)] {
      #expect(throws: error) { try parse("nearest --dataset d \(line)") }
    }
    #expect(try parse("nearest --dataset d --id a --minus b --minus c")[Example.minus] == ["b", "c"])
  }

  @Test(
    "takes the program's options before and behind the verb",
    arguments: [
      "--store a.db --json head list", "head --store a.db --json list", "head list --json --store=a.db",
    ])
  func options(line: String) throws {
    let command = try parse(line)
    #expect(command.path == ["head", "list"])
    #expect(command[Example.store] == "a.db")
    #expect(command[Example.json])
  }

  @Test("takes - and negative numbers as values, and all words behind --")
  func dashes() throws {
    #expect(try parse("nearest --dataset d --file -")[Example.file] == "-")
    #expect(try parse("train h --dataset d --shift-of-the-first-class -0.5")[Example.shift] == -0.5)
    #expect(try parse("nearest -7 --dataset d")[Example.text] == "-7")
    #expect(try parse(["nearest", "- not good", "--dataset", "d"])[Example.text] == "- not good")
    #expect(try parse("nearest --dataset d -- --k")[Example.text] == "--k")
    #expect(try parse("nearest --dataset=--k x")[Example.dataset] == "--k")
    #expect(try parse("nearest --dataset d --id==")[Example.item] == "=")
    #expect(try parse(["nearest", "", "--dataset", "d"])[Example.text] == "")
  }

  @Test("takes a last argument once or many times")
  func repeatedArgument() throws {
    #expect(try parse("head promote h@1 a b c")[Example.aliases] == ["a", "b", "c"])
    #expect(throws: ArgumentError.missing("ALIAS", command: "firn head promote")) {
      try parse("head promote h@1")
    }
  }

  @Test("reads enumerations by their raw value")
  func choice() throws {
    #expect(try parse("train h --dataset d --method knn")[Example.method] == .knn)
  }

  @Test(
    "that is wrong says what and how to mend it",
    arguments: [
      ("train h --datset d", "firn train has no option --datset; did you mean --dataset?"),
      ("train h --data d", "firn train has no option --data; did you mean --dataset?"),
      ("train h --nonsense", "firn train has no option --nonsense; firn train --help lists what there is"),
      ("nearest --dataset d -x", "firn nearest has no option -x; did you mean -k?"),
      ("tarin", "firn has no verb \"tarin\"; did you mean train?"),
      ("head premote", "firn head has no verb \"premote\"; did you mean promote?"),
      ("fly", "firn has no verb \"fly\"; firn --help lists what there is"),
      ("head", "firn head needs a verb: list or promote"),
      ("--json", "firn needs a verb: train, nearest or head"),
      (
        "train h --dataset",
        "--dataset needs a value: --dataset NAME; one that begins with a dash goes behind an equals sign: --dataset=NAME"
      ),
      (
        "train h --dataset --json",
        "--dataset needs a value: --dataset NAME; one that begins with a dash goes behind an equals sign: --dataset=NAME"
      ),
      ("train h --dataset=", "--dataset: \"\" is not a name"),
      ("train h --dataset d --json=1", "--json takes no value; give it alone"),
      ("train h --dataset d --seed x", "--seed: \"x\" is not an integer of at least 0"),
      ("train h --dataset d --seed -1", "--seed: \"-1\" is not an integer of at least 0"),
      ("train h --dataset d --threads 0", "--threads: \"0\" is not an integer from 1 to 256"),
      (
        "train h --dataset d --threads 99999999999999999999",
        "--threads: \"99999999999999999999\" is not an integer from 1 to 256"
      ),
      ("train h --dataset d --holdout 1", "--holdout: \"1\" is not a number of at least 0 and below 1"),
      ("train h --dataset d --penalty 0", "--penalty: \"0\" is not a number above 0"),
      ("train h --dataset d --penalty nan", "--penalty: \"nan\" is not a number above 0"),
      ("train h --dataset d --penalty 1e999", "--penalty: \"1e999\" is not a number above 0"),
      ("train h --dataset d --penalty 0x10", "--penalty: \"0x10\" is not a number above 0"),
      (
        "train h --dataset d --method rigde",
        "--method: \"rigde\" is not one of logistic, ridge, knn; did you mean ridge?"
      ),
      ("train h --dataset d --dataset e", "--dataset is given twice; give it once"),
      ("train --dataset d", "firn train needs HEAD; firn train --help tells more"),
      ("train h", "firn train needs --dataset NAME; firn train --help tells more"),
      ("train h i --dataset d", "firn train has no use for \"i\"; a text of several words goes in quotes"),
      ("nearest text --id i --dataset d", "TEXT and --id exclude each other; give one"),
      ("nearest t --id i --file f --dataset d", "TEXT, --id and --file exclude each other; give one"),
      (
        "nearest --dataset d",
        "firn nearest needs TEXT, --id ITEM or --file FILE; firn nearest --help tells more"
      ),
    ])
  func errors(line: String, description: String) {
    let error = #expect(throws: ArgumentError.self) { try parse(line) }
    #expect(error?.description == description)
  }

  @Test("that begins with --version asks for it, where there is one")
  func version() throws {
    guard case .version("firn 1.0") = try Example.program.parse(["--version"]) else {
      Issue.record("no version is shown")
      return
    }
    #expect(throws: ArgumentError.self) { try CommandDescription("p", "P.").parse(["--version"]) }
  }

  @Test("without rules broken may leave out what at most one of may be given")
  func atMostOne() throws {
    let one = Flag("one", "One.")
    let other = Flag("other", "The other.")
    let program = CommandDescription("p", "P.", takes: [one, other], rules: [.atMostOne(one, other)])
    for words in [[], ["--one"], ["--other"]] { _ = try program.parse(words) }
    #expect(throws: ArgumentError.conflict(["--one", "--other"])) { try program.parse(["--one", "--other"]) }
  }
}

@Suite("A suggestion")
struct SuggestionTests {
  @Test(
    "counts letters inserted, deleted, replaced and swapped",
    arguments: [
      ("", "", 0), ("", "abc", 3), ("abc", "", 3), ("kitten", "sitting", 3), ("ca", "abc", 3),
      ("ab", "ba", 1),
      ("flaw", "lawn", 2), ("saturday", "sunday", 3),
    ])
  func distance(source: String, target: String, distance: Int) {
    #expect(editDistance(source, target) == distance)
    #expect(editDistance(target, source) == distance)
  }

  @Test("is the nearest word, or none when all are far")
  func nearest() {
    #expect(["dataset", "data-dir"].nearest(to: "datasets") == "dataset")
    #expect(["dataset"].nearest(to: "backbone") == nil)
    #expect([].nearest(to: "x") == nil)
  }
}
