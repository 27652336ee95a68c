internal import Transfer

/// All that decides a transform, beside the features it is learnt from: equal specifications are equal bytes of JSON.
public struct TransformSpecification: Sendable, Hashable, Codable {
  /// How a transform is learnt.
  public enum Method: String, Sendable, Hashable, Codable, CaseIterable {
    /// Each feature of the source gets the target's mean and variance.
    case moments
    /// The source's features get the target's covariance (Sun, Feng and Saenko 2016).
    case coral
    /// The source's leading principal axes are turned to the target's (Fernando and others 2013).
    case subspace
    /// The source's rows count as often as rows like them are in the target, as logistic regression tells the two apart.
    case importance
    /// The source's rows count as often as their classes are in the target, in the shares that are likeliest (Saerens, Latinne and Decaestecker 2002).
    case shift
    /// The features of one backbone are turned to those of another (orthogonal Procrustes, Schönemann 1966).
    case procrustes
    /// The features of one backbone tell those of another by ridge regression.
    case ridge

    /// Those that lead from one backbone to another.
    public static let stitches: [Method] = [.procrustes, .ridge]
    /// Those that lead from one dataset to another.
    public static let alignments = allCases.filter { !stitches.contains($0) }
  }

  /// A revision of a dataset.
  public struct Rows: Sendable, Hashable, Codable {
    /// The dataset.
    public let dataset: String
    /// Its revision.
    public let revision: Int
  }

  /// How it is learnt.
  public let method: Method
  /// What it is learnt from.
  public let source: Rows
  /// What it leads to.
  public let target: Rows
  /// What is added to the diagonals of covariances, or the penalty of `ridge`; nil for methods without.
  public var penalty: Double?
  /// How many axes are turned; nil for methods without.
  public var axes: Int?
  /// The task whose classes count; nil for methods that know no labels.
  public var task: String?
  /// The share of the texts that a stitch is measured on; nil for alignments.
  public var holdout: Double?
  /// What decides which; nil for alignments.
  public var seed: UInt64?
}

extension TransformSpecification.Method {
  /// Throws when it is none of `methods`, or something is given that it does not have.
  func check(
    among methods: [Self], task: String? = nil, penalty: Double? = nil, axes: Int? = nil
  ) throws(TransferError) {
    guard methods.contains(self) else { throw leadsElsewhere }
    let given: [(name: String, isGiven: Bool, isTaken: Bool)] = [
      ("a task", task != nil, self == .shift),
      ("a penalty", penalty != nil, self == .coral || self == .ridge),
      ("a number of axes", axes != nil, self == .subspace),
    ]
    guard let (name, _, _) = given.first(where: { $0.isGiven && !$0.isTaken }) else { return }
    throw .setting(name, problem: "is nothing that the method \(rawValue) has; leave it out")
  }

  /// What a transform is called. Throws when that is the name of a method, which means what the method makes by itself.
  func name(given name: String?, penalty: Double? = nil, axes: Int? = nil) throws(TransferError) -> String {
    if let name, Self(rawValue: name) != nil {
      throw .setting("the name", problem: "“\(name)” is a method's; leave it out, or give another")
    }
    return name
      ?? ([rawValue] + [penalty?.compact, axes.map(String.init)].compactMap { $0 }).joined(separator: "-")
  }

  /// Whether it takes the features of one dataset to where those of another lie.
  var mapsFeatures: Bool { [.moments, .coral, .subspace].contains(self) }

  /// That it was asked for where a head is learnt that cannot count rows.
  var countsRows: TransferError {
    .setting(
      "the transform \(rawValue)",
      problem:
        "says how often each row counts; only logistic, svm and mlp can take that into account, and of classes alone"
    )
  }

  /// That it was asked for where transforms of another kind are learnt.
  var leadsElsewhere: TransferError {
    let course =
      Self.stitches.contains(self)
      ? "leads from one backbone to another; see firn transfer stitch"
      : "leads from one dataset to another; see firn transfer align"
    return .setting("the method \(rawValue)", problem: course)
  }
}
