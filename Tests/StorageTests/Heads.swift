import Datasets
import Digests

@testable import Storage

extension TemporaryStore {
  /// A writer of a store with one item, and versions of the head `h` that were made from those in `parents`, or from none.
  func writer(ofVersionsFrom parents: [Int?]) throws -> StoreWriter {
    try extract([Item(id: "a", text: "1", labels: ["t": .single("x")])])
    let writer = try writer()
    for (index, parent) in parents.enumerated() {
      _ = try writer.append(.example(weights: [UInt8(index)], parent: parent))
    }
    return writer
  }
}

extension HeadVersionDraft {
  /// A version of weights that no trainer made.
  static func example(_ head: String = "h", weights: [UInt8], parent: Int? = nil) -> HeadVersionDraft {
    HeadVersionDraft(
      head: head, task: "t", digest: SHA256Digest(of: weights), specification: "{}", backbone: "b",
      fingerprint: SHA256Digest(of: "b"), dataset: "d", revision: 1, rowsDigest: SHA256Digest(of: "rows"),
      weights: weights, metrics: "{}", environment: "{}", parent: parent)
  }
}
