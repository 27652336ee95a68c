internal import COpenBLAS
internal import Dispatch
internal import Foundation
internal import Synchronization

/// The one thread policy: Firn's own workers share the work out, and BLAS runs one thread inside each.
///
/// Where the cut of the work could change a result, it does not depend on how many threads there are: results are the same bits
/// on any number of them.
public struct Threads: Sendable, Hashable {
  /// How many workers run at once; at least one.
  public let count: Int

  /// A policy of `count` workers (at least one).
  public init(_ count: Int) {
    self.count = max(1, count)
    _ = Self.blasRunsOneThread
  }

  /// As many workers as the process may use processors.
  public static let available = Threads(ProcessInfo.processInfo.activeProcessorCount)

  /// BLAS keeps its threads in globals; this leaves it one, once, before the first product.
  static let blasRunsOneThread: Void = firn_blas_runs_one_thread()

  /// Runs `body` for 0 ..< `iterations`, each index once, in any order; returns when all are done.
  public func forEach(_ iterations: Int, _ body: @Sendable (Int) -> Void) {
    forEach(iterations, with: {}) { _, index in body(index) }
  }

  /// The same, where every worker has a state of its own, made once by `makeState`: a workspace, say.
  public func forEach<State>(
    _ iterations: Int, with makeState: @Sendable () -> State, _ body: @Sendable (inout State, Int) -> Void
  ) {
    let next = Atomic(0)
    @Sendable func work(_: Int) {
      var state = makeState()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < iterations else { return }
        body(&state, index)
      }
    }
    let workers = min(count, iterations)
    if workers > 1 {
      DispatchQueue.concurrentPerform(iterations: workers, execute: work)
    } else if workers == 1 {
      work(0)
    }
  }

  /// The results of `body` for 0 ..< `iterations`, in the order of the indices.
  public func map<Result: Sendable>(_ iterations: Int, _ body: @Sendable (Int) -> Result) -> [Result] {
    map(iterations, with: {}) { _, index in body(index) }
  }

  /// The same, where every worker has a state of its own.
  public func map<State, Result: Sendable>(
    _ iterations: Int, with makeState: @Sendable () -> State, _ body: @Sendable (inout State, Int) -> Result
  ) -> [Result] {
    let results = Mutex([Result?](repeating: nil, count: iterations))
    forEach(iterations, with: makeState) { state, index in
      let result = body(&state, index)
      results.withLock { $0[index] = result }
    }
    return results.withLock { $0.compactMap { $0 } }
  }

  /// The results of `body` for the rows 0 ..< `rows` in blocks of `size`, in their order.
  public func mapBlocks<Result: Sendable>(
    of rows: Int, by size: Int, _ body: @Sendable (Range<Int>) -> Result
  ) -> [Result] {
    map((rows + size - 1) / size) { block in body(block * size..<min(rows, (block + 1) * size)) }
  }

  /// The results of two bodies that have nothing to do with each other and run at once, where there are two workers. Each may
  /// share its own work out among the threads.
  ///
  /// - Throws: What the first throws, else what the second does.
  public func both<First, Second: Sendable, Failure: Error>(
    _ first: () throws(Failure) -> First, and second: @escaping @Sendable () throws(Failure) -> Second
  ) throws(Failure) -> (First, Second) {
    guard count > 1 else { return (try first(), try second()) }
    // Not `forEach`: within one of its bodies another has one worker only.
    let other = Workers(Threads(1), with: {}).begin(1) { _, _ in
      Result { () throws(Failure) in try second() }
    }
    let here = Result { () throws(Failure) in try first() }
    let there = other.wait()[0]
    return (try here.get(), try there.get())
  }

  /// Folds the blocks 0 ..< `blocks` into `lanes` partial results, lane `l` taking blocks l, l + lanes, … in order, and
  /// returns the partial results in the order of the lanes.
  ///
  /// While the number of lanes does not depend on the number of threads, a sum over blocks is always added up in one order.
  public func fold<Partial: Sendable>(
    blocks: Int, lanes: Int = 8, into initial: @Sendable () -> Partial,
    _ body: @Sendable (inout Partial, Int) -> Void
  ) -> [Partial] {
    map(min(lanes, blocks)) { lane in
      var partial = initial()
      for block in stride(from: lane, to: blocks, by: lanes) { body(&partial, block) }
      return partial
    }
  }
}
