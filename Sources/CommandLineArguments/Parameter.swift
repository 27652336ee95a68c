/// What a command takes: an `Argument`, an `Option` or a `Flag`.
public protocol Parameter: Sendable {
  /// What the parser and the help text need to know of it.
  var declaration: Declaration { get }
}

/// A parameter without the type of its value.
public struct Declaration: Sendable {
  enum Form {
    case argument, option, flag
  }

  let form: Form
  /// The name of an option without its dashes, or what stands for an argument in help.
  let name: String
  /// One letter that stands for the name.
  var short: Character?
  let help: String
  /// What stands for the value in help; empty for a flag.
  var placeholder = ""
  /// All the values there are, when they are few.
  var choices: [String] = []
  var defaultText: String?
  var isRequired = false
  var isRepeated = false
  /// The value of an option that is given alone, for one that may be.
  var aloneValue: (any Sendable)?
  /// Reads a word as a value; throws what the value must be.
  var read: @Sendable (String) throws(ValueExpectation) -> any Sendable = { _ in true }

  /// As errors write it: `--dataset`, `-k`, `TEXT`.
  var spelling: String {
    if form == .argument { return name }
    return name.count == 1 ? "-\(name)" : "--\(name)"
  }

  /// As usage writes it: `--dataset NAME`.
  var usage: String {
    guard form == .option else { return spelling }
    return aloneValue == nil ? "\(spelling) \(placeholder)" : "\(spelling) [\(placeholder)]"
  }
}

/// What a value that could not be read must be.
struct ValueExpectation: Error {
  let expected: String
  let choices: [String]
}

extension ValueSyntax {
  /// The syntax without its type.
  var erasedRead: @Sendable (String) throws(ValueExpectation) -> any Sendable {
    { (word) throws(ValueExpectation) -> any Sendable in
      guard let value = read(word) else { throw ValueExpectation(expected: expected, choices: choices) }
      return value
    }
  }
}
