/// Which version of a transform is meant: `NAME`, the newest, or `NAME@3`.
public struct TransformReference: Sendable, Hashable, CustomStringConvertible {
  /// The transform's name.
  public let name: String
  /// Its number; nil for the newest.
  public let version: Int?

  /// A version of a transform.
  public init(name: String, version: Int? = nil) { (self.name, self.version) = (name, version) }

  /// Reads a reference as it is written; nil where it is none.
  public init?(parsing text: String) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    switch parts.count {
    case 1 where !text.isEmpty: self.init(name: text)
    case 2 where !parts[0].isEmpty:
      guard let number = Int(parts[1]), number > 0 else { return nil }
      self.init(name: String(parts[0]), version: number)
    default: return nil
    }
  }

  /// The reference as it is written.
  public var description: String { version.map { "\(name)@\($0)" } ?? name }
}
