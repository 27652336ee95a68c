/// That a head learnt from the labels of one dataset, the source, what it is to answer for another, the target: it is measured on the
/// target's labelled rows, none of which it was trained on.
public struct Adaptation: Sendable, Hashable, Codable {
  /// The dataset that it is for.
  public var target: String
  /// The revision of that dataset.
  public var revision: Int
  /// What brought the source's rows nearer to the target's: the digest of a transform; nil where nothing did.
  public var transform: String?

  /// An adaptation to a revision of a dataset.
  public init(to target: String, revision: Int, through transform: String? = nil) {
    (self.target, self.revision, self.transform) = (target, revision, transform)
  }
}
