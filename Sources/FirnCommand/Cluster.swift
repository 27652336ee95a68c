import CommandLineArguments
import Firn
import Terminal

enum Cluster: Verb {
  private static let task = Argument(.name("NAME"), "The task that gets the clusters as labels.")
  private static let dataset = Option(required: "dataset", .name(), "The dataset.")
  private static let backbone = Option(
    required: "backbone", .name(), "The backbone whose embeddings are compared.")
  private static let count = Option(required: "k", .integer(2...1_000_000), "How many clusters.")
  private static let seed = Option("seed", .integer(0...), default: 0, "What decides the draws.")
  private static let runs = Option(
    "runs", .integer(1...1000), default: 1, "How often to try, from centres drawn anew; the best counts.")
  private static let replace = Flag("replace", "Replace labels of the task that are no clusters.")

  static let description = CommandDescription(
    "cluster", "Deal a dataset's items out to clusters, which become their labels.",
    discussion: """
      k-means by Euclidean distance on the vectors as they are stored, drawn as by k-means++. The labels are cluster-01 and on, the \
      largest first, in a new revision: ready to train on, or for --where "label.NAME = 'cluster-03'". Silhouettes are measured from all \
      items, of 2,000 at the most.
      """,
    takes: [task, dataset, backbone, count, seed, runs, replace])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let output = session.output
    let bar = output.progressBar("Clustering", unit: "steps")
    defer { bar.finish() }
    var done = 0
    let found = try session.store.cluster(
      command[dataset], into: command[count], for: command[task], with: command[backbone],
      seed: UInt64(command[seed]), runs: command[runs], replacing: command[replace],
      command: session.commandLine
    ) { run, steps in
      done += 1
      bar.update(count: done, fraction: command[runs] > 1 ? Double(run) / Double(command[runs]) : nil)
    }
    bar.finish()
    if !found.converged {
      output.note("Stopped after \(found.steps) steps, before the clusters stood still.")
    }
    try output.write(found) {
      output.table(
        [.left("cluster"), .right("items"), .right("silhouette"), .left("nearest"), .left("text")],
        found.clusters.map {
          [
            $0.label, Readable.count($0.size), $0.silhouette?.fixed(3) ?? "", $0.nearest ?? "", $0.text ?? "",
          ]
        })
      output.line("")
      output.fields([
        ("dataset", "\(found.dataset), revision \(found.revision)"), ("task", found.task),
        ("inertia", found.inertia.compact), ("steps", Readable.count(found.steps)),
        ("silhouette", found.silhouette.fixed(3) + " of \(Readable.count(found.measured)) items"),
      ])
    }
  }
}
