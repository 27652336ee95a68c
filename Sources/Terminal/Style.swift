/// Weight of letters, where a terminal shows it; elsewhere the text stays as it is.
public struct Style: Sendable {
  /// Leaves text as it is.
  public static let plain = Style(isEnabled: false)

  private let isEnabled: Bool

  /// The style for what is written to `terminal`.
  public init(for terminal: TerminalStream) {
    self.init(isEnabled: terminal.isStyled)
  }

  init(isEnabled: Bool) {
    self.isEnabled = isEnabled
  }

  /// The text in bold letters.
  public func bold(_ text: String) -> String { isEnabled ? "\u{1B}[1m\(text)\u{1B}[0m" : text }

  /// The text in dim letters.
  public func dim(_ text: String) -> String { isEnabled ? "\u{1B}[2m\(text)\u{1B}[0m" : text }
}
