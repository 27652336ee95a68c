internal import Foundation

/// Values that are written once and then read for long.
///
/// They begin at a cache line, and large ones stand in pages of 2 MB where the system has them: to touch 43 MB of weights for the
/// first time in pages of 4 kB takes the system longer than to write them.
final class FixedBuffer<Element: BitwiseCopyable>: @unchecked Sendable {
  // Sendable: nothing writes to the memory after `init`, and it is freed when no reference is left.
  private let values: UnsafeBufferPointer<Element>
  private let isOwned: Bool

  private static var hugePage: Int { 2 << 20 }

  /// `count` values, all of which `fill` writes.
  init(count: Int, _ fill: (UnsafeMutableBufferPointer<Element>) -> Void) {
    let size = max(1, count * MemoryLayout<Element>.stride)
    // To the nearest number of pages: a smaller rest stands in small ones.
    let inHugePages = (size + Self.hugePage / 2) / Self.hugePage * Self.hugePage
    var memory: UnsafeMutableRawPointer?
    let status = posix_memalign(&memory, inHugePages > 0 ? Self.hugePage : 64, max(size, inHugePages))
    precondition(status == 0, "there is memory for \(size) bytes")
    // Only a hint: without it the pages are small.
    if inHugePages > 0 { madvise(memory, inHugePages, MADV_HUGEPAGE) }
    let values = UnsafeMutableBufferPointer(
      start: memory?.bindMemory(to: Element.self, capacity: count), count: count)
    fill(values)
    (self.values, isOwned) = (UnsafeBufferPointer(values), true)
  }

  /// Values that stand elsewhere, and stay there as long as this.
  init(borrowing values: UnsafeBufferPointer<Element>) {
    (self.values, isOwned) = (values, false)
  }

  deinit {
    if isOwned { free(UnsafeMutableRawPointer(mutating: values.baseAddress)) }
  }

  func withUnsafeBufferPointer(_ body: (UnsafeBufferPointer<Element>) -> Void) {
    body(values)
  }
}
