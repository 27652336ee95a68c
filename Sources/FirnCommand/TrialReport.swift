import Firn
import Terminal

/// A trial as scripts read it.
struct TrialReport: Encodable {
  let rank: Int
  let head: String
  let task: String
  let backbone: String
  let fingerprint: SHA256Digest
  let dataset: String
  let revision: Int
  let rowsDigest: SHA256Digest
  let method: String
  let penalty: Double?
  let seed: UInt64
  let holdout: Double
  let group: String?
  let classWeights: ClassWeights?
  let standardise: Bool?
  let smoothing: Double?
  let folds: Int
  let repeats: Int
  let measures: [String: Figures]
  let converged: Bool
  let reused: Bool
  let seconds: Double

  enum CodingKeys: String, CodingKey {
    case rank, head, task, backbone, fingerprint, dataset, revision, method, penalty, seed, holdout, group
    case folds, repeats, standardise, smoothing, measures, converged, reused, seconds
    case rowsDigest = "rows_digest"
    case classWeights = "class_weights"
  }

  /// One measure over the folds.
  struct Figures: Encodable {
    let mean: Double?
    let standardError: Double?
    let values: [Double]

    enum CodingKeys: String, CodingKey {
      case mean, values
      case standardError = "standard_error"
    }
  }

  init(_ trial: Trial, rank: Int) {
    let specification = trial.specification
    self.rank = rank
    (head, task, dataset, revision) = (trial.head, trial.task, trial.dataset, trial.revision)
    (backbone, fingerprint, rowsDigest) = (trial.backbone, trial.fingerprint, trial.rowsDigest)
    (method, penalty) = (specification.head.method.rawValue, specification.head.penalty)
    (seed, holdout, group) = (specification.head.seed, specification.head.holdout, specification.head.group)
    (classWeights, smoothing) = (specification.head.classWeights, specification.head.smoothing)
    standardise = specification.head.standardise
    (folds, repeats) = (specification.folds, specification.repeats)
    measures = Dictionary(
      uniqueKeysWithValues: trial.measures.values.map { key, values in
        let (mean, error) = (trial.measures.mean(of: key), trial.measures.standardError(of: key))
        return (key, Figures(mean: mean, standardError: error, values: values))
      })
    (converged, reused, seconds) = (trial.measures.converged, trial.isReused, trial.seconds)
  }
}

/// Trials as people read them, ranked.
struct TrialTable {
  let trials: [Trial]
  let measure: String
  /// Whether it is told which trials were there already.
  let tellsReused: Bool

  func write(to output: Output) {
    // What all trials have in common needs no column.
    let withBackbone = Set(trials.map(\.backbone)).count > 1
    let withSeed = Set(trials.map(\.specification.head.seed)).count > 1
    let withSettings = Set(trials.map(\.specification.head.settings)).count > 1
    let columns: [Table.Column?] = [
      .right("rank"), withBackbone ? .left("backbone") : nil, .left("method"), .right("penalty"),
      withSettings ? .left("settings") : nil,
      withSeed ? .right("seed") : nil, .right(Measure.name(of: measure)), .right("± error"), .right("time"),
      .left(""),
    ]
    output.table(
      columns.compactMap { $0 },
      trials.enumerated().map { place, trial in
        let specification = trial.specification.head
        let cells: [String?] = [
          "\(place + 1)", withBackbone ? trial.backbone : nil, specification.method.rawValue,
          specification.penalty?.compact ?? "",
          withSettings ? specification.settings.joined(separator: ", ") : nil,
          withSeed ? "\(specification.seed)" : nil,
          trial.text(of: measure), trial.errorText(of: measure), Readable.duration(seconds: trial.seconds),
          trial.remark(tellsReused: tellsReused),
        ]
        return cells.compactMap { $0 }
      })
  }
}

extension Trial {
  /// The mean of a measure.
  func text(of key: String) -> String {
    measures.mean(of: key).map { Measure.text(of: $0, key) } ?? ""
  }

  /// The standard error of that mean.
  func errorText(of key: String) -> String {
    measures.standardError(of: key).map { Measure.text(of: $0, key) } ?? ""
  }

  fileprivate func remark(tellsReused: Bool) -> String {
    [measures.converged ? nil : "NOT converged", isReused && tellsReused ? "measured before" : nil]
      .compactMap { $0 }.joined(separator: ", ")
  }

  /// What it is and what it measured, in a line.
  func line(of key: String) -> String {
    let specification = specification.head
    let penalty = specification.penalty.map { ["penalty \($0.compact)"] } ?? []
    let parts =
      [specification.method.rawValue] + penalty + specification.settings
      + ["seed \(specification.seed)", backbone]
    let remark = remark(tellsReused: true)
    return parts.joined(separator: ", ")
      + ": \(Measure.name(of: key)) \(text(of: key)) ± \(errorText(of: key))"
      + (remark.isEmpty ? "" : " (\(remark))")
  }
}
