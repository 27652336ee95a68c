import CommandLineArguments
import Firn

extension ParsedCommand {
  /// The filter that an option holds as it was typed; nil without one.
  func filter(_ option: Option<String?>) throws(FilterError) -> ItemFilter? {
    guard let text = self[option] else { return nil }
    return try ItemFilter(text)
  }
}
