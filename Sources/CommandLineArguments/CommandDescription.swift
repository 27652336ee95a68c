/// A verb of a program: what it is called, what it takes, and what verbs are below it.
///
///     let program = CommandDescription(
///       "firn", "Features once, heads many times.",
///       takes: [store, quiet],
///       verbs: [
///         CommandDescription("nearest", "Find the items nearest to a text.", takes: [text, dataset, k]),
///         CommandDescription("head", "Versions of trained heads.", verbs: [list, promote]),
///       ],
///       version: "1.0")
///     switch try program.parse(words) {
///     case .command(let command): command[k]  // Int
///     case .help(let path): print(program.help(for: path))
///     case .version(let version): print(version)
///     }
///
/// What a command with verbs takes are options and flags for each of its verbs, before or behind the verb.
public struct CommandDescription: Sendable {
  /// The word that calls it.
  public let name: String
  /// What it does, in one sentence.
  public let summary: String
  /// More about it: paragraphs parted by blank lines. Lines that begin with a space are kept as they are.
  public let discussion: String
  /// What it takes, in the order of help; arguments in the order they are given.
  public let parameters: [any Parameter]
  /// What must or must not be given together.
  public let rules: [ParameterRule]
  /// The verbs below it.
  public let verbs: [CommandDescription]
  /// What `--version` shows, for a program that has one.
  public let version: String?

  /// A command. One with verbs takes no arguments of its own.
  public init(
    _ name: String, _ summary: String, discussion: String = "", takes parameters: [any Parameter] = [],
    rules: [ParameterRule] = [], verbs: [CommandDescription] = [], version: String? = nil
  ) {
    self.name = name
    self.summary = summary
    self.discussion = discussion
    self.parameters = parameters
    self.rules = rules
    self.verbs = verbs
    self.version = version
  }

  var declarations: [Declaration] { parameters.map(\.declaration) }

  var arguments: [Declaration] { declarations.filter { $0.form == .argument } }

  /// The options and flags.
  var options: [Declaration] { declarations.filter { $0.form != .argument } }
}

/// What must or must not be given together. Its parameters must each be free to be left out.
public struct ParameterRule: Sendable {
  enum Kind {
    case exactlyOne, atMostOne
    /// The first only with the second.
    case companion
  }

  let kind: Kind
  let members: [Declaration]

  /// One of them must be given, and no more than one.
  public static func exactlyOne(_ parameters: any Parameter...) -> ParameterRule {
    ParameterRule(kind: .exactlyOne, members: parameters.map(\.declaration))
  }

  /// No more than one of them may be given.
  public static func atMostOne(_ parameters: any Parameter...) -> ParameterRule {
    ParameterRule(kind: .atMostOne, members: parameters.map(\.declaration))
  }

  /// The one may be given only with the other.
  public static func companion(_ parameter: any Parameter, of other: any Parameter) -> ParameterRule {
    ParameterRule(kind: .companion, members: [parameter.declaration, other.declaration])
  }
}
