/// How far apart a source and a target lie in the space of one backbone.
public struct DomainGap: Sendable, Encodable {
  /// One of the two.
  public struct Side: Sendable, Encodable {
    /// The dataset.
    public let dataset: String
    /// Its revision.
    public let revision: Int
    /// How many different texts it has.
    public let rows: Int
    /// The texts that are least like the other side's, by what tells the two apart, the surest first.
    public let surest: [Witness]
  }

  /// A text that is surely of its side.
  public struct Witness: Sendable, Encodable {
    /// The item.
    public let id: String
    /// Its text.
    public let text: String
    /// What ridge regression on all others says of it: 1 for its own side, −1 for the other.
    public let score: Double
  }

  /// How the answers of a head tell the shares of a class.
  public struct ClassShift: Sendable, Encodable {
    /// The class.
    public let label: String
    /// Its share in the source.
    public let sourceShare: Double
    /// Its share in the target, as estimated.
    public let targetShare: Double

    enum CodingKeys: String, CodingKey {
      case label
      case sourceShare = "source_share"
      case targetShare = "target_share"
    }
  }

  /// Whose features are compared.
  public let backbone: String
  /// The source.
  public let source: Side
  /// The target.
  public let target: Side
  /// The unbiased squared maximum mean discrepancy, and whether it may be chance.
  public let discrepancy: Discrepancy
  /// How well the two can be told apart.
  public let proxy: Proxy
  /// ‖C_s − C_t‖²/4d² of the covariances.
  public let coral: Double
  /// The squared Fréchet distance.
  public let frechet: Double
  /// The shares of the classes that a head answers; nil without one.
  public let labelShift: LabelShiftEstimate?

  /// What tells the sides apart.
  public struct Proxy: Sendable, Encodable {
    /// The share of rows taken for the other side's, each left out in its turn.
    public let error: Double
    /// The proxy A-distance.
    public let distance: Double
    /// How many rows of each side there are.
    public let rows: Int
  }

  /// Estimated shares of the classes in the target.
  public struct LabelShiftEstimate: Sendable, Encodable {
    /// The head whose answers tell them.
    public let head: String
    /// The condition of its confusion matrix: the greater, the less sure.
    public let condition: Double
    /// The classes, those whose share changes most first.
    public let classes: [ClassShift]
  }

  enum CodingKeys: String, CodingKey {
    case backbone, source, target, proxy, coral, frechet
    case discrepancy = "mmd"
    case labelShift = "label_shift"
  }
}
