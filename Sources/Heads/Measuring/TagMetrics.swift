internal import Foundation
public import LinearAlgebra

/// How well probabilities of tags fit the tags that rows truly have. A tag is answered where its probability is more than a half.
///
/// Tags are those of the head and those of the rows together: one that the head has never seen gets a probability of 0.
public struct TagMetrics: Sendable, Codable {
  /// How many rows were measured.
  public let rows: Int
  /// The share of rows whose tags are all right, none missing and none too much.
  public let exactMatches: Double
  /// F1 over all decisions.
  public let microF1: Double
  /// The mean F1 of the tags that rows have or were given.
  public let macroF1: Double
  /// The mean average precision of the tags that rows have: Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds.
  public let averagePrecision: Double
  /// The mean area under the receiver's curve of the tags that some rows have and some have not; nil where there are none.
  public let rocAUC: Double?
  /// The mean of −ln p of what is true, over all rows and tags.
  public let logLoss: Double
  /// The mean of (p − 1 or 0)² over all rows and tags.
  public let brier: Double
  /// The expected calibration error of all tags' probabilities together.
  public let calibrationError: Double
  /// 95 % intervals of `exact_matches`, `micro_f1`, `macro_f1` and `log_loss`.
  public let intervals: [String: Interval]
  /// The tags, sorted by their UTF-8 bytes.
  public let tags: [String]
  /// The measures of each tag.
  public let perTag: [TagMeasures]

  enum CodingKeys: String, CodingKey {
    case rows, brier, intervals, tags
    case exactMatches = "exact_matches"
    case microF1 = "micro_f1"
    case macroF1 = "macro_f1"
    case averagePrecision = "average_precision"
    case rocAUC = "roc_auc"
    case logLoss = "log_loss"
    case calibrationError = "calibration_error"
    case perTag = "per_tag"
  }

  /// Measures `probabilities` [N × tags of the head] on the tags `labels` of the rows [N]; the intervals are drawn from `seed` by so
  /// many `resamples`.
  ///
  /// - Throws: ``HeadError`` when they disagree on how many rows or tags there are, or when there are no rows or tags.
  public init(
    probabilities: Matrix<Float>, tags headTags: [String], labels: TagLabels, seed: UInt64 = 0,
    resamples: Int = 1000,
    threads: Threads = .available
  ) throws(HeadError) {
    try ClassLabels.check(headTags)
    guard probabilities.rows == labels.count else {
      throw .rowCount(features: probabilities.rows, labels: labels.count)
    }
    guard labels.count > 0 else { throw .tooFewRows(0) }
    guard probabilities.columns == headTags.count, !headTags.isEmpty else {
      throw .classes(problem: "\(probabilities.columns) probabilities a row for \(headTags.count) tags")
    }
    let union = ClassLabels(headTags + labels.tags)
    let ofRows = union.indices.suffix(labels.tags.count).map { Int($0) }
    var columns = [Int?](repeating: nil, count: union.classes.count)
    for (column, tag) in union.indices.prefix(headTags.count).enumerated() { columns[Int(tag)] = column }
    var having = [[Int]](repeating: [], count: union.classes.count)
    for (row, tags) in labels.indices.enumerated() {
      for tag in tags { having[ofRows[Int(tag)]].append(row) }
    }
    let (rowsOfTag, columnOfTag) = (having, columns)
    let judged = threads.map(union.classes.count) { tag in
      JudgedTag(
        columnOfTag[tag].map { column in (0..<labels.count).map { probabilities[$0, column] } }
          ?? [Float](repeating: 0, count: labels.count), having: rowsOfTag[tag])
    }
    let decisions = Double(labels.count * union.classes.count)
    rows = labels.count
    tags = union.classes
    perTag = judged.map(\.measures)
    brier = judged.reduce(0) { $0 + $1.brier } / decisions
    calibrationError = judged.reduce(into: CalibrationError()) { $0.add($1.calibration) }.value
    averagePrecision = Self.mean(perTag.compactMap(\.averagePrecision)) ?? 0
    rocAUC = Self.mean(perTag.compactMap(\.rocAUC))

    var tallies = [RowTally](repeating: RowTally(), count: labels.count)
    for (tag, judgement) in judged.enumerated() {
      for (row, loss) in judgement.losses.enumerated() { tallies[row].loss += loss }
      for row in judgement.answered { tallies[row].answered.append(tag) }
      for row in rowsOfTag[tag] { tallies[row].there.append(tag) }
    }
    let (all, count) = (tallies, union.classes.count)
    let measures = Self.measures(of: all.indices, in: all, tags: count)
    (exactMatches, microF1, macroF1, logLoss) = (measures[0], measures[1], measures[2], measures[3])
    let intervals = Bootstrap(seed: seed, resamples: resamples).intervals(
      rows: labels.count, threads: threads
    ) {
      Self.measures(of: $0, in: all, tags: count)
    }
    self.intervals = Dictionary(
      uniqueKeysWithValues: zip(["exact_matches", "micro_f1", "macro_f1", "log_loss"], intervals))
  }

  /// The tags that a row has and was given, ascending, and the sum of its losses.
  private struct RowTally: Sendable {
    var there: [Int] = []
    var answered: [Int] = []
    var loss = 0.0
  }

  /// Exact matches, micro F1, macro F1 and log loss of some rows.
  private static func measures(of rows: some Sequence<Int>, in tallies: [RowTally], tags: Int) -> [Double] {
    var (there, answered, right) = ([Int](repeating: 0, count: tags), [Int](repeating: 0, count: tags), 0)
    var rightOfTag = there
    var (exact, loss, count) = (0, 0.0, 0)
    for row in rows {
      let tally = tallies[row]
      count += 1
      loss += tally.loss
      if tally.there == tally.answered { exact += 1 }
      for tag in tally.there { there[tag] += 1 }
      for tag in tally.answered {
        answered[tag] += 1
        // Few tags a row: looking through them is as fast as any set.
        if tally.there.contains(tag) { rightOfTag[tag] += 1 }
      }
    }
    right = rightOfTag.reduce(0, +)
    func f1(_ right: Int, _ either: Int) -> Double? { either > 0 ? 2 * Double(right) / Double(either) : nil }
    let either = zip(there, answered).map { $0 + $1 }
    return [
      Double(exact) / Double(count), f1(right, either.reduce(0, +)) ?? 0,
      mean(zip(rightOfTag, either).compactMap { f1($0, $1) }) ?? 0, loss / Double(count * tags),
    ]
  }

  private static func mean(_ values: [Double]) -> Double? {
    values.isEmpty ? nil : values.reduce(0, +) / Double(values.count)
  }
}

/// How well one tag is told. A ratio of nothing to nothing is 0.
public struct TagMeasures: Sendable, Hashable, Codable {
  /// The share of the rows given this tag that have it.
  public let precision: Double
  /// The share of the rows that have this tag that were given it.
  public let recall: Double
  /// The harmonic mean of precision and recall.
  public let f1: Double
  /// How many rows have it.
  public let support: Int
  /// How many rows were given it.
  public let predicted: Int
  /// Σ (Rₙ − Rₙ₋₁)·Pₙ over the thresholds; nil where no row has the tag.
  public let averagePrecision: Double?
  /// The share of pairs, of a row with the tag and one without, that its probability puts in the right order (ties count half); nil
  /// where all or no rows have it.
  public let rocAUC: Double?

  enum CodingKeys: String, CodingKey {
    case precision, recall, f1, support, predicted
    case averagePrecision = "average_precision"
    case rocAUC = "roc_auc"
  }
}

/// One tag's probabilities held against the rows that have it.
private struct JudgedTag: Sendable {
  let measures: TagMeasures
  /// −ln p of what is true, of each row.
  let losses: [Double]
  /// The rows given the tag.
  let answered: [Int]
  var brier = 0.0
  var calibration = CalibrationError()

  init(_ probabilities: [Float], having: [Int]) {
    var isThere = [Bool](repeating: false, count: probabilities.count)
    for row in having { isThere[row] = true }
    answered = probabilities.indices.filter { probabilities[$0] > 0.5 }
    var losses: [Double] = []
    for (probability, isThere) in zip(probabilities, isThere) {
      let probability = Double(probability)
      losses.append(LogLoss.of(isThere ? probability : 1 - probability))
      let error = probability - (isThere ? 1 : 0)
      brier += error * error
      calibration.add(probability, isRight: isThere)
    }
    self.losses = losses
    let right = answered.count { isThere[$0] }
    func ratio(_ part: Int, _ whole: Int) -> Double { whole > 0 ? Double(part) / Double(whole) : 0 }
    let ranking = Ranking(probabilities, isThere: isThere)
    measures = TagMeasures(
      precision: ratio(right, answered.count), recall: ratio(right, having.count),
      f1: ratio(2 * right, answered.count + having.count), support: having.count, predicted: answered.count,
      averagePrecision: ranking.averagePrecision, rocAUC: ranking.rocAUC)
  }
}
