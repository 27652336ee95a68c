import Foundation
import Synchronization

/// Shows how work goes on the last line of a terminal, on standard error, so that standard output stays for
/// results.
///
/// Nothing is drawn, and no control character written, when standard error is no terminal or the caller wants
/// quiet. Any thread may call it.
public final class ProgressBar: Sendable {
  /// Seconds between two drawings.
  private static let interval = 0.1

  private struct State {
    var progress: ProgressLine
    var lastDrawn = -Double.infinity
    var isDrawn = false
  }

  private let state: Mutex<State>
  private let isShown: Bool
  private let width: @Sendable () -> Int
  private let clock: @Sendable () -> Double
  private let write: @Sendable (String) -> Void

  /// A bar for work that begins now.
  /// - Parameters:
  ///   - label: What is done: `extract`.
  ///   - unit: What is counted, in the plural: `texts`.
  ///   - isQuiet: Whether the user wants none.
  public convenience init(_ label: String, unit: String, isQuiet: Bool = false) {
    let terminal = TerminalStream.standardError
    self.init(
      label, unit: unit, isShown: terminal.isInteractive && !isQuiet,
      width: { terminal.width ?? 80 }, clock: { ProcessInfo.processInfo.systemUptime },
      write: { terminal.write($0) })
  }

  init(
    _ label: String, unit: String, isShown: Bool, width: @escaping @Sendable () -> Int,
    clock: @escaping @Sendable () -> Double, write: @escaping @Sendable (String) -> Void
  ) {
    state = Mutex(State(progress: ProgressLine(label, unit: unit, now: clock())))
    self.isShown = isShown
    self.width = width
    self.clock = clock
    self.write = write
  }

  /// Tells that `count` things are done, which are this share of all, from 0 to 1, if that is known. Draws
  /// ten times a second at most, so it may be called as often as one likes.
  public func update(count: Int, fraction: Double? = nil) {
    guard isShown else { return }
    state.withLock { state in
      let now = clock()
      state.progress.update(count: count, fraction: fraction, now: now)
      guard now - state.lastDrawn >= Self.interval else { return }
      state.lastDrawn = now
      draw(&state)
    }
  }

  /// Writes a line that stays, above the bar; without a bar too.
  public func note(_ message: String) {
    state.withLock { state in
      let wasDrawn = state.isDrawn
      clear(&state)
      write(message.visible + "\n")
      if wasDrawn { draw(&state) }
    }
  }

  /// Takes the bar away; the line is free for what comes next.
  public func finish() {
    state.withLock { clear(&$0) }
  }

  private func draw(_ state: inout State) {
    // The last column stays free: some terminals break the line when it is filled.
    write("\r" + state.progress.text(width: max(0, width() - 1)) + "\u{1B}[K")
    state.isDrawn = true
  }

  private func clear(_ state: inout State) {
    if state.isDrawn { write("\r\u{1B}[K") }
    state.isDrawn = false
  }
}
