internal import Foundation

/// A file's bytes, mapped read-only into memory for as long as this object lives.
///
/// A file that another process truncates while it is mapped ends this one (SIGBUS): models are not edited in place.
public final class MappedFile: @unchecked Sendable {
  // Sendable: the mapping is made in `init`, is read-only, and is taken down only when no reference is left.
  /// All of its bytes; at least one.
  public let bytes: UnsafeRawBufferPointer
  /// Where it lies.
  public let path: String

  /// Maps the regular file at `path`, which must not be empty.
  ///
  /// - Throws: ``TensorFileError/unreadable(path:reason:)``.
  public init(_ path: String) throws(TensorFileError) {
    // Without O_NONBLOCK a pipe would have this wait for somebody who writes into it.
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else {
      throw .unreadable(path: path, reason: "cannot be opened: \(String(cString: strerror(errno)))")
    }
    defer { close(descriptor) }
    var status = stat()
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
      throw .unreadable(path: path, reason: "is not a regular file")
    }
    let size = Int(status.st_size)
    guard size > 0 else {
      throw .unreadable(path: path, reason: "is empty")
    }
    guard let address = mmap(nil, size, PROT_READ, MAP_PRIVATE, descriptor, 0), address != MAP_FAILED else {
      throw .unreadable(path: path, reason: "cannot be mapped: \(String(cString: strerror(errno)))")
    }
    self.path = path
    bytes = UnsafeRawBufferPointer(start: address, count: size)
  }

  /// A copy of all of its bytes, which outlives it.
  public var contents: [UInt8] {
    withExtendedLifetime(self) { Array(bytes) }
  }

  deinit {
    munmap(UnsafeMutableRawPointer(mutating: bytes.baseAddress), bytes.count)
  }
}
