import Firn

/// What every verb is given: the store, where output goes, and the words that called it.
struct Session {
  let store: Store
  let output: Output
  /// The command as it was typed, for the store's logs.
  let commandLine: String

  /// Another store, opened as this one is.
  func store(at path: String) -> Store {
    Store(at: path, threads: store.threads, lockTimeout: store.lockTimeout, tellingOn: output)
  }
}

extension Store {
  /// A store whose user is told, on `output`, when an operation begins to wait.
  init(at path: String, threads: Threads, lockTimeout: Double, tellingOn output: Output) {
    self.init(at: path, threads: threads, lockTimeout: lockTimeout) {
      output.note("Waiting for another process that writes \(path) …")
    }
  }
}
