import CFaultyFiles
import Foundation

/// One operation on a store's files that fails, alone or with all of its kind behind it.
struct FileFault: CustomStringConvertible {
  enum Operation: String, CaseIterable {
    case write, sync, read, lock, space

    fileprivate var code: firn_operation {
      switch self {
      case .write: firn_operation_write
      case .sync: firn_operation_sync
      case .read: firn_operation_read
      case .lock: firn_operation_lock
      case .space: firn_operation_space
      }
    }
  }

  let operation: Operation
  /// Counted from 1 within what is run under the fault.
  let number: Int
  let lasts: Bool

  var description: String { "\(operation.rawValue) \(number)\(lasts ? " and all behind it" : "")" }
}

/// The files under a folder, whose operations are counted and can fail. Only one folder of the process is watched at a time.
struct WatchedFiles {
  init(in folder: URL) {
    firn_watch_files(folder.path)
  }

  /// How many are open.
  var open: Int { Int(firn_open_files()) }

  /// Runs `body` under a fault; what it threw, and whether the operation was reached.
  func run(under fault: FileFault, _ body: () throws -> Void) -> (error: (any Error)?, reached: Bool) {
    firn_arm_fault(fault.operation.code, Int64(fault.number), fault.lasts)
    do {
      try body()
      return (nil, firn_disarm_fault())
    } catch {
      return (error, firn_disarm_fault())
    }
  }

  /// Runs `body`, and counts the operations of each kind.
  func count(_ body: () throws -> Void) rethrows -> [FileFault.Operation: Int] {
    firn_arm_fault(firn_operation_write, 0, false)
    try body()
    return Dictionary(
      uniqueKeysWithValues: FileFault.Operation.allCases.map { ($0, Int(firn_operations($0.code))) })
  }
}
