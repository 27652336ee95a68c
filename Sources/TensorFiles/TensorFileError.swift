/// Why a file of tensors cannot be used.
public indirect enum TensorFileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The operating system does not give its bytes.
  case unreadable(path: String, reason: String)
  /// Its bytes are not what its name says, or hold something that is not read.
  case malformed(path: String, problem: String)
  /// The file cannot be written.
  case unwritable(path: String, reason: String)

  /// What happened, and where.
  public var description: String {
    switch self {
    case .unreadable(let path, let reason): "\(path): \(reason)"
    case .malformed(let path, let problem): "\(path): \(problem)"
    case .unwritable(let path, let reason): "\(path): cannot be written: \(reason)"
    }
  }
}
