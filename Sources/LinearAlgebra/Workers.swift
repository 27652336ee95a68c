internal import Dispatch
internal import Foundation
internal import Synchronization

/// Workers that take jobs in the order in which they are given, while the caller goes on. Each has a state of its own, which it
/// keeps from job to job: a workspace, say.
///
/// They are threads of their own: who waits for them may hold one of the few that Swift's tasks share.
public final class Workers<State>: Sendable {
  private let jobs = JobQueue<State>()
  private let threads: Threads

  /// As many workers as `threads` says, who stay as long as this object; each calls `makeState` once.
  public init(_ threads: Threads, with makeState: @escaping @Sendable () -> State) {
    self.threads = threads
    for _ in 0..<threads.count {
      let worker = Thread { [jobs] in
        var state = makeState()
        while let job = jobs.next() { job(&state) }
      }
      worker.name = "firn worker"
      worker.start()
    }
  }

  /// All that was begun is done before the workers leave.
  deinit {
    for _ in 0..<threads.count { jobs.close() }
  }

  /// Has `body` run for 0 ..< `count`, each index once, behind all that was begun before.
  public func begin<Result: Sendable>(
    _ count: Int, _ body: @escaping @Sendable (inout State, Int) -> Result
  ) -> PendingResults<Result> {
    let pending = PendingResults<Result>(count: count)
    for index in 0..<count {
      jobs.add { state in pending.put(body(&state, index), at: index) }
    }
    return pending
  }
}

/// Jobs that wait for a worker, first come first served.
private final class JobQueue<State>: Sendable {
  typealias Job = @Sendable (inout State) -> Void

  private let waiting = Mutex<[Job]>([])
  /// Counts the jobs, and the workers that may leave.
  private let calls = DispatchSemaphore(value: 0)

  func add(_ job: @escaping Job) {
    waiting.withLock { $0.append(job) }
    calls.signal()
  }

  /// Lets one worker leave when no job is left.
  func close() {
    calls.signal()
  }

  /// The next job, when there is one; nil when the worker may leave.
  func next() -> Job? {
    calls.wait()
    return waiting.withLock { $0.isEmpty ? nil : $0.removeFirst() }
  }
}

/// Results that are being computed.
public final class PendingResults<Result: Sendable>: Sendable {
  private let results: Mutex<[Result?]>
  private let missing = DispatchGroup()

  fileprivate init(count: Int) {
    results = Mutex([Result?](repeating: nil, count: count))
    for _ in 0..<count { missing.enter() }
  }

  fileprivate func put(_ result: Result, at index: Int) {
    results.withLock { $0[index] = result }
    missing.leave()
  }

  /// The results, in the order of the indices, when all are there; until then `progress` is told which share is, ten times a
  /// second.
  public func wait(telling progress: (Double) -> Void = { _ in }) -> [Result] {
    while missing.wait(timeout: .now() + 0.1) == .timedOut {
      progress(results.withLock { results in Double(results.count { $0 != nil }) / Double(results.count) })
    }
    return results.withLock { $0.compactMap { $0 } }
  }
}
