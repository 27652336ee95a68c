internal import Foundation
internal import TensorFiles

/// A file that is written under another name and takes its own when it is complete: whoever opens it sees all of it. One that is there
/// already is never overwritten.
final class NewFile {
  /// Its name.
  let path: String
  private let unfinished: String
  private let handle: FileHandle
  private var buffer = Data()
  private var isFinished = false

  private static let bufferBytes = 1 << 20

  init(_ path: String) throws {
    guard !FileManager.default.fileExists(atPath: path) else { throw FirnError.exportExists(path: path) }
    (self.path, unfinished) = (path, "\(path).\(getpid()).unfinished")
    let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw TensorFileError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    handle = FileHandle(fileDescriptor: descriptor, closeOnDealloc: true)
  }

  deinit {
    if !isFinished { unlink(unfinished) }
  }

  func write(_ bytes: [UInt8]) throws {
    buffer.append(contentsOf: bytes)
    try flush(ifLongerThan: Self.bufferBytes)
  }

  func write(line: String) throws {
    buffer.append(contentsOf: line.utf8)
    buffer.append(UInt8(ascii: "\n"))
    try flush(ifLongerThan: Self.bufferBytes)
  }

  /// Writes numbers, little-endian.
  func write(_ values: [Float]) throws {
    values.withUnsafeBytes { buffer.append(contentsOf: $0) }
    try flush(ifLongerThan: Self.bufferBytes)
  }

  /// Gives the complete file its name.
  func finish() throws {
    try flush(ifLongerThan: 0)
    do {
      try handle.synchronize()
      try handle.close()
    } catch {
      throw unwritable(error)
    }
    // Unlike renaming, linking fails where another has come to be meanwhile; but not every file system has links.
    if link(unfinished, path) == 0 {
      unlink(unfinished)
    } else if errno == EEXIST {
      throw FirnError.exportExists(path: path)
    } else if rename(unfinished, path) != 0 {
      throw TensorFileError.unwritable(path: path, reason: String(cString: strerror(errno)))
    }
    isFinished = true
  }

  private func flush(ifLongerThan limit: Int) throws(TensorFileError) {
    guard buffer.count > limit else { return }
    do {
      try handle.write(contentsOf: buffer)
    } catch {
      throw unwritable(error)
    }
    buffer.removeAll(keepingCapacity: true)
  }

  private func unwritable(_ error: any Error) -> TensorFileError {
    .unwritable(path: path, reason: "\((error as NSError).localizedDescription)")
  }
}
