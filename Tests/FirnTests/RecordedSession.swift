import Firn
import Foundation

/// A scripted session that ran without a fault: where each step began, and what it made.
final class RecordedSession {
  /// A step, and the store around it.
  struct Moment {
    let step: ScriptedSession.Step
    /// The folder of the store as it was before the step.
    let folder: URL
    let before: StoreContents
    /// What the step passes through.
    let between: [StoreContents]
    let after: StoreContents
    /// How many operations of each kind it took.
    let operations: [FileFault.Operation: Int]
  }

  private let place: TemporaryStore
  let moments: [Moment]

  init() throws {
    place = try TemporaryStore()
    let places = place.folder
    func folder(_ name: String) -> URL { places.appending(path: name) }
    let files = FileManager.default
    try files.createDirectory(at: folder("0"), withIntermediateDirectories: false)
    moments = try ScriptedSession(inputsIn: place).steps.enumerated().map { index, step in
      let (before, after) = (folder("\(index)"), folder("\(index + 1)"))
      let between = try step.passes.enumerated().map { number, run in
        let aside = folder("\(index) by way of \(number)")
        try files.copyItem(at: before, to: aside)
        try run(Store(in: aside))
        return try StoreContents(at: Store(in: aside).path)
      }
      try files.copyItem(at: before, to: after)
      let operations = try WatchedFiles(in: after).count { try step.run(Store(in: after)) }
      return Moment(
        step: step, folder: before, before: try StoreContents(at: Store(in: before).path), between: between,
        after: try StoreContents(at: Store(in: after).path), operations: operations)
    }
  }

  /// Runs `body` on a copy of the store as it was before a step.
  func withCopy<Result>(of moment: Moment, _ body: (URL) throws -> Result) throws -> Result {
    let copy = place.folder.appending(path: UUID().uuidString)
    try FileManager.default.copyItem(at: moment.folder, to: copy)
    defer { try? FileManager.default.removeItem(at: copy) }
    return try body(copy)
  }
}

extension Store {
  /// The store of a folder.
  init(in folder: URL) {
    self.init(at: folder.appending(path: "firn.db").path, threads: Threads(2))
  }
}
