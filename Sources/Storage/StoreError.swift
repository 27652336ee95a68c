public import Datasets
public import Digests

/// What can go wrong with a store.
public enum StoreError: Error, Hashable, Sendable {
  /// SQLite failed, with its extended result code, its message and the statement, if one was running.
  case sqlite(code: Int, message: String, sql: String?)
  /// The file cannot be opened.
  case cannotOpen(path: String, reason: String)
  /// The file is something else than a store.
  case notAStore(path: String, reason: String)
  /// A newer Firn made the store.
  case newer(path: String, version: Int, supported: Int)
  /// An older Firn made the store, and it was opened for reading only.
  case older(path: String, version: Int, supported: Int)
  /// A migration the store went through is not the one this Firn knows by that version.
  case changedMigration(path: String, version: Int, name: String)
  /// Another process went on writing the store for all the time that was given.
  case locked(path: String, seconds: Double)
  /// A stored value contradicts the schema or its checksum.
  case damaged(path: String, what: String)
  /// There is no such thing; `near` are the names that look alike.
  case notFound(what: String, name: String, near: [String])
  /// A dataset has no such revision that readers may see; 0: none at all.
  case noRevision(dataset: String, number: Int)
  /// Head versions were trained on the dataset, which is to be removed.
  case datasetNeeded(name: String, by: [String])
  /// Two stores that are to be merged contradict each other.
  case conflicts(source: String, target: String, reasons: [String])
  /// An extraction into a store that is to be merged goes on, or was killed.
  case unfinished(path: String, dataset: String)
  /// A backbone's vectors of one content differ from store to store.
  case vectorConflict(backbone: String, digest: SHA256Digest)
  /// A query of the texts' words that cannot be read.
  case badMatch(query: String, reason: String)
  /// A revision that is no longer open was written to.
  case revisionNotOpen(dataset: String, number: Int)
  /// A name that could not be written where it is needed again.
  case badName(what: String, name: String, reason: String)
  /// The name belongs to a backbone with another fingerprint.
  case backboneNameTaken(name: String)
  /// The backbone is in the store already, by another name.
  case backboneKnown(name: String, as: String)
  /// An item carries a label of another kind than its task takes.
  case labelKind(task: String, takes: TaskKind, item: String, carries: TaskKind)
  /// The numbers of rows, dimensions and vectors of an embedding batch do not fit.
  case embeddingShape(backbone: String, dimension: Int, rows: Int, floats: Int)
  /// Contents were asked for that the backbone has not embedded.
  case missingVectors(backbone: String, missing: Int, of: Int)
  /// A stored vector is not the one that was written.
  case damagedVector(backbone: String, content: Int64, reason: String)
  /// An index of nearest neighbours is not the one that was written.
  case damagedIndex(dataset: String, backbone: String, reason: String)
  /// The head belongs to another task.
  case headTask(head: String, task: String, not: String)
  /// The head version was there, and was pruned.
  case versionPruned(PrunedVersion)
  /// An alias moved while a version was compared with the one that it pointed at.
  case aliasMoved(head: String, alias: String)
  /// The alias is protected, and nothing was given that would let it move.
  case aliasProtected(head: String, alias: String)
  /// A head was to be removed that has protected aliases.
  case headProtected(head: String, aliases: [String])
  /// A transform was to be removed through which heads were trained.
  case transformNeeded(transform: String, heads: [String])
  /// The alias points to nothing now, or has pointed to nothing before.
  case nothingToRollBackTo(head: String, alias: String)
}

extension StoreError: CustomStringConvertible {
  /// What happened, to what, and what mends it.
  public var description: String {
    switch self {
    case .sqlite(let code, let message, _):
      "SQLite: \(message) (code \(code))"
    case .cannotOpen(let path, let reason):
      "cannot open the store “\(path)”: \(reason)"
    case .notAStore(let path, let reason):
      "“\(path)” is not a Firn store: \(reason)"
    case .newer(let path, let version, let supported):
      "the store “\(path)” has schema version \(version), and this Firn knows versions up to \(supported): "
        + "use a newer Firn"
    case .older(let path, let version, let supported):
      "the store “\(path)” has schema version \(version) and must be brought to \(supported): "
        + "run any command that writes to it"
    case .changedMigration(let path, let version, let name):
      "the store “\(path)” went through another migration \(version) than “\(name)” as this Firn knows it: "
        + "use the Firn that made it"
    case .locked(let path, let seconds):
      "another process is writing the store “\(path)” and did not finish within \(seconds.formatted) s: "
        + "try again, or wait longer (--wait)"
    case .damaged(let path, let what):
      "the store “\(path)” is damaged: \(what)"
    case .notFound(let what, let name, let near):
      "there is no \(what) “\(name)”" + suggestion(of: near)
    case .noRevision(let dataset, 0):
      "the dataset “\(dataset)” has no revision that can be read: its first extraction goes on still, or was interrupted; "
        + "run it again to complete it"
    case .noRevision(let dataset, let number):
      "the dataset “\(dataset)” has no revision \(number)"
    case .datasetNeeded(let name, let heads):
      "the dataset “\(name)” is what \(heads.prefix(5).joined(separator: ", "))\(heads.count > 5 ? " and more" : "") "
        + "were trained on, or adapted to: remove those heads first, and it can be removed"
    case .conflicts(let source, let target, let reasons):
      "“\(source)” contradicts “\(target)”, and nothing of it was taken: \(reasons.joined(separator: "; ")). "
        + "Make them agree, or, where a store went on since it was merged, merge into a new one"
    case .unfinished(let path, let dataset):
      "an extraction into the dataset “\(dataset)” of “\(path)” goes on still, or was killed: run it to its end, then merge"
    case .vectorConflict(let backbone, let digest):
      "the vectors of the content \(digest.short) under the backbone “\(backbone)” differ, and one of them must be wrong: "
        + "firn verify --sample finds it, unless they were made elsewhere"
    case .badMatch(let query, let reason):
      "--match “\(query)” cannot be read: \(reason); words side by side must all be there, and one with other signs than letters and "
        + "digits is written in double quotes, as in --match '\"e-mail\" client'"
    case .revisionNotOpen(let dataset, let number):
      "revision \(number) of the dataset “\(dataset)” is closed and takes no more changes: begin another"
    case .badName(let what, let name, let reason):
      "“\(name)” cannot be the name of a new \(what): \(reason); choose another"
    case .backboneNameTaken(let name):
      "the name “\(name)” belongs to a backbone with another fingerprint: choose another name or remove that one"
    case .backboneKnown(let name, let known):
      "the backbone “\(name)” is in the store already, as “\(known)”: use that name"
    case .labelKind(let task, let takes, let item, let carries):
      "item “\(item)” carries a \(carries.rawValue) label for the task “\(task)”, which is \(takes.rawValue)"
    case .embeddingShape(let backbone, let dimension, let rows, let floats):
      "\(floats) floats are not \(rows) vectors of dimension \(dimension), as the backbone “\(backbone)” makes them"
    case .missingVectors(let backbone, let missing, let count):
      "\(missing) of \(count) vectors of the backbone “\(backbone)” are missing: extract them first"
    case .damagedVector(let backbone, let content, let reason):
      "the vector of content \(content) under the backbone “\(backbone)” is damaged: \(reason)"
    case .damagedIndex(let dataset, let backbone, let reason):
      "the index of the dataset “\(dataset)” under the backbone “\(backbone)” is damaged: \(reason)"
    case .headTask(let head, let task, let other):
      "the head “\(head)” is for the task “\(task)”, not for “\(other)”: choose another head name"
    case .versionPruned(let version):
      "the head version “\(version.head)@\(version.version)” (\(version.digest.short)), trained \(version.created), was pruned "
        + version.pruned + version.notes.map { "; its note of \($0.created): “\($0.text)”" }.joined()
    case .aliasMoved(let head, let alias):
      "the alias “\(head)@\(alias)” moved while the version was compared with the one it pointed at; try again"
    case .aliasProtected(let head, let alias):
      "the alias “\(alias)” of the head “\(head)” is protected, and was not moved: say why it must move all the same "
        + "(--override REASON), or take the protection off: firn head protect \(head) \(alias) --off"
    case .headProtected(let head, let aliases):
      "the head “\(head)” has protected aliases, and was not removed: take the protection off first, and it can be: "
        + aliases.map { "firn head protect \(head) \($0) --off" }.joined(separator: "; ")
    case .transformNeeded(let transform, let heads):
      "the transform “\(transform)” is what \(heads.prefix(5).joined(separator: ", "))\(heads.count > 5 ? " and more" : "") "
        + "were trained through: remove those heads first, and it can be removed"
    case .nothingToRollBackTo(let head, let alias):
      "the alias “\(alias)” of the head “\(head)” has pointed to no other version before"
    }
  }
}

extension Double {
  /// The number without a fraction that says nothing.
  fileprivate var formatted: String { self == rounded() && abs(self) < 1e15 ? "\(Int(self))" : "\(self)" }
}
