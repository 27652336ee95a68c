/// Why a relation between a source and a target cannot be measured.
public enum TransferError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The features have different lengths.
  case dimensions(source: Int, target: Int)
  /// There are too few rows.
  case tooFew(Int, least: Int)
  /// The answers do not tell the shares of the classes: the condition of their confusion matrix.
  case undetermined(condition: Double)
  /// An option is out of its range.
  case setting(String, problem: String)

  /// What is wrong, and what mends it.
  public var description: String {
    switch self {
    case .dimensions(let source, let target):
      "the source's features have \(source) values, but the target's have \(target); compare features of one backbone"
    case .tooFew(let rows, let least):
      "there are \(rows) rows; at least \(least) are needed on each side"
    case .setting(let name, let problem):
      "\(name) \(problem)"
    case .undetermined(let condition):
      "the head's answers do not tell the shares of the classes (the condition of its confusion matrix is "
        + "\(condition.isFinite ? String(condition.rounded()) : "infinite")); use a head that tells all classes apart"
    }
  }
}
