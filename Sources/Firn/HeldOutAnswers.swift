internal import Digests
internal import Foundation
internal import Heads
internal import LinearAlgebra
internal import Storage

/// What a head version says of the rows that it held out.
struct HeldOutAnswers {
  /// A row that two versions can both have held out.
  struct Row: Hashable {
    let id: [UInt8]
    let digest: SHA256Digest
    let truth: [UInt8]
  }

  /// What is said of a row.
  struct Answer {
    /// The item's id.
    let id: String
    /// The true classes, tags or number, as text.
    let truth: [String]
    /// What is answered, likewise.
    let answer: [String]
    /// −ln of the probability of what is true, the sum of all tags', or the absolute error of a number.
    let loss: Double

    /// Whether the answer is what is true, byte by byte.
    var isRight: Bool { PairedAnswers.areEqual(answer, truth) }
  }

  let answers: Answers
  /// In the order of the bytes of their ids.
  let rows: [(row: Row, answer: Answer)]

  init(of version: HeadVersion, from reader: StoreReader, in store: Store) throws {
    let rows = try SplitRows(of: version, from: reader, in: store)
    try self.init(
      of: reader.head(of: version), to: rows.heldFeatures(), rows: rows.split.holdout, of: rows.rows,
      threads: store.threads)
  }

  /// What is said of each row that others say something of as well, beside that.
  func pairs(with others: HeldOutAnswers) -> [(first: Answer, second: Answer)] {
    let known = Dictionary(others.rows.map { ($0.row, $0.answer) }, uniquingKeysWith: { one, _ in one })
    return rows.compactMap { row in known[row.row].map { (first: row.answer, second: $0) } }
  }

  /// What heads that answer a task say, each of its own rows.
  init(of answers: Answers, joining parts: [HeldOutAnswers]) {
    (self.answers, rows) = (answers, parts.flatMap(\.rows))
  }

  /// What a head says of `features`, those of the rows `held` of `known`; a class or tag that it has never seen has the probability
  /// `unseen`.
  init(
    of head: Head, to features: Matrix<Float>, rows held: [Int], of known: TrainingRows, unseen: Double = 0,
    threads: Threads
  ) throws {
    let outputs = try head.outputs(of: features, threads: threads)
    answers = head.answers
    let loss = AnswerLoss(of: head.answers, on: known.targets, unseen: unseen)
    rows = held.enumerated().map { place, index in
      let item = known.items[index]
      let prediction = Prediction(outputs.row(place), of: head.answers, top: 1)
      let truth = known.targets.texts(ofRow: index)
      let answer = prediction.number.map { ["\($0)"] } ?? prediction.labels
      let key = Row(
        id: Array(item.id.utf8), digest: item.digest, truth: truth.flatMap { Array($0.utf8) + [0] })
      return (
        key,
        Answer(
          id: item.id, truth: truth, answer: answer,
          loss: loss.of(outputs.row(place), row: index))
      )
    }
  }
}

extension Targets {
  /// A row's classes, tags or number as text.
  fileprivate func texts(ofRow row: Int) -> [String] {
    switch self {
    case .classes(let labels): [labels.classes[Int(labels.indices[row])]]
    case .tags(let labels): labels.indices[row].map { labels.tags[Int($0)] }
    case .numbers(let numbers): ["\(numbers[row])"]
    }
  }
}
