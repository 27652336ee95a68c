import Firn
import Foundation
import Testing

/// The files of a store fail: the nth write, sync, read or lock, or the disk is full.
///
/// Each operation of the scripted session would fail once alone and once with all behind it; that is what `FIRN_FAULTS=all`
/// does, and `tools/fault-test`. Without it some are taken, spread over the session, others each time.
@Suite(.serialized, .timeLimit(.minutes(10)))
struct FaultTests {
  @Test(arguments: FileFault.Operation.allCases)
  func `A fault is told of; the store holds what it held before or after`(operation: FileFault.Operation)
    throws
  {
    let session = try RecordedSession()
    let places = session.moments.enumerated().flatMap { index, moment in
      (0..<moment.operations[operation, default: 0]).map { (step: index, number: $0 + 1) }
    }
    let isComplete = ProcessInfo.processInfo.environment["FIRN_FAULTS"] == "all"
    // Most steps end with the same few operations, three syncs among them: a stride with a factor in common would always meet the
    // same one of them.
    let spread = (max(1, places.count / 8)...).first { $0 % 2 != 0 && $0 % 3 != 0 } ?? 1
    let stride = isComplete ? 1 : spread
    var (told, overcome) = (0, 0)
    for index in Swift.stride(from: .random(in: 0..<stride), to: places.count, by: stride) {
      let (step, number) = places[index]
      for lasts in [false, true] {
        let fault = FileFault(operation: operation, number: number, lasts: lasts)
        if try failsOpenly(at: step, of: session, under: fault) { told += 1 } else { overcome += 1 }
      }
    }
    print("\(operation.rawValue): \(told) faults told of, \(overcome) overcome")
    #expect(told > 0)
  }

  /// Runs one step under a fault, and again without; behind a fault that lasts, all that follow as well. Whether the step failed:
  /// where SQLite can do without an operation, or do it later, it does not.
  private func failsOpenly(
    at step: Int, of session: RecordedSession, under fault: FileFault
  ) throws -> Bool {
    let moment = session.moments[step]
    let place: Comment = "\(moment.step.name), \(fault)"
    return try session.withCopy(of: moment) { folder in
      let store = Store(in: folder)
      let files = WatchedFiles(in: folder)
      let (error, wasReached) = files.run(under: fault) { try moment.step.run(store) }
      #expect(wasReached, place)
      #expect(files.open == 0, place)
      if let error { #expect(tells(error, of: store), "\(place): \(error)") }

      let seen = try StoreContents(at: store.path)
      #expect([moment.before, moment.after].contains { $0.readable == seen.readable }, place)
      if seen == .nothing {
        #expect(throws: StoreError.self, place) { try store.requireSound() }
      } else {
        // The next writer makes what was committed readable, as any extraction would.
        #expect(throws: Never.self, place) { try store.requireSound(repairs: true) }
      }
      let held = try StoreContents(at: store.path)
      let states = error == nil ? [moment.after] : [moment.before] + moment.between + [moment.after]
      #expect(states.contains(held), place)

      let rest = session.moments[(held == moment.after ? step + 1 : step)...]
      for moment in fault.lasts ? rest : rest.prefix(upTo: step + 1) {
        #expect(throws: Never.self, place) { try moment.step.run(store) }
        let again = try StoreContents(at: store.path)
        #expect(again == moment.after, place)
      }
      #expect(files.open == 0, place)
      return error != nil
    }
  }

  /// Whether an error is one that callers can tell from others, and people understand.
  private func tells(_ error: any Error, of store: Store) -> Bool {
    switch error {
    case StoreError.sqlite(_, let message, _): !message.isEmpty && "\(error)".contains(message)
    case StoreError.cannotOpen(let path, let reason): path == store.path && !reason.isEmpty
    // To verify is to find what cannot be read.
    case let unsound as Unsound: "\(unsound)".contains("unable to get the page")
    default: false
    }
  }
}
