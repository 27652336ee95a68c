import Synchronization
import Testing

@testable import Terminal

@Suite("A progress bar")
struct ProgressBarTests {
  /// A terminal and a clock that the test holds.
  private final class Screen: Sendable {
    let written = Mutex("")
    let time = Mutex(0.0)

    func bar(isShown: Bool) -> ProgressBar {
      ProgressBar(
        "extract", unit: "texts", isShown: isShown, width: { 41 }, clock: { self.time.withLock { $0 } },
        write: { text in self.written.withLock { $0 += text } })
    }

    func pass(seconds: Double) { time.withLock { $0 += seconds } }

    /// What was written since the last call.
    func takeWritten() -> String {
      written.withLock { text in
        defer { text = "" }
        return text
      }
    }
  }

  @Test("draws over itself ten times a second at most, and clears itself")
  func drawing() {
    let screen = Screen()
    let bar = screen.bar(isShown: true)
    bar.update(count: 1)
    #expect(screen.takeWritten() == "\rextract  1 texts  0.0 s\u{1B}[K")
    screen.pass(seconds: 0.05)
    bar.update(count: 2)
    #expect(screen.takeWritten() == "")
    screen.pass(seconds: 0.05)
    bar.update(count: 3)
    #expect(screen.takeWritten() == "\rextract  3 texts  0.1 s\u{1B}[K")
    bar.finish()
    #expect(screen.takeWritten() == "\r\u{1B}[K")
    bar.finish()
    #expect(screen.takeWritten() == "")
  }

  @Test("writes notes above itself")
  func notes() {
    let screen = Screen()
    let bar = screen.bar(isShown: true)
    bar.note("first")
    #expect(screen.takeWritten() == "first\n")
    bar.update(count: 1)
    _ = screen.takeWritten()
    bar.note("line 7: \u{1B}[2J")
    #expect(screen.takeWritten() == "\r\u{1B}[Kline 7: ␛[2J\n\rextract  1 texts  0.0 s\u{1B}[K")
    bar.finish()
    _ = screen.takeWritten()
    bar.note("last")
    #expect(screen.takeWritten() == "last\n")
  }

  @Test("that is not shown writes nothing but notes, and no control character")
  func hidden() {
    let screen = Screen()
    let bar = screen.bar(isShown: false)
    bar.update(count: 1, fraction: 0.5)
    bar.note("note")
    screen.pass(seconds: 1)
    bar.update(count: 2, fraction: 1)
    bar.finish()
    #expect(screen.takeWritten() == "note\n")
  }

  @Test("is drawn whole by many threads")
  func threads() async {
    let screen = Screen()
    let bar = screen.bar(isShown: true)
    await withTaskGroup(of: Void.self) { group in
      for worker in 0..<4 {
        group.addTask {
          for step in 0..<100 {
            screen.pass(seconds: 0.1)
            bar.update(count: worker * step)
            bar.note("note")
          }
        }
      }
    }
    bar.finish()
    let lines = screen.takeWritten().split(separator: "\n")
    #expect(lines.dropLast().allSatisfy { $0.hasSuffix("note") })
    #expect(lines.count == 401)
  }
}
