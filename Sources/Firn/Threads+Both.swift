internal import LinearAlgebra
internal import Synchronization

extension Threads {
  /// The results of two bodies that have nothing to do with each other and run at once, where there are two workers.
  ///
  /// - Throws: What the first throws, else what the second does.
  func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () throws -> First, and second: @Sendable () throws -> Second
  ) throws -> (First, Second) {
    let results = Mutex<(first: Result<First, any Error>?, second: Result<Second, any Error>?)>((nil, nil))
    forEach(2) { index in
      if index == 0 {
        let result = Result { try first() }
        results.withLock { $0.first = result }
      } else {
        let result = Result { try second() }
        results.withLock { $0.second = result }
      }
    }
    guard case (let first?, let second?) = results.withLock({ $0 }) else {
      preconditionFailure("each body runs once")
    }
    return (try first.get(), try second.get())
  }
}
