internal import COpenBLAS
internal import Dispatch
internal import Foundation
internal import Synchronization

/// The one thread policy: Firn's own workers share the work out, and BLAS runs one thread inside each.
///
/// How work is cut never depends on how many threads there are, so results are the same bits on any number of them.
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

  /// Folds the blocks 0 ..< `blocks` into `lanes` partial results, lane `l` taking blocks l, l + lanes, … in order, and
  /// returns the partial results in the order of the lanes.
  ///
  /// The number of lanes is fixed, whatever the number of threads: a sum over blocks is always added up in one order.
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
