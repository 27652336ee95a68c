/// The members of a JSON object in the order they were written, each name once.
///
/// Names are byte strings: é (NFC) and é (NFD) are two, though Swift's `String` holds them equal.
public struct JSONObject: Sendable {
  /// One `"name": value` of an object.
  public struct Member: Sendable {
    /// The name, its escapes resolved.
    public let name: String
    /// What stands behind the colon.
    public let value: JSONValue

    /// A member.
    public init(name: String, value: JSONValue) {
      self.name = name
      self.value = value
    }
  }

  /// The members in order.
  public private(set) var members: [Member]

  /// An object of `members`, whose names must be distinct.
  public init(distinct members: [Member]) {
    self.members = members
  }

  /// The value of the member with this very name, byte for byte.
  /// Complexity: linear in the number of members.
  public subscript(name: String) -> JSONValue? {
    members.first { $0.name.hasSameBytes(as: name) }?.value
  }

  /// The object without the members of these names.
  public func removing(_ names: [String]) -> JSONObject {
    JSONObject(distinct: members.filter { !names.contains(where: $0.name.hasSameBytes) })
  }
}
