extension CommandDescription {
  /// The help of the verb at `path`, or of the program when it is empty, in lines of at most `width` columns.
  public func help(for path: [String] = [], width: Int = 80) -> String {
    var commands = [self]
    for word in path {
      guard let verb = commands.last?.verbs.first(where: { $0.name == word }) else { break }
      commands.append(verb)
    }
    return HelpText(commands, width: width).text
  }
}

/// Lays out the help of one command.
private struct HelpText {
  /// The widest a term may be for its explanation to stand beside it.
  private static let widestTerm = 28

  private let command: CommandDescription
  /// The commands above, the program first.
  private let ancestors: [CommandDescription]
  private let width: Int

  /// `commands` lead from the program to the command.
  init(_ commands: [CommandDescription], width: Int) {
    command = commands[commands.count - 1]
    ancestors = Array(commands.dropLast())
    self.width = width
  }

  var text: String {
    let inherited = ancestors.flatMap(\.options)
    var common = [Declaration(form: .flag, name: "help", short: "h", help: "Show this help.")]
    if command.version != nil {
      common.append(Declaration(form: .flag, name: "version", help: "Show the version."))
    }
    let sections = [
      usage,
      command.summary.wrapped(to: width),
      command.discussion.wrapped(to: width),
      section("Arguments", command.arguments.map(entry)),
      section("Verbs", command.verbs.map { ($0.name, $0.summary) }),
      section("Options", (command.options + (inherited.isEmpty ? common : [])).map(entry)),
      section("Options of every verb", inherited.isEmpty ? [] : (inherited + common).map(entry)),
      command.verbs.isEmpty ? "" : "\(name) VERB --help tells more of a verb.",
    ]
    return sections.filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var name: String { (ancestors + [command]).map(\.name).joined(separator: " ") }

  // MARK: Usage

  private var usage: String {
    var words = command.verbs.isEmpty ? usageWords : ["VERB"]
    let isFree = { (option: Declaration) in !option.isRequired && !isRuled(option) }
    if (command.options + ancestors.flatMap(\.options)).contains(where: isFree) { words.append("[OPTIONS]") }
    let start = "Usage: \(name)"
    return ([start] + words).wrapped(to: width, indent: min(start.count + 1, 16))
  }

  private var usageWords: [String] {
    let free = command.declarations.filter { !isRuled($0) }
    let arguments = free.filter { $0.form == .argument }.map { argument in
      let word = argument.isRepeated ? "\(argument.name)..." : argument.name
      return argument.isRequired ? word : "[\(word)]"
    }
    let required = free.filter { $0.form != .argument && $0.isRequired }.map(\.usage)
    let alternatives = alternatives.map { rule in
      let words = rule.members.map(\.usage).joined(separator: " | ")
      return rule.kind == .exactlyOne ? "(\(words))" : "[\(words)]"
    }
    return arguments + alternatives + required
  }

  /// The rules whose members stand beside one another in the usage.
  private var alternatives: [ParameterRule] { command.rules.filter { $0.kind != .companion } }

  private func isRuled(_ parameter: Declaration) -> Bool {
    alternatives.contains { $0.members.contains { $0.spelling == parameter.spelling } }
  }

  // MARK: Terms and explanations

  private func entry(_ parameter: Declaration) -> (term: String, explanation: String) {
    let short = parameter.short.map { "-\($0), " } ?? ""
    var notes = parameter.choices.isEmpty ? [] : ["one of " + parameter.choices.joined(separator: ", ")]
    if let text = parameter.defaultText { notes.append("default: \(text)") }
    if parameter.isRepeated { notes.append("may be repeated") }
    let note = notes.isEmpty ? "" : " (\(notes.joined(separator: "; ")))"
    return (short + parameter.usage, parameter.help + note)
  }

  private func section(_ title: String, _ entries: [(term: String, explanation: String)]) -> String {
    guard !entries.isEmpty else { return "" }
    let widths = entries.map(\.term.count).filter { $0 <= Self.widestTerm }
    let column = (widths.max() ?? 0) + 4
    let lines = entries.map { term, explanation in
      let words = explanation.split(separator: " ").map(String.init)
      let indent = String(repeating: " ", count: column)
      let body = words.wrapped(to: width - column).replacing("\n", with: "\n" + indent)
      let head = "  " + term
      return head.count > column - 2
        ? "\(head)\n\(indent)\(body)" : head + indent.dropFirst(head.count) + body
    }
    return "\(title):\n" + lines.joined(separator: "\n")
  }
}

extension String {
  /// The paragraphs filled to `width` columns; lines that begin with a space stay as they are.
  fileprivate func wrapped(to width: Int) -> String {
    var lines: [String] = []
    var words: [String] = []
    func fill() {
      if !words.isEmpty { lines.append(words.wrapped(to: width)) }
      words = []
    }
    for line in split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty || line.hasPrefix(" ") {
        fill()
        lines.append(String(line))
      } else {
        words += line.split(separator: " ").map(String.init)
      }
    }
    fill()
    return lines.joined(separator: "\n")
  }
}

extension [String] {
  /// The words in lines of at most `width` columns, all but the first indented. A longer word has a line of
  /// its own.
  fileprivate func wrapped(to width: Int, indent: Int = 0) -> String {
    var lines: [String] = []
    var line = first ?? ""
    for word in dropFirst() {
      if line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += " " + word
      }
    }
    return (lines + [line]).joined(separator: "\n")
  }
}
