import Dispatch
import LinearAlgebra
import Testing

/// Two bodies at once.
struct ThreadsBothTests {
  private struct Failure: Error, Equatable {
    let name: String
  }

  @Test func `They run at once`() {
    let (first, second) = (DispatchSemaphore(value: 0), DispatchSemaphore(value: 0))
    let met = Threads(2).both {
      first.signal()
      return second.wait(timeout: .now() + 30)
    } and: {
      second.signal()
      return first.wait(timeout: .now() + 30)
    }
    #expect(met == (.success, .success))
  }

  @Test(arguments: [1, 2, 5])
  func `Both run, and the first's error is the one told`(workers: Int) throws {
    let threads = Threads(workers)
    let (number, text) = threads.both {
      7
    } and: {
      "seven"
    }
    #expect(number == 7 && text == "seven")
    #expect(throws: Failure(name: "first")) {
      try threads.both { () throws -> Int in
        throw Failure(name: "first")
      } and: { () throws -> Int in
        throw Failure(name: "second")
      }
    }
    #expect(throws: Failure(name: "second")) {
      try threads.both {
        7
      } and: { () throws -> Int in
        throw Failure(name: "second")
      }
    }
  }
}
