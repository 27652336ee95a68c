/// What a reader found: an item, or a row that is none.
public enum Entry: Hashable, Sendable {
  /// A valid item and where it stands.
  case item(Item, at: Place)
  /// A row that cannot be an item. Reading goes on behind it.
  case rejected(Rejection)
}

/// A row that cannot be an item, and why.
public struct Rejection: Hashable, Sendable, CustomStringConvertible {
  /// Where the row stands.
  public var place: Place
  /// What is wrong with it, as half a sentence: `text is empty`.
  public var reason: String

  /// A rejection of the row at `place`.
  public init(place: Place, reason: String) {
    self.place = place
    self.reason = reason
  }

  /// `line 17: text is empty`
  public var description: String { "\(place): \(reason)" }
}

/// Where in an input a row stands.
public enum Place: Hashable, Sendable, CustomStringConvertible {
  /// The line the row begins on, from 1; every line counts, blank ones and those within quotes too.
  case line(Int)
  /// A file, relative to the folder that is read.
  case file(String)

  /// `line 17`, or the file's path.
  public var description: String {
    switch self {
    case .line(let number): "line \(number)"
    case .file(let path): path
    }
  }
}

/// What is wrong with a row; the reader adds the place.
struct RowFault: Error {
  let reason: String

  init(_ reason: String) { self.reason = reason }
}
