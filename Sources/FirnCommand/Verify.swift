import CommandLineArguments
import Firn
import Terminal

enum Verify: Verb {
  private static let sample = Option(
    "sample", .integer(0...), default: 0,
    "How many vectors of each backbone, chosen at random, to make again and compare bit by bit.")
  private static let repair = Flag(
    "repair", "Make anew what is derived: indexes, and damaged or missing embeddings from their texts.")

  static let description = CommandDescription(
    "verify", "Read the whole store and say what in it is not as it was written.",
    discussion: """
      Pages, indexes and references; the digest of every text, and the index of words; the checksum of every embedding, and whether those are there that heads need; the digest of every head. Fails with \
      status 65 if anything is wrong, and names the mend of each problem.
      """,
    takes: [sample, repair])

  private struct Report: Encodable {
    let ok: Bool
    let problems: [StoreProblem]
    let sampled: Int
    let removed: Int
    let rebuilt: Int
    let wordsUnchecked: String?

    enum CodingKeys: String, CodingKey {
      case ok, problems, sampled, removed, rebuilt
      case wordsUnchecked = "words_unchecked"
    }
  }

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Reading", unit: "%")
    defer { bar.finish() }
    let found = try session.store.verify(sample: command[sample], repairs: command[repair]) {
      bar.update(count: Int(100 * $0), fraction: $0)
    }
    bar.finish()
    try output.write(
      Report(
        ok: found.ok, problems: found.problems, sampled: found.sampled, removed: found.removed,
        rebuilt: found.rebuilt, wordsUnchecked: found.wordsUnchecked)
    ) {
      for problem in found.problems { output.line("\(problem.what): \(problem.remedy)") }
      if found.removed > 0 { output.line("Removed \(found.removed) damaged embeddings") }
      if found.rebuilt > 0 { output.line("Made \(found.rebuilt) embeddings again") }
      if let reason = found.wordsUnchecked {
        output.line("The index of words was not checked: \(reason)")
      }
      if found.sampled > 0 { output.line("Embedded \(found.sampled) texts again to compare") }
      if found.ok {
        output.line(
          found.wordsUnchecked == nil
            ? "The store is as it was written" : "All else in the store is as it was written")
      }
    }
    if !found.ok { throw ExitStatus.badData }
  }
}
