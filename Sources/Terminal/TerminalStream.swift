import Foundation

/// A stream that may lead to a terminal.
public struct TerminalStream: Sendable {
  /// Standard output.
  public static let standardOutput = TerminalStream(descriptor: STDOUT_FILENO)
  /// Standard error.
  public static let standardError = TerminalStream(descriptor: STDERR_FILENO)

  private let descriptor: Int32
  /// Whether a person sees it and it knows how to move its cursor; then control characters may be written to
  /// it.
  public let isInteractive: Bool
  /// Whether text may be bold or dim: on a terminal, unless `NO_COLOR` is set (no-color.org).
  public let isStyled: Bool

  init(descriptor: Int32, environment: [String: String] = ProcessInfo.processInfo.environment) {
    self.descriptor = descriptor
    isInteractive = isatty(descriptor) == 1 && environment["TERM", default: "dumb"] != "dumb"
    isStyled = isInteractive && environment["NO_COLOR", default: ""].isEmpty
  }

  /// How many columns it has now; nil when it is no terminal.
  public var width: Int? {
    var size = winsize()
    guard isatty(descriptor) == 1, ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
      return nil
    }
    return Int(size.ws_col)
  }

  /// Has an interrupt (Ctrl-C) end the program on a line of its own: a progress bar may stand on the last one.
  public static func breakLineWhenInterrupted() {
    guard standardError.isInteractive else { return }
    signal(SIGINT) { number in
      // Nothing else is safe here than to write, and to end as one who does not listen.
      _ = "\n".withCString { Foundation.write(STDERR_FILENO, $0, 1) }
      signal(number, SIG_DFL)
      raise(number)
    }
  }

  /// Writes text; a stream that nobody reads any more is no reason to fail.
  public func write(_ text: String) {
    try? FileHandle(fileDescriptor: descriptor, closeOnDealloc: false).write(contentsOf: Data(text.utf8))
  }
}
