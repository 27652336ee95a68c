import Foundation
import Testing

@testable import CommandLineArguments

/// The help texts as files. With FIRN_RECORD_SNAPSHOTS=1 in the environment they are written anew.
@Suite("Help")
struct HelpTextTests {
  @Test(
    "is as recorded",
    arguments: [[], ["train"], ["nearest"], ["head"], ["head", "list"], ["head", "promote"]] as [[String]])
  func snapshot(path: [String]) throws {
    let name = (["firn"] + path).joined(separator: "-") + ".txt"
    let file = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Goldens/\(name)")
    let help = Example.program.help(for: path)
    if ProcessInfo.processInfo.environment["FIRN_RECORD_SNAPSHOTS"] == "1" {
      try help.write(to: file, atomically: true, encoding: .utf8)
    }
    #expect(try String(contentsOf: file, encoding: .utf8) == help)
  }

  @Test(
    "keeps within its width", arguments: [60, 72, 80, 100],
    [[], ["train"], ["nearest"], ["head", "promote"]])
  func width(width: Int, path: [String]) {
    let lines = Example.program.help(for: path, width: width).split(separator: "\n")
    #expect(lines.allSatisfy { $0.count <= width })
    #expect(lines.allSatisfy { !$0.hasSuffix(" ") })
  }

  @Test(
    "is asked for in every usual way",
    arguments: [
      ([], []), (["--help"], []), (["-h"], []), (["help"], []), (["train", "--help"], ["train"]),
      (["--help", "train"], ["train"]), (["help", "head", "promote"], ["head", "promote"]),
      (["head", "promote", "x", "-h"], ["head", "promote"]), (["train", "--nonsense", "--help"], ["train"]),
    ] as [([String], [String])])
  func asked(words: [String], path: [String]) throws {
    guard case .help(let found) = try Example.program.parse(words) else {
      Issue.record("\(words) is no call for help")
      return
    }
    #expect(found == path)
  }

  @Test("of an unknown verb is an error")
  func unknownVerb() {
    #expect(throws: ArgumentError.unknownVerb("trian", command: "firn", suggestion: "train")) {
      try Example.program.parse(["help", "trian"])
    }
  }

  @Test("is no more asked for behind --")
  func behindDashes() throws {
    let words = ["nearest", "--dataset", "d", "--", "--help"]
    guard case .command(let command) = try Example.program.parse(words) else {
      Issue.record("help is shown")
      return
    }
    #expect(command[Example.text] == "--help")
  }
}
