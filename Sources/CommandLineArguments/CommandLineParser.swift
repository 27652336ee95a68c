extension CommandDescription {
  /// Reads the words behind the program's name.
  ///
  /// An option is `--name VALUE` or `--name=VALUE`, or `--name` if it may stand alone; a value that begins with a dash, other than `-` itself or
  /// a negative number, must take the second form. Words behind `--` are arguments whatever they look like.
  /// `--help`, `-h`, the verb `help` or no word at all ask for help; a first `--version` asks for the
  /// version.
  public func parse(_ words: [String]) throws(ArgumentError) -> Invocation {
    if let version, words.first == "--version" { return .version(version) }
    if words.isEmpty, !verbs.isEmpty { return .help([]) }
    if words.prefix(while: { $0 != "--" }).contains(where: { $0 == "--help" || $0 == "-h" }) {
      return .help(helpPath(words))
    }
    var parser = CommandLineParser(self)
    if words.first == "help", !verbs.isEmpty {
      for word in words.dropFirst() { try parser.descend(to: word) }
      return .help(parser.path)
    }
    return .command(try parser.parse(words))
  }

  /// The verbs among words that ask for help somewhere.
  private func helpPath(_ words: [String]) -> [String] {
    var command = self
    var path: [String] = []
    for word in words {
      guard let verb = command.verbs.first(where: { $0.name == word }) else { continue }
      command = verb
      path.append(word)
    }
    return path
  }
}

/// Reads words from left to right, going down the verbs.
private struct CommandLineParser {
  private(set) var path: [String] = []
  private let program: String
  private var command: CommandDescription
  /// The options of the command and of those above it.
  private var options: [Declaration]
  private var values: [String: [any Sendable]] = [:]
  private var arguments: [String] = []

  init(_ program: CommandDescription) {
    self.program = program.name
    command = program
    options = program.options
  }

  private var commandName: String { ([program] + path).joined(separator: " ") }

  mutating func descend(to word: String) throws(ArgumentError) {
    guard let verb = command.verbs.first(where: { $0.name == word }) else {
      let suggestion = command.verbs.map(\.name).nearest(to: word)
      throw .unknownVerb(word, command: commandName, suggestion: suggestion)
    }
    path.append(word)
    command = verb
    options += verb.options
  }

  mutating func parse(_ words: [String]) throws(ArgumentError) -> ParsedCommand {
    var rest = words[...]
    var optionsHaveEnded = false
    while let word = rest.popFirst() {
      if word == "--", !optionsHaveEnded {
        optionsHaveEnded = true
      } else if word.looksLikeOption, !optionsHaveEnded {
        try parseOption(word, &rest)
      } else if !command.verbs.isEmpty {
        try descend(to: word)
      } else {
        arguments.append(word)
      }
    }
    guard command.verbs.isEmpty else {
      throw .missingVerb(command: commandName, verbs: command.verbs.map(\.name))
    }
    try assignArguments()
    try checkPresence()
    return ParsedCommand(path: path, values: values)
  }

  private mutating func parseOption(_ word: String, _ rest: inout ArraySlice<String>) throws(ArgumentError) {
    let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let option = try option(spelt: parts[0])
    if option.form == .flag {
      guard parts.count == 1 else { throw .unexpectedValue(flag: option.spelling) }
      values[option.spelling] = [true]
      return
    }
    if values[option.spelling] != nil, !option.isRepeated { throw .givenTwice(option: option.spelling) }
    // The word behind an option that may stand alone is its value only if it can be read as one.
    if parts.count == 1, let alone = option.aloneValue,
      rest.first.flatMap({ word in try? option.read(word) }) == nil
    {
      values[option.spelling] = [alone]
      return
    }
    let value: String
    if parts.count > 1 {
      value = parts[1]
    } else if let next = rest.first, !next.looksLikeOption {
      value = next
      rest.removeFirst()
    } else {
      throw .missingValue(option: option.spelling, placeholder: option.placeholder)
    }
    try add(value, to: option)
  }

  private func option(spelt word: String) throws(ArgumentError) -> Declaration {
    let name = word.drop { $0 == "-" }
    let isLong = word.hasPrefix("--")
    for option in options {
      if option.name == name, isLong || option.name.count == 1 { return option }
      if let short = option.short, name == String(short), !isLong { return option }
    }
    let names = options.map { $0.name }
    let suggestion = names.nearest(to: String(name)).map { $0.count == 1 ? "-\($0)" : "--\($0)" }
    throw .unknownOption(word, command: commandName, suggestion: suggestion)
  }

  private mutating func assignArguments() throws(ArgumentError) {
    var rest = arguments[...]
    for argument in command.arguments {
      while let word = rest.popFirst() {
        try add(word, to: argument)
        if !argument.isRepeated { break }
      }
    }
    if let word = rest.first { throw .unexpectedArgument(word, command: commandName) }
  }

  private mutating func add(_ word: String, to parameter: Declaration) throws(ArgumentError) {
    do throws(ValueExpectation) {
      values[parameter.spelling, default: []].append(try parameter.read(word))
    } catch {
      throw .badValue(
        word, of: parameter.spelling, expected: error.expected, suggestion: error.choices.nearest(to: word))
    }
  }

  private func checkPresence() throws(ArgumentError) {
    for parameter in command.arguments + options
    where parameter.isRequired && values[parameter.spelling] == nil {
      throw .missing(parameter.usage, command: commandName)
    }
    for rule in command.rules {
      let given = rule.members.filter { values[$0.spelling] != nil }
      switch rule.kind {
      case .companion:
        if given.map(\.spelling) == [rule.members[0].spelling] {
          throw .alone(rule.members[0].spelling, needs: rule.members[1].usage)
        }
      case .exactlyOne, .atMostOne:
        if given.count > 1 { throw .conflict(given.map(\.spelling)) }
        if given.isEmpty, rule.kind == .exactlyOne {
          throw .oneNeeded(rule.members.map(\.usage), command: commandName)
        }
      }
    }
  }
}

extension String {
  /// Whether the word is written as an option: a dash before a name without spaces. `-` alone, negative
  /// numbers and texts such as `- not good` are values.
  fileprivate var looksLikeOption: Bool {
    let name = prefix { $0 != "=" }
    return hasPrefix("-") && self != "-" && Double(self) == nil && !name.contains(where: \.isWhitespace)
  }
}
