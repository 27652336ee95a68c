public import Foundation
public enum TokenizationError: Error, Equatable, Sendable { case x }
public struct Encoding: Sendable { public var ids: [Int32]; public var isTruncated: Bool }
public struct WordPieceTokenizer: Sendable {
  public init(modelDirectory: URL, lowercasing: Bool = false) throws(TokenizationError) { }
  public func encode(_ text: String, maximumLength: Int) -> Encoding { Encoding(ids: [101, 7592, 102], isTruncated: false) }
  public var vocabularySize: Int { 30522 }
  public var files: [String] { ["tokenizer.json"] }
}
