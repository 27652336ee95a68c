internal import Heads
internal import LinearAlgebra
internal import Storage

/// Two head versions, held against each other on the rows that neither was trained on.
public struct HeadComparison: Sendable {
  /// The first version.
  public let first: HeadVersion
  /// The second version.
  public let second: HeadVersion
  /// What differs in what they were made of.
  public let differences: [Difference]
  /// How the two answer the rows that both held out; nil where there are no such rows.
  public let agreement: Agreement?

  /// Something that differs between the two.
  public struct Difference: Sendable, Hashable, Codable {
    /// What it is.
    public let what: String
    /// Its value in the first version.
    public let first: String
    /// Its value in the second version.
    public let second: String
  }

  /// How often each of two versions is right on the same rows.
  public struct Agreement: Sendable, Hashable, Codable {
    /// Rows that both held out.
    public let rows: Int
    /// Rows that both answer rightly.
    public internal(set) var bothRight = 0
    /// Rows that only the first answers rightly.
    public internal(set) var onlyFirstRight = 0
    /// Rows that only the second answers rightly.
    public internal(set) var onlySecondRight = 0
    /// Rows that neither answers rightly.
    public internal(set) var bothWrong = 0

    enum CodingKeys: String, CodingKey {
      case rows
      case bothRight = "both_right"
      case onlyFirstRight = "only_first_right"
      case onlySecondRight = "only_second_right"
      case bothWrong = "both_wrong"
    }
  }
}

extension Store {
  /// Compares two versions, of one head or of two, by what they were made of and by their answers on the rows that
  /// both held out.
  ///
  /// Rows are the same when id, text and label are; each version reads its own backbone's embeddings.
  public func compare(_ first: HeadReference, _ second: HeadReference) throws -> HeadComparison {
    let reader = try reader()
    return try reader.snapshot {
      let versions = try [first, second].map { try reader.version($0) }
      let answers = try versions.map { try holdoutAnswers(of: $0, from: reader) }
      let common = answers[0].keys.filter { answers[1][$0] != nil }
      var agreement = HeadComparison.Agreement(rows: common.count)
      for row in common {
        switch (answers[0][row], answers[1][row]) {
        case (true, true): agreement.bothRight += 1
        case (true, _): agreement.onlyFirstRight += 1
        case (_, true): agreement.onlySecondRight += 1
        default: agreement.bothWrong += 1
        }
      }
      return HeadComparison(
        first: versions[0], second: versions[1], differences: Self.differences(versions[0], versions[1]),
        agreement: common.isEmpty ? nil : agreement)
    }
  }

  /// A row that two versions can both have held out.
  private struct HeldOutRow: Hashable {
    let id: [UInt8]
    let digest: SHA256Digest
    let label: [UInt8]
  }

  /// For each row that a version held out, whether its answer is right.
  private func holdoutAnswers(of version: HeadVersion, from reader: StoreReader) throws -> [HeldOutRow: Bool]
  {
    let rows = try TrainingRows(of: version.task, in: version.dataset, at: version.revision, from: reader)
    let held = try rows.split(version.specification).holdout
    let features = try self.features(
      of: held.map { rows.items[$0].content }, by: reader.backbone(of: version))
    let head = try reader.head(of: version)
    let probabilities = try head.probabilities(of: features, threads: threads)
    return Dictionary(
      held.enumerated().map { index, row in
        let answer = Prediction(probabilities.row(index), classes: head.classes, top: 1).label
        let key = HeldOutRow(
          id: Array(rows.items[row].id.utf8), digest: rows.items[row].digest,
          label: Array(rows.labels[row].utf8))
        return (key, answer.utf8.elementsEqual(rows.labels[row].utf8))
      }, uniquingKeysWith: { first, _ in first })
  }

  private static func differences(_ first: HeadVersion, _ second: HeadVersion) -> [HeadComparison.Difference]
  {
    let parts: [(String, (HeadVersion) -> String)] = [
      ("task", { $0.task }),
      ("method", { $0.specification.method.rawValue }),
      ("penalty", { "\($0.metrics.training.penalty)" }),
      ("seed", { "\($0.specification.seed)" }),
      ("holdout", { "\($0.specification.holdout)" }),
      ("backbone", { "\($0.backbone) (\($0.fingerprint.short))" }),
      ("dataset", { "\($0.dataset), revision \($0.revision)" }),
      ("rows", { $0.rowsDigest.short }),
      ("kernels", { $0.environment.kernels }),
      ("BLAS", { $0.environment.blas }),
    ]
    return parts.compactMap { what, value in
      let values = (value(first), value(second))
      return values.0 == values.1
        ? nil : HeadComparison.Difference(what: what, first: values.0, second: values.1)
    }
  }
}
