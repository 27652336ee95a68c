import Testing

/// Short texts of three sections, as JSON Lines that answer a task of each kind.
enum Examples {
  static let sections = ["games", "graphics", "mail"]
  private static let words = [
    "chess board pawn rook knight", "image photo camera colour pixel", "mail letter post inbox spam",
  ].map { $0.split(separator: " ") }

  /// The text of row `index`; no two rows have the same.
  static func text(_ index: Int) -> String {
    let words = words[index % 3]
    let picks = [index, index / 3, index / 5, index / 7, index / 11].map { words[$0 % words.count] }
    return picks.joined(separator: " ") + " \(index)"
  }

  /// A row of JSON Lines.
  static func row(_ index: Int) -> String {
    #"{"id": "i\#(index)", "text": "\#(text(index))", "size": \#(index * 10), "#
      + #""labels": {"section": "\#(sections[index % 3])", "tags": ["t\#(index % 2)"], "stars": \#(index % 5)}}"#
  }

  /// Rows of JSON Lines.
  static func rows(_ indices: some Sequence<Int>) -> String {
    indices.map { row($0) + "\n" }.joined()
  }
}

extension Workbench {
  /// A workbench whose store has the first `count` examples, embedded, as the dataset `d`.
  static func withExamples(_ count: Int = 60) throws -> Workbench {
    let bench = try Workbench()
    try bench.write(Examples.rows(0..<count), to: "examples.jsonl")
    try bench.firn("extract examples.jsonl --dataset d --backbone tiny")
    return bench
  }
}

/// A small generator with a seed that a failing test can print (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
