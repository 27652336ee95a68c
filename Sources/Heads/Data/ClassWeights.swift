internal import JSON

/// How often a training counts the rows of each class, or those that have a tag.
public enum ClassWeights: Sendable, Hashable {
  /// Every class as often as any other: its rows N/(classes · rows of the class) times each. Of each tag, those that have it as often
  /// as those that have it not: N/(2 · such rows). scikit-learn calls it balanced too.
  case balanced
  /// Those that are named as often as is said, the others once. Of a tag it is the rows that have it.
  case given([String: Double])

  /// Where weights lie: products with them stay far from what floats can hold.
  static let bounds = 1e-9...1e9

  /// Throws unless every weight lies in the bounds.
  func check() throws(HeadError) {
    for (name, weight) in named where !Self.bounds.contains(weight) {
      throw .setting("the weight of “\(name)”", problem: "is \(weight); it must lie between 1e-9 and 1e9")
    }
  }

  /// Throws when a name is none of `answers`, those of all rows there are: such a weight is for nothing. Trainers, which may see only some
  /// of the rows, have no use for a name that none of these has.
  public func check(against answers: Answers) throws(HeadError) {
    let names = named.map(\.name)
    for (name, place) in zip(names, ClassLabels.places(of: names, among: answers.names)) where place == nil {
      throw .setting(
        "the weight of “\(name)”", problem: "is for no row; name one of the task's classes or tags")
    }
  }

  /// The weights that are given, by the bytes of the names.
  private var named: [(name: String, weight: Double)] {
    guard case .given(let weights) = self else { return [] }
    return weights.map { ($0.key, $0.value) }.sorted { $0.name.precedesByBytes($1.name) }
  }

  /// How often a row of each class counts [classes].
  func weights(of labels: ClassLabels) -> [Float] {
    switch self {
    case .balanced:
      let even = Double(labels.count) / Double(labels.classes.count)
      return labels.counts.map { Float(even / Double(max(1, $0))) }
    case .given: return given(to: labels.classes)
    }
  }

  /// How often the rows that have each tag count, and those that have it not.
  func weights(of labels: TagLabels) -> TagWeights {
    switch self {
    case .balanced:
      let half = Double(labels.count) / 2
      return TagWeights(
        present: labels.counts.map { Float(half / Double(max(1, $0))) },
        absent: labels.counts.map { Float(half / Double(max(1, labels.count - $0))) })
    case .given:
      return TagWeights(
        present: given(to: labels.tags), absent: [Float](repeating: 1, count: labels.tags.count))
    }
  }

  private func given(to names: [String]) -> [Float] {
    var weights = [Float](repeating: 1, count: names.count)
    let places = ClassLabels.places(of: named.map(\.name), among: names)
    for (place, entry) in zip(places, named) {
      if let place { weights[place] = Float(entry.weight) }
    }
    return weights
  }
}

/// How often rows count in the loss of each tag.
struct TagWeights: Sendable {
  /// Those that have it [tags].
  let present: [Float]
  /// Those that have it not [tags].
  let absent: [Float]
}

/// The word "balanced", or an object of names and weights.
extension ClassWeights: Codable {
  private static let balancedWord = "balanced"

  /// Reads the word or the object.
  public init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    guard let word = try? container.decode(String.self) else {
      self = .given(try container.decode([String: Double].self))
      return
    }
    guard word == Self.balancedWord else {
      throw DecodingError.dataCorruptedError(
        in: container, debugDescription: "“\(word)” is no way to weight classes")
    }
    self = .balanced
  }

  /// Writes the word or the object.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .balanced: try container.encode(Self.balancedWord)
    case .given(let weights): try container.encode(weights)
    }
  }
}
