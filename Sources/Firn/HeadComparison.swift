internal import Heads
internal import LinearAlgebra
internal import Storage

/// Two head versions, held against each other on the rows that both held out.
public struct HeadComparison: Sendable {
  /// The first version.
  public let first: HeadVersion
  /// The second version.
  public let second: HeadVersion
  /// What differs in what they were made of.
  public let differences: [Difference]
  /// How the two answer the rows that both held out; nil where there are no such rows.
  public let answers: PairedAnswers?

  /// Something that differs between the two.
  public struct Difference: Sendable, Hashable, Codable {
    /// What it is.
    public let what: String
    /// Its value in the first version.
    public let first: String
    /// Its value in the second version.
    public let second: String
  }
}

extension Store {
  /// Compares two versions, of one head or of two, by what they were made of and by their answers on the rows that
  /// both held out.
  ///
  /// Rows are the same when id, text and label are; each version reads its own backbone's embeddings.
  public func compare(_ first: HeadReference, _ second: HeadReference) throws -> HeadComparison {
    let reader = try reader()
    let (versions, answers) = try reader.snapshot {
      let versions = try [first, second].map { try reader.version($0) }
      return (versions, try versions.map { try HeldOutAnswers(of: $0, from: reader, in: self) })
    }
    return HeadComparison(
      first: versions[0], second: versions[1], differences: Self.differences(versions[0], versions[1]),
      answers: PairedAnswers(answers[0], answers[1], threads: threads))
  }

  private static func differences(_ first: HeadVersion, _ second: HeadVersion) -> [HeadComparison.Difference]
  {
    let parts: [(String, (HeadVersion) -> String)] = [
      ("task", { $0.task }),
      ("method", { $0.specification.method.rawValue }),
      ("penalty", { $0.metrics.training.penalty.map { "\($0)" } ?? "none" }),
      ("origin", { $0.specification.imported == nil ? "trained here" : "imported" }),
      ("neighbours", { $0.metrics.training.neighbours.map { "\($0)" } ?? "none" }),
      ("class weights", { $0.specification.classWeights?.text ?? "none" }),
      ("features", { $0.specification.standardises ? "standardised" : "as they are" }),
      ("smoothing", { $0.specification.smoothing.map { "\($0)" } ?? "none" }),
      ("hidden units", { $0.specification.units.map { "\($0)" } ?? "as usual" }),
      (
        "adapted to",
        { $0.specification.adaptation.map { "\($0.target), revision \($0.revision)" } ?? "nothing" }
      ),
      ("transform", { ($0.specification.adaptation?.transform?.prefix(12)).map(String.init) ?? "none" }),
      ("group", { $0.specification.group ?? "none" }),
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
