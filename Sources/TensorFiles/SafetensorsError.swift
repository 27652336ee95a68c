/// Why bytes are not a safetensors file.
///
/// Indirect, for Swift 6.3 misreads a typed error of more than four words that passes through a closure.
public indirect enum SafetensorsError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The header is not what it should be.
  case header(problem: String)
  /// A tensor is missing, or what the header says of it cannot be.
  case tensor(name: String, problem: String)

  /// What is wrong, and where.
  public var description: String {
    switch self {
    case .header(let problem): "header: \(problem)"
    case .tensor(let name, let problem): "tensor `\(name)`: \(problem)"
    }
  }
}
