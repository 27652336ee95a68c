/// A named value: `--dataset NAME`, `--dataset=NAME`, and with one letter `-k 10`.
///
/// How it is declared decides what a command gets:
///
///     Option(required: "dataset", .name(), "The dataset to read.")             // String
///     Option("k", .integer(1...), default: 10, "How many neighbours to give.") // Int
///     Option("seed", .integer(0...), "What decides the draw.")                 // Int?
///     Option("diverse", .number(0...1), alone: 0.5, "Neighbours that are unlike.") // Double?
///     Option(oneOrMore: "input", .path(), "A file to read.")                   // [String]
///     Option(repeated: "label", .text("TASK=FIELD"), "A field that holds labels.") // [String]
///
/// A name of one letter is written with one dash; two are taken too.
public struct Option<Value: Sendable>: Parameter {
  /// What the parser and the help text need to know of it.
  public let declaration: Declaration
  /// The value by all that was given, already read.
  let value: @Sendable ([any Sendable]) -> Value

  /// An option that has a value even when it is not given.
  public init(
    _ name: String, short: Character? = nil, _ syntax: ValueSyntax<Value>, default: Value, _ help: String
  ) {
    var declaration = Declaration(option: name, short, syntax, help)
    declaration.defaultText = syntax.write(`default`)
    self.declaration = declaration
    value = { $0.first as? Value ?? `default` }
  }

  /// An option that may be left out.
  public init<Wrapped>(
    _ name: String, short: Character? = nil, _ syntax: ValueSyntax<Wrapped>, _ help: String
  ) where Value == Wrapped? {
    declaration = Declaration(option: name, short, syntax, help)
    value = { $0.first as? Wrapped }
  }

  /// An option that may be left out, and given without a value, which then is `alone`.
  public init<Wrapped>(
    _ name: String, short: Character? = nil, _ syntax: ValueSyntax<Wrapped>, alone: Wrapped, _ help: String
  ) where Value == Wrapped? {
    var declaration = Declaration(option: name, short, syntax, help)
    declaration.aloneValue = alone
    declaration.defaultText = "\(syntax.write(alone)) when given alone"
    self.declaration = declaration
    value = { $0.first as? Wrapped }
  }

  /// An option that must be given.
  public init(required name: String, short: Character? = nil, _ syntax: ValueSyntax<Value>, _ help: String) {
    var declaration = Declaration(option: name, short, syntax, help)
    declaration.isRequired = true
    self.declaration = declaration
    value = { Self.requiredValue($0, of: name) }
  }

  /// An option that may be given any number of times.
  public init<Element>(
    repeated name: String, short: Character? = nil, _ syntax: ValueSyntax<Element>, _ help: String
  ) where Value == [Element] {
    var declaration = Declaration(option: name, short, syntax, help)
    declaration.isRepeated = true
    self.declaration = declaration
    value = { $0.compactMap { $0 as? Element } }
  }

  /// An option that must be given, and may be given any number of times.
  public init<Element>(
    oneOrMore name: String, short: Character? = nil, _ syntax: ValueSyntax<Element>, _ help: String
  ) where Value == [Element] {
    var declaration = Declaration(option: name, short, syntax, help)
    declaration.isRequired = true
    declaration.isRepeated = true
    self.declaration = declaration
    value = { $0.compactMap { $0 as? Element } }
  }
}

/// A value that its position names: `firn train HEAD`.
public struct Argument<Value: Sendable>: Parameter {
  /// What the parser and the help text need to know of it.
  public let declaration: Declaration
  /// The value by all that was given, already read.
  let value: @Sendable ([any Sendable]) -> Value

  /// An argument that must be given. Its syntax's placeholder is its name.
  public init(_ syntax: ValueSyntax<Value>, _ help: String) {
    var declaration = Declaration(argument: syntax, help)
    declaration.isRequired = true
    self.declaration = declaration
    value = { Self.requiredValue($0, of: syntax.placeholder) }
  }

  /// An argument that may be left out, as may all behind it.
  public init<Wrapped>(optional syntax: ValueSyntax<Wrapped>, _ help: String) where Value == Wrapped? {
    declaration = Declaration(argument: syntax, help)
    value = { $0.first as? Wrapped }
  }

  /// The last argument, given once or more.
  public init<Element>(repeated syntax: ValueSyntax<Element>, _ help: String) where Value == [Element] {
    var declaration = Declaration(argument: syntax, help)
    declaration.isRepeated = true
    declaration.isRequired = true
    self.declaration = declaration
    value = { $0.compactMap { $0 as? Element } }
  }
}

/// A switch that is off until it is given: `--strict`.
public struct Flag: Parameter {
  /// What the parser and the help text need to know of it.
  public let declaration: Declaration

  /// A flag, with one letter that stands for it if it has one.
  public init(_ name: String, short: Character? = nil, _ help: String) {
    declaration = Declaration(form: .flag, name: name, short: short, help: help)
  }
}

extension Parameter {
  /// The value of a parameter that the parser has seen to be there.
  fileprivate static func requiredValue<Value>(_ values: [any Sendable], of name: String) -> Value {
    guard let value = values.first as? Value else {
      preconditionFailure("\(name) is read from a command that does not declare it")
    }
    return value
  }
}

extension Declaration {
  fileprivate init<Value>(
    option name: String, _ short: Character?, _ syntax: ValueSyntax<Value>, _ help: String
  ) {
    self.init(
      form: .option, name: name, short: short, help: help, placeholder: syntax.placeholder,
      choices: syntax.choices, read: syntax.erasedRead)
  }

  fileprivate init<Value>(argument syntax: ValueSyntax<Value>, _ help: String) {
    self.init(
      form: .argument, name: syntax.placeholder, help: help, placeholder: syntax.placeholder,
      choices: syntax.choices, read: syntax.erasedRead)
  }
}
