internal import Heads
internal import LinearAlgebra
internal import Storage
internal import Transfer

extension Store {
  /// Tells whether what arrives is still what a head version was trained on, without labels of it.
  ///
  /// The reference are the texts that the version held out, each once. Of the new texts, each once, those that it was trained on are left
  /// out, for it knows them; those that it held out stay. Where whole groups were held out, the texts of one are alike, and the
  /// p-values are smaller than they should be.
  ///
  /// - Parameters:
  ///   - reference: The version.
  ///   - selection: What arrives.
  ///   - level: The probability of a false alarm, at the most, from 0.003 to 1.
  ///   - seed: What permutations are drawn from.
  /// - Returns: What the tests find, and what is told of accuracy and classes.
  /// - Throws: ``FirnError/nothingHeldOut(head:target:)``, ``FirnError/trainingUnknown(head:)``, ``FirnError/nothingNew(head:dataset:)``;
  ///   `StoreError.missingVectors` when items are not embedded; `TransferError` when a side has too few texts, or the level is none.
  public func drift(
    of reference: HeadReference, in selection: ItemSelection, level: Double = 0.05, seed: UInt64 = 0
  ) throws -> DriftReport {
    guard level >= DriftReport.leastLevel, level < 1 else {
      throw TransferError.setting(
        "the level", problem: "is \(level); it must be at least \(DriftReport.leastLevel) and less than 1")
    }
    let reader = try reader()
    return try reader.snapshot {
      let version = try reader.version(reference)
      let rows = try SplitRows(learningFrom: version, from: reader, in: self)
      let backbone = try reader.backbone(of: version)
      let (known, arrived) = (rows.trainedTexts, try DistinctTexts(of: selection, from: reader))
      let new = arrived.items.map(\.content).filter { !known.contains($0) }
      guard !new.isEmpty else {
        throw FirnError.nothingNew(head: version.reference, dataset: arrived.dataset)
      }
      let (head, held) = (try reader.head(of: version), rows.heldTexts)
      let evidence = try DriftEvidence(
        of: head, trainedOn: rows.trainingData(), reference: rows.features(of: held),
        new: features(of: new, by: backbone), seed: seed, threads: threads)
      let estimates = try UnlabelledEstimates(
        of: head.answers, reference: evidence.outputs.reference, new: evidence.outputs.new,
        targets: rows.rows.targets.rows(at: held), seed: seed, threads: threads)
      let tests = evidence.tests(at: level)
      return DriftReport(
        head: "\(version.reference)", task: version.task, backbone: backbone.name,
        reference: .init(
          dataset: version.served.dataset, revision: version.served.revision, rows: held.count),
        new: .init(dataset: arrived.dataset, revision: arrived.revision, rows: new.count),
        trainedOn: arrived.items.count - new.count, level: level, isDrift: tests.contains { $0.isDrift },
        tests: tests, discrepancy: evidence.discrepancy, novelty: .init(evidence.novelty),
        accuracy: estimates?.accuracy, answers: evidence.changes(of: head.answers, estimates),
        means: evidence.means)
    }
  }
}

extension DriftReport {
  /// Three tests by a thousand permutations tell no smaller one.
  fileprivate static let leastLevel = 0.003
}

extension DriftEvidence {
  /// The classes or tags, those whose share of the answers changes most first; nil for numbers.
  fileprivate func changes(of answers: Answers, _ estimates: UnlabelledEstimates?) -> [DriftReport.Change]? {
    guard case .shares(let shift) = self.answers else { return nil }
    let all =
      estimates?.changes(shift) ?? answers.names.enumerated().map { DriftReport.Change($1, $0, shift) }
    return all.sorted { abs($0.answered - $0.referenceAnswered) > abs($1.answered - $1.referenceAnswered) }
  }

  /// The means of what is answered; nil for classes and tags.
  fileprivate var means: DriftReport.Means? {
    guard case .spread = answers else { return nil }
    func mean(_ outputs: Matrix<Float>) -> Double {
      outputs.elements.reduce(0) { $0 + Double($1) } / Double(outputs.rows)
    }
    return DriftReport.Means(reference: mean(outputs.reference), new: mean(outputs.new))
  }
}
