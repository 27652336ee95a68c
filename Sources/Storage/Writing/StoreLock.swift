import Foundation

/// The right to write a store: an advisory lock on a file beside it, which the kernel releases when its process dies.
///
/// The lock file itself stays: whoever removed it could take it from under another that waits for it.
final class StoreLock {
  private let descriptor: Int32

  /// Waits up to `timeout` seconds; calls `onWait` once if there is anything to wait for.
  init(store path: String, timeout: Double, onWait: () -> Void) throws {
    let file = path + ".lock"
    let descriptor = open(file, O_RDWR | O_CREAT | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else {
      throw StoreError.cannotOpen(path: path, reason: "“\(file)”: \(String(cString: strerror(errno)))")
    }
    let start = ContinuousClock.now
    var waited = false
    while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
      let failure = errno
      guard failure == EWOULDBLOCK || failure == EINTR else {
        close(descriptor)
        throw StoreError.cannotOpen(path: path, reason: "“\(file)”: \(String(cString: strerror(failure)))")
      }
      // As a number: a timeout may be longer than a duration can be, or none at all.
      if !((ContinuousClock.now - start) / .seconds(1) < timeout) {
        close(descriptor)
        throw StoreError.locked(path: path, seconds: timeout)
      }
      if !waited { onWait() }
      waited = true
      usleep(20_000)
    }
    self.descriptor = descriptor
  }

  deinit {
    // Closing alone would leave the lock to a process that is just being started, until it lets go of what it inherited.
    flock(descriptor, LOCK_UN)
    close(descriptor)
  }
}
