import CommandLineArguments
import Firn
import Foundation
import Terminal

/// The command `firn`: finds the verb that the words name, runs it, and turns what it throws into an exit status.
enum Program {
  static let store = Option("store", .path(), "The store. Default: $FIRN_STORE, else firn.db.")
  static let json = Flag("json", "Write JSON to standard output, and nothing else there.")
  static let quiet = Flag("quiet", "No progress and no remarks on standard error.")
  static let threads = Option(
    "threads", .integer(1...1024), "How many workers to use. Default: one a processor.")
  static let wait = Option(
    "wait", .number(0...), default: 10,
    "For how many seconds to wait for another process that writes the store.")

  /// The verbs that stand alone.
  private static let verbs: [any Verb.Type] = [
    Extract.self, Import.self, LabelItems.self, Train.self, Sweep.self, Predict.self, Evaluate.self,
    Drift.self,
    Nearest.self, Duplicates.self, Graph.self, Cluster.self,
    Stats.self,
    Verify.self,
    Vacuum.self, Merge.self,
  ]

  /// The verbs that stand behind a noun.
  private static let groups: [(name: String, summary: String, verbs: [any Verb.Type])] = [
    (
      "backbone", "Frozen networks and the files they are read from.",
      [
        BackboneAdd.self, BackboneDeclare.self, BackboneList.self, BackboneShow.self, BackboneRelink.self,
        BackboneVerify.self, BackboneRemove.self,
      ]
    ),
    (
      "dataset", "Named collections of items, with every revision.",
      [
        DatasetList.self, DatasetShow.self, DatasetLog.self, DatasetDiff.self, DatasetExport.self,
        DatasetForget.self, DatasetRemove.self,
      ]
    ),
    (
      "index", "Approximate indexes of nearest neighbours.",
      [IndexBuild.self, IndexStatus.self, IndexDrop.self]
    ),
    (
      "labels", "Which labels are probably wrong, and which are worth having next.",
      [LabelsSuspects.self, LabelsNext.self]
    ),
    (
      "transfer", "Whether what was learnt of one kind of data serves another.",
      [
        TransferScore.self, TransferGap.self, TransferTasks.self, TransferAlign.self, TransferStitch.self,
        TransferList.self, TransferRemove.self,
      ]
    ),
    (
      "head", "Trained heads, their versions and the aliases that point at them.",
      [
        HeadList.self, HeadShow.self, HeadCompare.self, HeadTrials.self, HeadNote.self, HeadTag.self,
        HeadUntag.self,
        HeadPromote.self, HeadRollback.self, HeadUnalias.self, HeadProtect.self, HeadLog.self,
        HeadVerify.self, HeadExport.self, HeadImport.self, HeadPrune.self, HeadRemove.self,
      ]
    ),
  ]

  static let description = CommandDescription(
    "firn", "Extract features once with a frozen network, then train, version and query light heads on them.",
    discussion: """
      A store is one SQLite file. Exit status: 0 done, 3 done but the transfer hurts, 4 done but what arrives has drifted, 64 usage, \
      65 bad data, 66 no input, 69 a needed thing is missing, \
      70 internal, 74 input or output failed, 75 another process writes the store: try again.
      """,
    takes: [store, json, quiet, threads, wait],
    verbs: groups.map { group in
      CommandDescription(group.name, group.summary, verbs: group.verbs.map { $0.description })
    } + verbs.map { $0.description },
    version: Store.softwareVersion)

  static func run(_ words: [String]) -> ExitStatus {
    do {
      switch try description.parse(words) {
      case .help(let path):
        print(description.help(for: path))
      case .version(let version):
        print("firn \(version)")
      case .command(let command):
        let session = session(for: command, words: words)
        try verb(at: command.path).run(command, in: session)
      }
      return .done
    } catch let status as ExitStatus {
      return status
    } catch {
      TerminalStream.standardError.write("firn: \(error)".visible + "\n")
      return ExitStatus(of: error)
    }
  }

  private static func verb(at path: [String]) throws -> any Verb.Type {
    let grouped = groups.flatMap { group in
      group.verbs.map { (path: [group.name, $0.description.name], verb: $0) }
    }
    let all = grouped + verbs.map { (path: [$0.description.name], verb: $0) }
    guard let found = all.first(where: { $0.path == path }) else {
      throw ArgumentError.unknownVerb(path.joined(separator: " "), command: "firn", suggestion: nil)
    }
    return found.verb
  }

  private static func session(for command: ParsedCommand, words: [String]) -> Session {
    let output = Output(isJSON: command[json], isQuiet: command[quiet])
    let path = command[store] ?? ProcessInfo.processInfo.environment["FIRN_STORE"] ?? "firn.db"
    let store = Store(
      at: path, threads: command[threads].map { Threads($0) } ?? .available, lockTimeout: command[wait],
      tellingOn: output)
    return Session(store: store, output: output, commandLine: (["firn"] + words).joined(separator: " "))
  }
}
