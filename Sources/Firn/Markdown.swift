/// Text in Markdown, as GitHub and others show it.
enum Markdown {
  /// Rows under a header; cells must be Markdown already.
  static func table(_ header: [String], _ rows: [[String]]) -> String {
    let rule = header.map { _ in "---" }
    return ([header, rule] + rows.map { $0 + Array(repeating: "", count: max(0, header.count - $0.count)) })
      .map { "| \($0.joined(separator: " | ")) |" }.joined(separator: "\n")
  }
}

extension String {
  /// The text so that Markdown shows it as it is, on one line.
  var markdown: String {
    let marks = Set("\\`*_{}[]<>|#~$")
    return String(
      flatMap { character -> [Character] in
        if marks.contains(character) { return ["\\", character] }
        return character.unicodeScalars.contains { $0.properties.generalCategory == .control }
          ? [" "] : [character]
      })
  }
}
