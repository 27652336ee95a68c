import Firn

/// What every verb is given: the store, where output goes, and the words that called it.
struct Session {
  let store: Store
  let output: Output
  /// The command as it was typed, for the store's logs.
  let commandLine: String
}
