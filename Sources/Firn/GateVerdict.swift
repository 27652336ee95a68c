/// How a head version stands beside something that it must not be worse than, on rows that it held out.
public struct GateVerdict: Sendable, Hashable, Codable {
  /// What it is held against.
  public let rival: String
  /// Rows that both answer without having been trained on them.
  public let rows: Int
  /// What is compared: the share of right answers, or the loss.
  public let measure: String
  /// How much better the version is, in that measure; below zero where it is worse.
  public let advantage: Double
  /// How much better it may be at the most, at the gate's confidence.
  public let bound: Double

  /// Whether the rows do not show the version to be worse. Without rows nothing is shown, and nothing passes.
  public var passes: Bool { rows > 0 && bound >= 0 }
}

extension GateVerdict: CustomStringConvertible {
  /// What was found, in words.
  public var description: String {
    guard rows > 0 else { return "no row was held out by it and by \(rival), so they cannot be compared" }
    return
      "on \(rows) rows its \(measure) is \(Advantages.comparative(advantage, of: measure)) than that of \(rival)"
  }
}
