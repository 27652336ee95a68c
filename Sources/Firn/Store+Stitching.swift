internal import Storage

/// A stitch that was learnt, and what was found of it.
public struct StitchOutcome: Sendable {
  /// The transform that was kept.
  public let transform: Transform
  /// What the head loses that was to be measured; nil without one.
  public let head: StitchedHead?
  /// Whether it serves better than what could be had without: for the head, where there is one, and for searching where there is none.
  public let verdict: TransferVerdict
}

extension Store {
  /// Learns a map from the features of one backbone to those of another, by the texts of a dataset that both have embedded, each once; keeps
  /// it, and holds it against what could be had without, whatever is found. One that is there already, of the same texts, settings and
  /// name, stays as it is.
  ///
  /// - Parameters:
  ///   - old: The backbone that has embedded everything.
  ///   - new: The one that is to take its place.
  ///   - dataset: Whose texts, as they are in its newest revision.
  ///   - method: `procrustes` or `ridge`.
  ///   - penalty: That of `ridge`; nil for the one of the least leave-one-out error.
  ///   - holdout: The share of the texts that it is not learnt from, but measured on.
  ///   - seed: What decides which, beside the texts themselves.
  ///   - head: A head of the new backbone's features, which is to be measured as well.
  ///   - name: What it is called, but for the name of a method; nil for that of its own.
  /// - Returns: The transform and the verdict.
  /// - Throws: ``FirnError/tooFewInCommon(dataset:texts:least:old:new:)``, ``FirnError/nothingToCompare(head:dataset:)``,
  ///   ``FirnError/otherBackbone(head:needs:fingerprint:given:)``; `TransferError` when a setting is out of its range.
  @discardableResult
  public func stitch(
    from old: String, to new: String, in dataset: String, by method: TransformSpecification.Method = .ridge,
    penalty: Double? = nil, holdout: Double = 0.2, seed: UInt64 = 0, head: HeadReference? = nil,
    called name: String? = nil
  ) throws -> StitchOutcome {
    let name = try method.name(given: name)
    let reader = try reader()
    let (spaces, learning, measured) = try reader.snapshot {
      let spaces = (old: try reader.backbone(named: old), new: try reader.backbone(named: new))
      let version = try head.map { try reader.version($0) }
      // It must be one that reads the new features.
      if let version { _ = try reader.backbone(of: version, given: new) }
      let learning = try StitchLearning(
        from: spaces.old, to: spaces.new, in: dataset, by: method, penalty: penalty, holdout: holdout,
        seed: seed, from: reader, in: self)
      return (spaces, learning, try version.map { try learning.measure($0, from: reader, in: self) })
    }
    let transform = try keep(
      .map(learning.map), as: learning.specification, metrics: learning.metrics, from: spaces.old,
      to: spaces.new, called: name)
    return StitchOutcome(
      transform: transform, head: measured?.measured, verdict: measured?.verdict ?? learning.verdict)
  }
}
