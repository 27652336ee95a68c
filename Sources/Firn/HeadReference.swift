/// Which version of a head is meant: `HEAD`, `HEAD@3` or `HEAD@champion`.
public struct HeadReference: Sendable, Hashable, ExpressibleByStringLiteral, CustomStringConvertible {
  /// How a version is named.
  public enum Version: Sendable, Hashable {
    /// The version that the alias `champion` points at; where there is no such alias, the newest.
    case standard
    /// The version of this number.
    case number(Int)
    /// The version that this alias points at.
    case alias(String)
  }

  /// The head's name.
  public let head: String
  /// The version of it.
  public let version: Version

  /// A version of a head.
  public init(_ head: String, _ version: Version = .standard) {
    self.head = head
    self.version = version
  }

  /// Reads a reference as it is written.
  ///
  /// - Throws: ``FirnError/badReference(_:)``.
  public init(parsing text: String) throws(FirnError) {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false).map(String.init)
    switch parts.count {
    case 1 where !text.isEmpty: self.init(text)
    case 2 where !parts[0].isEmpty && !parts[1].isEmpty:
      let isNumber = parts[1].utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      self.init(parts[0], (isNumber ? Int(parts[1]) : nil).map { .number($0) } ?? .alias(parts[1]))
    default: throw .badReference(text)
    }
  }

  /// A reference that stands in the program; one that cannot be read names a head as it stands.
  public init(stringLiteral text: String) {
    self = (try? HeadReference(parsing: text)) ?? HeadReference(text)
  }

  /// The reference as it is written.
  public var description: String {
    switch version {
    case .standard: head
    case .number(let number): "\(head)@\(number)"
    case .alias(let alias): "\(head)@\(alias)"
    }
  }
}
