public import Datasets
internal import JSON

/// Which labels of a task are probably wrong, and what the other items say instead.
public struct LabelReview: Sendable, Hashable, Encodable {
  /// The dataset.
  public let dataset: String
  /// The revision that was looked at.
  public let revision: Int
  /// The task.
  public let task: String
  /// How many items have a label.
  public let rows: Int
  /// The texts whose items have different labels, those of the most items first.
  public let contradictions: [Contradiction]
  /// The labels that the others bear out least, the worst first.
  public let suspects: [Suspect]

  /// A text whose items have different labels, of which one is right at most.
  public struct Contradiction: Sendable, Hashable, Encodable {
    /// The text.
    public let text: String
    /// The labels, those of the most items first.
    public let labels: [Side]

    /// The items that have one of the labels.
    public struct Side: Sendable, Hashable, Encodable {
      /// The label.
      public let label: Label
      /// The items, in the order of the bytes of their ids.
      public let ids: [String]
    }
  }

  /// A label that is probably wrong. Each tag of an item is a label of its own.
  public struct Suspect: Sendable, Hashable, Encodable {
    /// 1 for the worst.
    public let rank: Int
    /// The item.
    public let id: String
    /// Its text.
    public let text: String
    /// Its label.
    public let label: Label
    /// What the others say: another class, the tags with one more or less, another number.
    public let suggestion: Label
    /// The tag that should not be there, or is missing; nil for other tasks.
    public let tag: String?
    /// How well the items of all other texts bear the label out, from 0 to 1; see `LabelSuspect`.
    public let score: Double
    /// How many standard deviations a number lies above what the others say; nil for other tasks.
    public let deviations: Double?
    /// The nearest item of another text that speaks for the suggestion, or at least against the label; nil where none is near.
    public let nearest: Witness?
  }

  /// An item that speaks against a label.
  public struct Witness: Sendable, Hashable, Encodable {
    /// The item.
    public let id: String
    /// Its label.
    public let label: Label
    /// The cosine between both.
    public let cosine: Double
  }

  /// Writes the suspects' suggestions as JSON Lines that ``Store/label(_:from:as:idField:labels:isStrict:command:onRejection:)`` reads,
  /// for a person to look through first: beside `id` and `labels` a row has the text, and the label as it `was`.
  ///
  /// - Throws: ``FirnError/exportExists(path:)``, `TensorFileError`.
  public func writeCorrections(to path: String) throws {
    let file = try NewFile(path)
    for correction in corrections { try file.write(line: ItemEncoder.jsonLine(correction)) }
    try file.finish()
  }

  /// Each suspicious item once, with all that is suggested for it.
  private var corrections: [Item] {
    var places: [[UInt8]: Int] = [:]
    var items: [Item] = []
    for suspect in suspects {
      let place = places[Array(suspect.id.utf8), default: items.count]
      if place == items.count {
        places[Array(suspect.id.utf8)] = place
        let was = JSONObject(distinct: [.init(name: "was", value: suspect.label.json)])
        items.append(
          Item(
            id: suspect.id, text: suspect.text, labels: [task: suspect.suggestion],
            metadata: JSONValue.object(was).canonicalText))
      } else if let tag = suspect.tag, let label = items[place].labels[task] ?? nil {
        items[place].labels[task] = label.changing(tag)
      }
    }
    return items
  }
}

extension Label {
  /// The tags without this one, or with it where it was not there.
  func changing(_ tag: String) -> Label {
    guard case .multiple(let tags) = self else { return self }
    let others = tags.filter { !$0.hasSameBytes(as: tag) }
    return .multiple(
      others.count < tags.count
        ? others : (tags + [tag]).sorted { $0.precedesByBytes($1) })
  }
}
