internal import Heads

/// Items without a label that are worth having one.
public struct LabellingBatch: Sendable, Hashable {
  /// By what the items were chosen, beside being unlike one another.
  public enum Basis: Sendable, Hashable {
    /// The uncertainty of this head version.
    case head(HeadReference)
    /// The uncertainty of ridge regression on so many labelled items.
    case labels(Int)
    /// Nothing: there are too few labels to learn from.
    case nothing
  }

  /// By what the items were chosen.
  public let basis: Basis
  /// How many texts without a label they were chosen from.
  public let texts: Int
  /// The items, in the order in which they were drawn: any first part of them is a batch as well.
  public let items: [Candidate]

  /// An item to label.
  public struct Candidate: Sendable, Hashable {
    /// 1 for the first.
    public let rank: Int
    /// The item's id.
    public let id: String
    /// Its text.
    public let text: String
    /// What is answered as long as nobody knows better, with the two most probable classes or tags; nil where nothing is.
    public let prediction: Prediction?
  }
}
