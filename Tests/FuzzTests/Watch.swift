import Foundation
import Synchronization

/// Notes the input that is being tried in a file, which a crash leaves behind, and makes a crash of one that does not end.
final class Watch {
  /// An input that takes between one and two times as many seconds does not end.
  private static let patience = 30

  private final class Progress: Sendable {
    let current = Atomic(-1)
    let seen = Atomic(-1)
  }

  private let format: String
  private let path: String
  private let note: Int32
  private let progress = Progress()
  private let timer = DispatchSource.makeTimerSource()

  init(_ format: String) throws {
    self.format = format
    let name = "firn-fuzz-\(format.replacing("/", with: "-"))-\(getpid()).txt"
    path = FuzzPlan.notes.appending(path: name).path
    note = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0o600)
    guard note >= 0 else { throw CocoaError(.fileWriteUnknown) }
    timer.schedule(deadline: .now(), repeating: .seconds(Self.patience))
    timer.setEventHandler { [progress] in
      let current = progress.current.load(ordering: .relaxed)
      let before = progress.seen.exchange(current, ordering: .relaxed)
      guard current < 0 || current != before else {
        fatalError("seed \(FuzzPlan.seed), input: \(format) \(current) does not end")
      }
    }
    timer.resume()
  }

  /// Says that an input is tried now.
  func begin(_ number: Int) {
    progress.current.store(number, ordering: .relaxed)
    let text = "seed \(FuzzPlan.seed), input: \(format) \(number)\n"
    _ = text.withCString { pwrite(note, $0, strlen($0), 0) }
  }

  /// Says that all were tried.
  func end() {
    timer.cancel()
    close(note)
    unlink(path)
  }
}
