import Foundation
import Testing

/// A folder of its own, in which the command `firn` is run as a user runs it.
final class Workbench {
  let folder: URL
  /// The store that the command makes in its folder.
  var store: String { folder.appending(path: "firn.db").path }
  var environment = ProcessInfo.processInfo.environment.filter { $0.key != "FIRN_STORE" }

  /// The command as it was built with these tests, which lies beside them.
  private static let firn = URL(filePath: CommandLine.arguments[0]).resolvingSymlinksInPath()
    .deletingLastPathComponent().appending(path: "firn")

  /// A folder, and in it a store with the small backbone `tiny` unless there is to be none.
  init(withBackbone: Bool = true) throws {
    folder = try temporaryFolder()
    if withBackbone { try firn("backbone add --name tiny", Self.model().path) }
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The directory of a small model of random weights.
  static func model(_ name: String = "three-layers") -> URL {
    URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .appending(path: "BackbonesTests/Goldens/models/\(name)")
  }

  /// The directory of the published all-MiniLM-L6-v2.
  static func referenceModel() throws -> String {
    try #require(
      ProcessInfo.processInfo.environment["FIRN_TEST_BACKBONE"],
      "FIRN_TEST_BACKBONE names no model directory: run the tests with tools/test, which fetches it")
  }

  /// Runs `firn` with the words of `line`, and behind them `more`, which may have spaces in them.
  func run(_ line: String, _ more: String..., input: String = "") throws -> CommandRun {
    try start(line, more, input: input).end()
  }

  /// Runs `firn`, which must succeed.
  @discardableResult
  func firn(
    _ line: String, _ more: String..., input: String = "", sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> CommandRun {
    let run = try start(line, more, input: input).end()
    try #require(run.status == 0, "\(run.testDescription)", sourceLocation: sourceLocation)
    return run
  }

  /// Starts `firn`; without `input`, what is written later is what it reads.
  func start(_ line: String, _ more: [String] = [], input: String? = nil) throws -> RunningCommand {
    let words = line.split(separator: " ").map(String.init) + more
    return try RunningCommand(Self.firn, words, in: folder, environment: environment, input: input)
  }

  /// Writes a file into the folder.
  func write(_ text: String, to name: String) throws {
    try write(Array(text.utf8), to: name)
  }

  /// Writes a file into the folder, and the folders on the way there.
  func write(_ bytes: [UInt8], to name: String) throws {
    let file = folder.appending(path: name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: file)
  }

  /// Copies a model into the folder, where it may be changed.
  func copyModel(_ name: String = "three-layers", to copy: String) throws -> URL {
    let target = folder.appending(path: copy)
    try FileManager.default.copyItem(at: Self.model(name), to: target)
    return target
  }
}

extension Workbench {
  /// What the `sqlite3` shell answers, which opens the store for reading only: values parted by `|`, rows by line breaks.
  func sqlite(_ query: String, of name: String = "firn") throws -> String {
    let run = try tool("sqlite3", ["-readonly", "-batch", "-cmd", ".timeout 60000", "\(name).db", query])
    try #require(run.status == 0, "\(run.testDescription)")
    return run.output.trimmingCharacters(in: .newlines)
  }

  /// Changes the store with the `sqlite3` shell.
  func changeWithSQLite(_ statement: String, of name: String = "firn") throws -> CommandRun {
    try tool("sqlite3", ["-batch", "\(name).db", statement])
  }

  /// What a Python script prints, which has the store open as `db`.
  func python<Value: Decodable>(_ script: String, _ type: Value.Type = Value.self) throws -> Value {
    let opening = "import json, math, sqlite3, struct, sys\ndb = sqlite3.connect(sys.argv[1])\n"
    let run = try tool("python3", ["-c", opening + script, store])
    try #require(run.status == 0, "\(run.testDescription)")
    return try run.json()
  }

  /// What a Python script prints, which runs in the folder and has NumPy as `numpy`.
  func numPy<Value: Decodable>(_ script: String, _ type: Value.Type = Value.self) throws -> Value {
    try runNumPy("import csv, json, numpy, struct\n" + script).json()
  }

  /// Runs a Python script in the folder, by a Python that has NumPy.
  func runNumPy(_ script: String) throws -> CommandRun {
    try python(named: "FIRN_TEST_PYTHON", with: "NumPy", script)
  }

  /// Runs a Python script in the folder, by a Python that has NumPy and ONNX Runtime.
  func runONNX(_ script: String) throws -> CommandRun {
    try python(named: "FIRN_TEST_ONNX_PYTHON", with: "ONNX Runtime", script)
  }

  private func python(named variable: String, with library: String, _ script: String) throws -> CommandRun {
    let python = try #require(
      environment[variable], "\(variable) names no Python with \(library): run the tests with tools/test")
    let run = try tool(python, ["-c", script])
    try #require(run.status == 0, "\(run.testDescription)")
    return run
  }

  private func tool(_ name: String, _ words: [String]) throws -> CommandRun {
    try RunningCommand(
      URL(filePath: "/usr/bin/env"), [name] + words, in: folder, environment: environment, input: ""
    ).end()
  }
}
