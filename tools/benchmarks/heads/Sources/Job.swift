import Foundation
import Heads
import LinearAlgebra

/// What is trained and timed.
enum Job {
  /// `logistic:λ,λ,…`: each from the head before.
  case logistic(penalties: [Double])
  /// `svm:λ`
  case svm(penalty: Double)
  /// `ridge:λ,λ,…`: the best of them.
  case ridge(penalties: [Double])
  /// `tasks:COUNT,λ`: so many ridge heads on random tasks of two classes, with the leave-one-out scores of all rows.
  case tasks(count: Int, penalty: Double)
  /// `update:EDITS,λ`: a ridge head after so many rows have other classes, from what is kept of one that was trained before.
  case update(edits: Int, penalty: Double)

  struct Unknown: Error {
    let job: String
  }

  init(_ word: String) throws {
    let parts = word.split(separator: ":")
    let numbers = parts.last?.split(separator: ",").compactMap { Double($0) } ?? []
    switch (parts.first, numbers.count) {
    case ("logistic", 1...): self = .logistic(penalties: numbers)
    case ("svm", 1): self = .svm(penalty: numbers[0])
    case ("ridge", 1...): self = .ridge(penalties: numbers)
    case ("tasks", 2): self = .tasks(count: Int(numbers[0]), penalty: numbers[1])
    case ("update", 2): self = .update(edits: Int(numbers[0]), penalty: numbers[1])
    default: throw Unknown(job: word)
    }
  }

  /// What a job says of itself.
  struct Answer: Encodable {
    let seconds: Double
    let penalty: Double?
    let converged: Bool
    /// Whether an update has the bytes of training anew.
    var same: Bool?
  }

  /// Does the work; gives its last head.
  func run(on data: TrainingData) throws -> (Answer, TrainedHead) {
    switch self {
    case .logistic(let penalties):
      return try timed {
        try penalties.reduce(nil) { last, penalty in
          try LogisticTrainer(penalty: penalty, warmStart: last?.head).train(on: data)
        }
      }
    case .svm(let penalty): return try timed { try SVMTrainer(penalty: penalty).train(on: data) }
    case .ridge(let penalties): return try timed { try RidgeTrainer(penalties: penalties).train(on: data) }
    case .tasks(let count, let penalty):
      var random = SplitMix64(state: 85)
      let tasks = try (0..<count).map { _ in
        Targets.classes(
          try ClassLabels(
            classes: ["a", "b"], indices: (0..<data.count).map { _ in Int32(random.next() & 1) }))
      }
      return try timed {
        try RidgeSweep(features: data.features, penalties: [penalty]).heads(for: tasks).last?.last
      }
    case .update(let edits, let penalty): return try Self.update(edits, penalty: penalty, on: data)
    }
  }

  private func timed(_ train: () throws -> TrainedHead?) throws -> (Answer, TrainedHead) {
    let start = ContinuousClock.now
    guard let trained = try train() else { throw Unknown(job: "\(self)") }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    return (
      Answer(seconds: seconds, penalty: trained.report.penalty, converged: trained.report.converged), trained
    )
  }

  private static func update(
    _ edits: Int, penalty: Double, on data: TrainingData
  ) throws -> (Answer, TrainedHead) {
    let trainer = try RidgeTrainer(penalty: penalty)
    guard case .classes(let labels) = data.targets, let kept = try trainer.train(on: data).statistics?.bytes
    else { throw Unknown(job: "update") }
    let rows = (0..<edits).map { $0 * data.count / edits }
    var indices = labels.indices
    for row in rows { indices[row] = (indices[row] + 1) % Int32(labels.classes.count) }
    let edited = try ClassLabels(classes: labels.classes, indices: indices)
    let start = ContinuousClock.now
    let changed = try RidgeStatistics(bytes: kept).changed(
      removing: (data.features.rows(at: rows), labels.rows(at: rows)),
      adding: (data.features.rows(at: rows), edited.rows(at: rows)), threads: .available)
    let link = RidgeTrainer.linkRows(of: .classes(edited))
    let sample = (
      features: data.features.rows(at: link), targets: Targets.classes(edited).rows(keepingNamesAt: link)
    )
    guard let changed else { throw Unknown(job: "update") }
    let trained = try RidgeTrainer.head(changed, penalty: penalty, linkedBy: sample, threads: .available)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let anew = try trainer.train(on: TrainingData(features: data.features, labels: edited))
    let same =
      HeadArchive(trained.head, method: .ridge).bytes == HeadArchive(anew.head, method: .ridge).bytes
      && changed.bytes == anew.statistics?.bytes
    return (Answer(seconds: seconds, penalty: penalty, converged: true, same: same), trained)
  }
}

/// SplitMix64 (Steele, Lea and Flood 2014): the system's own numbers cost a call each.
private struct SplitMix64: RandomNumberGenerator {
  var state: UInt64
  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var z = state
    z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
    z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
    return z ^ (z >> 31)
  }
}
