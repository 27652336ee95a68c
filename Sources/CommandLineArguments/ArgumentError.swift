/// What is wrong with the words of a command line, and the mend.
///
/// `command` is the whole name of the verb, as in `firn head promote`; parameters are spelt as on the command
/// line.
public enum ArgumentError: Error, Equatable, Sendable, CustomStringConvertible {
  /// No such option here; perhaps another was meant.
  case unknownOption(String, command: String, suggestion: String?)
  /// No such verb here; perhaps another was meant.
  case unknownVerb(String, command: String, suggestion: String?)
  /// The words end before a verb.
  case missingVerb(command: String, verbs: [String])
  /// An option stands without its value.
  case missingValue(option: String, placeholder: String)
  /// A flag was given a value.
  case unexpectedValue(flag: String)
  /// A value is not what it must be.
  case badValue(String, of: String, expected: String, suggestion: String?)
  /// An option was given twice that takes one value.
  case givenTwice(option: String)
  /// A parameter that must be given is not.
  case missing(String, command: String)
  /// There are more arguments than the command takes.
  case unexpectedArgument(String, command: String)
  /// Parameters that exclude each other.
  case conflict([String])
  /// One of these must be given.
  case oneNeeded([String], command: String)

  /// A parameter is given without the one that it goes with.
  case alone(String, needs: String)

  /// What happened and the mend.
  public var description: String {
    switch self {
    case .unknownOption(let option, let command, let suggestion):
      "\(command) has no option \(option); \(Self.mend(suggestion, command))"
    case .unknownVerb(let verb, let command, let suggestion):
      "\(command) has no verb \"\(verb)\"; \(Self.mend(suggestion, command))"
    case .missingVerb(let command, let verbs):
      "\(command) needs a verb: \(Self.list(verbs, "or"))"
    case .missingValue(let option, let placeholder):
      "\(option) needs a value: \(option) \(placeholder); "
        + "one that begins with a dash goes behind an equals sign: \(option)=\(placeholder)"
    case .unexpectedValue(let flag):
      "\(flag) takes no value; give it alone"
    case .badValue(let value, let parameter, let expected, let suggestion):
      "\(parameter): \"\(value)\" is not \(expected)" + (suggestion.map { "; did you mean \($0)?" } ?? "")
    case .givenTwice(let option):
      "\(option) is given twice; give it once"
    case .missing(let parameter, let command):
      "\(command) needs \(parameter); \(command) --help tells more"
    case .unexpectedArgument(let word, let command):
      "\(command) has no use for \"\(word)\"; a text of several words goes in quotes"
    case .conflict(let parameters):
      "\(Self.list(parameters, "and")) exclude each other; give one"
    case .oneNeeded(let parameters, let command):
      "\(command) needs \(Self.list(parameters, "or")); \(command) --help tells more"
    case .alone(let parameter, let other):
      "\(parameter) goes with \(other) only; give both, or neither"
    }
  }

  private static func mend(_ suggestion: String?, _ command: String) -> String {
    suggestion.map { "did you mean \($0)?" } ?? "\(command) --help lists what there is"
  }

  private static func list(_ words: [String], _ conjunction: String) -> String {
    guard let last = words.last, words.count > 1 else { return words.joined() }
    return "\(words.dropLast().joined(separator: ", ")) \(conjunction) \(last)"
  }
}
