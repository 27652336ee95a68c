import Glibc

/// An open file or standard input, read front to back in large pieces.
final class ByteStream {
  /// What errors call it.
  let name: String
  /// The size of a regular file; unknown for pipes and terminals.
  let totalBytes: Int?
  private(set) var bytesRead = 0
  private let descriptor: Int32

  /// Opens `source`, which must not be a folder.
  init(_ source: ItemSource) throws(DatasetError) {
    switch source {
    case .standardInput:
      name = "standard input"
      descriptor = STDIN_FILENO
    case .path(let path):
      name = path
      descriptor = open(path, O_RDONLY | O_CLOEXEC)
      guard descriptor >= 0 else {
        throw errno == ENOENT ? .noInput(path: path) : .unreadable(path: path, reason: systemReason())
      }
    }
    var status = stat()
    let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
    totalBytes = isRegular ? Int(status.st_size) : nil
  }

  deinit {
    if descriptor != STDIN_FILENO { close(descriptor) }
  }

  /// Fills `buffer` from `position` on with what is there to read, and returns how many bytes that was; 0 at
  /// the end.
  func read(into buffer: inout [UInt8], from position: Int) throws(DatasetError) -> Int {
    while true {
      let count = buffer.withUnsafeMutableBytes { bytes in
        let free = UnsafeMutableRawBufferPointer(rebasing: bytes[position...])
        return Glibc.read(descriptor, free.baseAddress, free.count)
      }
      if count >= 0 {
        bytesRead += count
        return count
      }
      guard errno == EINTR else { throw .unreadable(path: name, reason: systemReason()) }
    }
  }
}

/// The operating system's words for the failure of the last call.
func systemReason() -> String {
  String(cString: strerror(errno))
}
