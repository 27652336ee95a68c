import Dispatch
import LinearAlgebra
import Synchronization
import Testing

struct WorkersTests {
  @Test(arguments: [1, 2, 7])
  func `Results come in order, whoever makes them`(threads: Int) {
    let workers = Workers(Threads(threads), with: { 0 })
    let blocks = (0..<5).map { block in
      workers.begin(block * 10) { done, index in
        done += 1
        return (block, index, done)
      }
    }
    for (block, pending) in blocks.enumerated().reversed() {
      let results = pending.wait()
      #expect(results.map(\.0) == [Int](repeating: block, count: block * 10))
      #expect(results.map(\.1) == Array(0..<block * 10))
    }
  }

  @Test func `A worker keeps its state, and there are as many as was said`() {
    let made = Atomic(0)
    let workers = Workers(Threads(3)) { made.add(1, ordering: .relaxed).newValue }
    let states = workers.begin(300) { state, _ in state }.wait()
    #expect(Set(states).isSubset(of: [1, 2, 3]))
    #expect(made.load(ordering: .relaxed) <= 3)
  }

  @Test func `All work at once`() {
    let begun = Atomic(0)
    let all = DispatchSemaphore(value: 0)
    let met = Workers(Threads(3), with: {}).begin(3) { _, _ in
      if begun.add(1, ordering: .relaxed).newValue == 3 { for _ in 0..<3 { all.signal() } }
      return all.wait(timeout: .now() + 30)
    }
    #expect(met.wait().allSatisfy { $0 == .success })
  }

  @Test func `What was begun is done, though nobody keeps the workers`() {
    let pending = Workers(Threads(2), with: {}).begin(50) { _, index in index }
    #expect(pending.wait() == Array(0..<50))
  }
}
