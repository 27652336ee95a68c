internal import LinearAlgebra
internal import Tokenization

/// How texts come to the network: as token ids, in one window or in several that overlap.
struct TextReader: Sendable {
  /// A text as token ids.
  struct Reading: Sendable {
    /// The ids of each window, special ones and prompt included.
    let windows: [[Int32]]
    /// Whether the text had more tokens than these.
    let isTruncated: Bool
  }

  private let tokenizer: WordPieceTokenizer
  private let prompt: String
  private let maximumLength: Int
  private let rule: LongTexts
  /// How many tokens stand before and behind those of the text itself: special ones and the prompt's.
  private let frame: (before: Int, behind: Int)

  init(_ tokenizer: WordPieceTokenizer, prompt: String, maximumLength: Int, longTexts rule: LongTexts) {
    (self.tokenizer, self.prompt, self.maximumLength, self.rule) = (tokenizer, prompt, maximumLength, rule)
    let behind = tokenizer.settings.suffix.count
    frame = (tokenizer.encode(prompt, maximumLength: .max).ids.count - behind, behind)
  }

  /// How many tokens stand before those of a text, where all of them are read.
  var promptTokens: Int { min(frame.before, maximumLength - frame.behind) }

  /// How many tokens of a text a window holds.
  var capacity: Int { maximumLength - frame.before - frame.behind }

  /// How many tokens a window of a long text has in common with the one before it.
  var overlap: Int { capacity / 4 }

  /// How many tokens of a window are the text's own.
  func weight(of window: [Int32]) -> Int { window.count - frame.before - frame.behind }

  /// Why a text is not taken, if it isn't.
  func refusal(of text: String) -> LongTextError? {
    guard rule == .error else { return nil }
    do {
      _ = try read(text)
      return nil
    } catch {
      return error
    }
  }

  /// Reads texts, in their order.
  func read(_ texts: [String]) throws(LongTextError) -> [Reading] {
    try texts.map { (text) throws(LongTextError) in try read(text) }
  }

  private func read(_ text: String) throws(LongTextError) -> Reading {
    // Only what is cut need not be tokenised to its end.
    let encoding = tokenizer.encode(prompt + text, maximumLength: rule == .truncate ? maximumLength : .max)
    let ids = encoding.ids
    guard ids.count > maximumLength else { return Reading(windows: [ids], isTruncated: encoding.isTruncated) }
    guard rule == .window else { throw LongTextError(text: text, tokens: ids.count, limit: maximumLength) }
    return Reading(windows: windows(of: ids), isTruncated: false)
  }

  /// The windows of a long text, where Hugging Face's tokenizers put them: the first that reaches its end is the last.
  private func windows(of ids: [Int32]) -> [[Int32]] {
    let own = frame.before..<ids.count - frame.behind
    return stride(from: own.lowerBound, to: own.upperBound - overlap, by: capacity - overlap).map { start in
      let end = min(start + capacity, own.upperBound)
      return Array(ids[..<own.lowerBound] + ids[start..<end] + ids[own.upperBound...])
    }
  }
}
