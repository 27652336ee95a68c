import Foundation
import Testing

@testable import Terminal

@Suite("A stream")
struct TerminalStreamTests {
  @Test("that is a file is no terminal")
  func file() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "firn-terminal-\(UUID().uuidString)")
    #expect(FileManager.default.createFile(atPath: url.path(), contents: nil))
    defer { try? FileManager.default.removeItem(at: url) }
    let file = try FileHandle(forWritingTo: url)
    let terminal = TerminalStream(descriptor: file.fileDescriptor, environment: ["TERM": "xterm"])
    #expect(!terminal.isInteractive && !terminal.isStyled && terminal.width == nil)
    terminal.write("text")
    #expect(try String(contentsOf: url, encoding: .utf8) == "text")
  }

  @Test(
    "that is a terminal is interactive unless it is dumb, and styled unless NO_COLOR is set",
    arguments: [
      (["TERM": "xterm"], true, true), (["TERM": "xterm", "NO_COLOR": ""], true, true),
      (["TERM": "xterm", "NO_COLOR": "1"], true, false), (["TERM": "dumb"], false, false),
      ([:], false, false),
    ] as [([String: String], Bool, Bool)])
  func pseudoterminal(environment: [String: String], isInteractive: Bool, isStyled: Bool) throws {
    let descriptor = open("/dev/ptmx", O_RDWR | O_NOCTTY)
    try #require(descriptor >= 0)
    defer { close(descriptor) }
    var size = winsize(ws_row: 24, ws_col: 91, ws_xpixel: 0, ws_ypixel: 0)
    #expect(ioctl(descriptor, UInt(TIOCSWINSZ), &size) == 0)
    let terminal = TerminalStream(descriptor: descriptor, environment: environment)
    #expect(terminal.isInteractive == isInteractive)
    #expect(terminal.isStyled == isStyled)
    #expect(terminal.width == 91)
  }
}
