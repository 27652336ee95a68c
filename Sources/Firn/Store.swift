internal import Foundation
public import LinearAlgebra
internal import Storage

/// A store: frozen backbones, datasets with their embeddings, and versioned heads, in one SQLite file.
///
///     let store = Store(at: "firn.db")
///     try store.addBackbone(at: "models/all-MiniLM-L6-v2", named: "minilm")
///     try store.extract(.path("packages.jsonl"), into: "packages", with: "minilm")
///     try store.train("section", for: "section", on: "packages", with: "minilm", using: .logistic())
///     let answers = try store.predictor("section").predict(["a text editor with macros"])
///
/// The file is opened for each operation and closed behind it; between operations nothing is held. Operations that write
/// wait for other writers, in this process or another, up to `lockTimeout` seconds. Those that read never wait: they see the
/// state that was committed when they began. A store of an older Firn is brought up to date by whichever comes first.
///
/// Operations throw the errors of the parts they use: ``FirnError``, `StoreError`, `FilterError`, `BackboneError`,
/// `DatasetError`, `HeadError` and `SearchError`.
public struct Store: Sendable {
  /// The SQLite file.
  public let path: String
  /// How many workers its operations use.
  public let threads: Threads
  /// For how many seconds an operation that writes waits for another writer.
  public let lockTimeout: Double
  private let onWait: @Sendable () -> Void

  /// A store in the file at `path`, which the first operation that writes makes if it is not there.
  ///
  /// - Parameters:
  ///   - path: The SQLite file.
  ///   - threads: How many workers operations use; results are the same bits for any number.
  ///   - lockTimeout: For how many seconds an operation that writes waits for another writer.
  ///   - onWait: Called once when an operation begins to wait.
  public init(
    at path: String, threads: Threads = .available, lockTimeout: Double = 10,
    onWait: @escaping @Sendable () -> Void = {}
  ) {
    self.path = path
    self.threads = threads
    self.lockTimeout = lockTimeout
    self.onWait = onWait
  }

  /// Opens the store for reading; one that an older Firn made is brought up to date first, if it can be written.
  func reader() throws -> StoreReader {
    do {
      return try StoreReader(path: path)
    } catch let error as StoreError {
      guard case .older = error else { throw error }
      do { _ = try writer() } catch StoreError.cannotOpen { throw error }
      return try StoreReader(path: path)
    }
  }

  func writer() throws -> StoreWriter {
    try StoreWriter(path: path, timeout: lockTimeout, onWait: onWait)
  }
}
