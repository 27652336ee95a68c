internal import Dispatch
internal import LinearAlgebra
internal import Synchronization

extension Threads {
  /// The results of two bodies that have nothing to do with each other and run at once, where there are two workers. Each may
  /// share its own work out among the threads.
  ///
  /// - Throws: What the first throws, else what the second does.
  func both<First: Sendable, Second: Sendable>(
    _ first: @Sendable () throws -> First, and second: @Sendable () throws -> Second
  ) throws -> (First, Second) {
    guard count > 1 else { return (try first(), try second()) }
    // Not `forEach`: inside one of its workers another has one worker only.
    let result = Mutex<Result<Second, any Error>?>(nil)
    let group = DispatchGroup()
    let here = withoutActuallyEscaping(second) { second in
      DispatchQueue.global().async(group: group) {
        let value = Result { try second() }
        result.withLock { $0 = value }
      }
      let value = Result { try first() }
      group.wait()
      return value
    }
    guard let there = result.withLock({ $0 }) else { preconditionFailure("the second body has run") }
    return (try here.get(), try there.get())
  }
}
