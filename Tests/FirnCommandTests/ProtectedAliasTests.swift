import Foundation
import Testing

/// `firn head protect`, `unalias`, and what lets a protected alias move.
struct ProtectedAliasTests {
  let bench: Workbench

  /// A head `h` of three versions, whose champion is its second and was its first.
  init() throws {
    bench = try Workbench.withVersions(3)
    for version in [1, 2] { try bench.firn("head promote h@\(version) champion") }
  }

  private struct Move: Decodable, Equatable {
    let alias: String
    let version: Int?
    let reason: String
    var note: String?
    var allowed_by: String?
  }

  private func log() throws -> [Move] { try bench.firn("head log h --json").json() }

  @Test func `A protected alias is moved by nothing but an override, whose reason stays in the log`() throws {
    #expect(try bench.firn("head protect h champion").output == "h@champion is protected\n")
    let moves = ["head promote h@3 champion", "head rollback h champion", "head unalias h champion"]
    for words in moves + ["head promote h@3 champion --note hello"] {
      let run = try bench.run(words)
      #expect(run.status == 65 && run.output == "", "\(run)")
      #expect(
        run.errors.contains("--override REASON") && run.errors.contains("head protect h champion --off"))
    }
    #expect(try bench.sqlite("SELECT version FROM aliases") == "2")
    for words in moves { try bench.firn("\(words) --override", "for \(words)") }
    #expect(try bench.sqlite("SELECT count(*) FROM aliases") == "0")
    #expect(
      try log().suffix(4) == [
        Move(alias: "champion", version: 2, reason: "protect"),
        Move(
          alias: "champion", version: 3, reason: "promote", note: "for \(moves[0])", allowed_by: "override"),
        Move(
          alias: "champion", version: 2, reason: "rollback", note: "for \(moves[1])", allowed_by: "override"),
        Move(
          alias: "champion", version: nil, reason: "remove", note: "for \(moves[2])", allowed_by: "override"),
      ])
    #expect(try bench.firn("head log h").output.contains("for head rollback h champion"))
    // Removed, it starts anew.
    try bench.firn("head promote h@1 champion")
  }

  @Test func `Taken off, the protection is gone, and the log says so`() throws {
    for words in ["", "", " --off", " --off"] { try bench.firn("head protect h champion\(words)") }
    try bench.firn("head promote h@3 champion --note", "by consent")
    #expect(
      try log().suffix(3) == [
        Move(alias: "champion", version: 2, reason: "protect"),
        Move(alias: "champion", version: 2, reason: "unprotect"),
        Move(alias: "champion", version: 3, reason: "promote", note: "by consent"),
      ])
    #expect(try bench.firn("head rollback h champion --json").json(Move.self).version == 2)
  }

  @Test func `An override of what is free is a note`() throws {
    let move = try bench.firn("head promote h@3 champion --json --override", "to be sure").json(Move.self)
    #expect(move == Move(alias: "champion", version: 3, reason: "promote", note: "to be sure"))
  }

  @Test func `An alias is removed, and its log stays`() throws {
    let run = try bench.firn("head unalias h champion")
    #expect(run.output == "h@champion is now version none\n")
    #expect(try bench.run("head show h@champion").status == 69)
    #expect(try log().map(\.reason) == ["promote", "promote", "remove"])
    #expect(try bench.run("head rollback h champion").status == 69)
  }

  @Test func `A head with a protected alias is not removed`() throws {
    try bench.firn("head protect h champion")
    let run = try bench.run("head remove h")
    #expect(run.status == 65 && run.errors.contains("firn head protect h champion --off"), "\(run)")
    #expect(try bench.sqlite("SELECT count(*) FROM head_version") == "3")
    try bench.firn("head protect h champion --off")
    try bench.firn("head remove h")
  }

  @Test func `What is off is 64, and what is not there 69`() throws {
    for (status, words, says) in [
      (64, "head promote h@3 champion --note a --override b", "exclude each other"),
      (64, "head promote h@3 champion --override", "--override"), (64, "head protect h", "ALIAS"),
      (64, "head protect h champion --of", "did you mean --off"), (64, "head unalias h", "ALIAS"),
      (69, "head protect h champoin", "did you mean “champion”"), (69, "head protect hh x", "“h”"),
      (69, "head unalias h champoin", "did you mean “champion”"), (69, "head unalias hh x", "“h”"),
    ] as [(Int32, String, String)] {
      let run = try bench.run(words)
      #expect(run.status == status && run.output == "" && run.errors.contains(says), "\(run)")
    }
    for option in ["--override", "--note"] {
      let run = try bench.run("head promote h@3 champion \(option)", " ")
      #expect(run.status == 64 && run.errors.contains(option), "\(run)")
    }
    #expect(try log().count == 2)
  }
}
