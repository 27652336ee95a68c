import CommandLineArguments
import Firn
import Terminal

enum HeadTrials: Verb {
  private static let head = Argument(.name("HEAD"), "The head that a sweep was for.")
  private static let measure = Option(
    "by", .name("MEASURE"),
    "The measure to rank by, by its key in JSON. Default: accuracy, micro_f1 or r2, as the task is.")

  static let description = CommandDescription(
    "trials", "List the trials of a head's sweeps, ranked: those on the same rows and folds together.",
    takes: [head, measure])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let sets = try session.store.trials(of: command[head], by: command[measure])
    let output = session.output
    let reports = sets.flatMap { set in set.trials.enumerated().map { TrialReport($1, rank: $0 + 1) } }
    try output.write(reports) {
      for (measure, trials) in sets {
        guard let first = trials.first else { continue }
        let specification = first.specification
        output.heading(
          "\(first.dataset) revision \(first.revision), \(specification.folds) folds × \(specification.repeats)"
            + (specification.head.group.map { " by \($0)" } ?? "")
            + ", \(specification.head.holdout.percent) held out")
        TrialTable(trials: trials, measure: measure, tellsReused: false).write(to: output)
      }
    }
  }
}
