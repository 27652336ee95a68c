/// What the words of a command line ask for.
public enum Invocation: Sendable {
  /// To run a command.
  case command(ParsedCommand)
  /// To see the help of the verb at this path, which is empty for the program itself.
  case help([String])
  /// To see the program's version.
  case version(String)
}

/// A command that was called, and the values it was given.
public struct ParsedCommand: Sendable {
  /// The verbs that lead to it: `["head", "promote"]`.
  public let path: [String]
  /// The values by the spelling of their parameter.
  let values: [String: [any Sendable]]

  /// The value of an option that the command or one above it takes.
  public subscript<Value>(option: Option<Value>) -> Value {
    option.value(values[option.declaration.spelling, default: []])
  }

  /// The value of an argument that the command takes.
  public subscript<Value>(argument: Argument<Value>) -> Value {
    argument.value(values[argument.declaration.spelling, default: []])
  }

  /// Whether the flag was given.
  public subscript(flag: Flag) -> Bool {
    values[flag.declaration.spelling] != nil
  }
}
