/// Why a head cannot be trained, used, measured or read.
public indirect enum HeadError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The features are of another number of rows than the labels.
  case rowCount(features: Int, labels: Int)
  /// A row of features holds NaN or infinity.
  case notFinite(row: Int)
  /// Fewer than two rows to learn from.
  case tooFewRows(Int)
  /// Fewer than two classes to tell apart.
  case tooFewClasses(Int)
  /// No row has a tag.
  case noTags
  /// A number to learn that is NaN, infinite, or larger than 32-bit numbers are.
  case numberNotFinite(row: Int)
  /// A method was given a kind of task that it does not learn.
  case unsuited(method: HeadMethod, to: Answers)
  /// A setting that the method has no use for, or a value that it cannot take.
  case setting(String, problem: String)
  /// A penalty that is not a positive, finite number.
  case penalty(Double)
  /// A smoothing of labels that does not lie between 0 and 1.
  case smoothing(Double)
  /// A holdout share outside of 0 ..< 1.
  case holdoutShare(Double)
  /// No group can be held out: each has all rows of some class, or, where there is one that has not, the smallest such is too large for
  /// the share.
  case nothingToHoldOut(smallest: Int?)
  /// Fewer groups of rows than folds that are to take turns.
  case tooFewGroups(Int, folds: Int)
  /// Classes that are not sorted by their UTF-8 bytes, each once, or a label that names none of them.
  case classes(problem: String)
  /// Features of another width than the head was trained on.
  case width(features: Int, head: Int)
  /// Bytes that are not an archived head.
  case archive(key: String, problem: String)

  /// What happened, and the mend.
  public var description: String {
    switch self {
    case .rowCount(let features, let labels):
      "there are \(features) rows of features but \(labels) labels; give one label a row"
    case .notFinite(let row):
      "the features of row \(row) hold a value that is not finite; leave the row out or extract it again"
    case .tooFewRows(let count):
      "a head learns from at least two labelled rows, but there are \(count); label more items"
    case .tooFewClasses(let count):
      "a head tells at least two classes apart, but the labels name \(count); label items of another class"
    case .noTags:
      "no row has a tag; tag some items"
    case .numberNotFinite(let row):
      "the number of row \(row) is not finite, or larger than 32-bit numbers are; leave the row out, correct it, or "
        + "learn it in other units"
    case .unsuited(let method, let answers):
      "the method \(method.rawValue) does not learn tasks of \(answers.kind); those that do: "
        + HeadMethod.allCases.filter { $0.learns(answers) }.map(\.rawValue).joined(separator: ", ")
    case .setting(let name, let problem):
      "\(name) \(problem)"
    case .penalty(let penalty):
      "the penalty is \(penalty); it must be a positive number (leave it out to have one chosen)"
    case .smoothing(let smoothing):
      "the smoothing is \(smoothing); it must lie between 0 and 1 (leave it out for none)"
    case .holdoutShare(let share):
      "the holdout share is \(share); it must be at least 0 and less than 1"
    case .nothingToHoldOut(let smallest?):
      "no group is small enough to be held out: the smallest has \(smallest) rows; hold out a larger share, or group by another "
        + "field"
    case .nothingToHoldOut(nil):
      "no row can be held out: every group has all the rows of some class; group by another field, or hold nothing out"
    case .tooFewGroups(let groups, let folds):
      "\(folds) folds are asked for, but only \(groups) groups of rows can take turns (one with all rows of a class is always "
        + "trained on); ask for at least 2 folds and at most that many, or group by another field"
    case .classes(let problem):
      "the classes are not usable: \(problem)"
    case .width(let features, let head):
      "the features have \(features) values a row, but the head was trained on \(head); use the head's backbone"
    case .archive(let key, let problem):
      "the bytes are not a head's archive: \(key): \(problem)"
    }
  }
}
