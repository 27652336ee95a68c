import Foundation
import Testing

/// A process that was started, its output going to files so that it never waits for a reader.
final class RunningCommand {
  let words: [String]
  private let process = Process()
  private let ended = DispatchSemaphore(value: 0)
  private let input: Pipe?
  private let folder: URL
  private var output: URL { folder.appending(path: "output") }
  private var errors: URL { folder.appending(path: "errors") }

  /// Starts `words`; without `input`, what is written later is what it reads.
  init(
    _ executable: URL, _ words: [String], in directory: URL, environment: [String: String],
    input text: String?
  ) throws {
    self.words = words
    folder = try temporaryFolder()
    input = text == nil ? Pipe() : nil
    try (text ?? "").write(to: folder.appending(path: "input"), atomically: false, encoding: .utf8)
    for file in ["output", "errors"] { try Data().write(to: folder.appending(path: file)) }
    process.executableURL = executable
    process.arguments = words
    process.currentDirectoryURL = directory
    process.environment = environment
    let files = [
      try input?.fileHandleForReading ?? FileHandle(forReadingFrom: folder.appending(path: "input")),
      try FileHandle(forWritingTo: output), try FileHandle(forWritingTo: errors),
    ]
    process.standardInput = files[0]
    process.standardOutput = files[1]
    process.standardError = files[2]
    let ended = ended
    process.terminationHandler = { _ in ended.signal() }
    try process.run()
    // They are the command's now. A `Process` would keep them open, and hundreds of commands are run.
    for file in files { try file.close() }
  }

  deinit {
    if process.isRunning { kill() }
    try? FileManager.default.removeItem(at: folder)
  }

  var isRunning: Bool { process.isRunning }

  /// What stands on standard output by now.
  var outputSoFar: String { get throws { try String(contentsOf: output, encoding: .utf8) } }

  /// What stands on standard error by now.
  var errorsSoFar: String { get throws { try String(contentsOf: errors, encoding: .utf8) } }

  /// Writes to the command's standard input.
  func write(_ text: String) throws {
    try input?.fileHandleForWriting.write(contentsOf: Data(text.utf8))
  }

  /// Ends the command's standard input.
  func closeInput() throws {
    try input?.fileHandleForWriting.close()
  }

  /// As `kill -9` does: the process gets no chance to clean up.
  func kill() {
    Foundation.kill(process.processIdentifier, SIGKILL)
  }

  /// Waits until the command ends; one that hangs is killed, and the test fails.
  func end(within seconds: Double = 60) throws -> CommandRun {
    if ended.wait(timeout: .now() + seconds) == .timedOut {
      kill()
      Issue.record("\(words.joined(separator: " ")) did not end within \(seconds) s")
      ended.wait()
    }
    let signal: Int32 = process.terminationReason == .uncaughtSignal ? 128 : 0
    return CommandRun(
      words: words, status: signal + process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self), errors: try errorsSoFar)
  }
}

/// What a command left behind.
struct CommandRun: CustomTestStringConvertible {
  let words: [String]
  /// The exit status; 128 and the signal's number if one ended it, as in a shell.
  let status: Int32
  let output: String
  let errors: String

  var testDescription: String {
    "`\(words.joined(separator: " "))` ended with \(status)\n\(output.prefix(2_000))\n\(errors.prefix(2_000))"
  }

  /// The lines of standard error.
  var complaints: [String] { errors.split(separator: "\n").map(String.init) }

  /// Standard output as one JSON value.
  func json<Value: Decodable>(_ type: Value.Type = Value.self) throws -> Value {
    try JSONDecoder().decode(type, from: Data(output.utf8))
  }

  /// Standard output as one JSON value a line.
  func jsonLines<Value: Decodable>(_ type: Value.Type = Value.self) throws -> [Value] {
    try output.split(separator: "\n").map { try JSONDecoder().decode(type, from: Data($0.utf8)) }
  }

  /// The keys of the JSON object on each line of standard output, sorted.
  func keys() throws -> [[String]] {
    try output.split(separator: "\n").map { line in
      try #require(JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]).keys.sorted()
    }
  }
}

func temporaryFolder() throws -> URL {
  let folder = FileManager.default.temporaryDirectory.appending(path: "firn-command-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  return folder.resolvingSymlinksInPath()
}
