import CommandLineArguments
import Firn

extension InputFormat {
  /// How an input is written, where its name does not tell.
  static let option = Option(
    "format", ValueSyntax<InputFormat>.choice("FORMAT"),
    "How the input is written. Default: by its name; JSON Lines for standard input.")
}
