internal import Heads
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Holds a version against the one that an alias points at, and against the simplest rivals: the most frequent answer, and, for
  /// classes and tags, the nearest of the means.
  ///
  /// Each comparison is paired, on rows that both held out, with the same text and label; what the mean of the
  /// advantages may be at the most is found by resampling the rows.
  ///
  /// - Parameters:
  ///   - version: The version.
  ///   - alias: The alias whose version it would take the place of, if there is one.
  ///   - confidence: How sure it must be that the version is worse for the gate to refuse it.
  /// - Returns: A verdict for each rival.
  /// - Throws: ``FirnError/nothingHeldOut(head:target:)``, ``FirnError/trainingUnknown(head:)``, and `StoreError` when items are not embedded.
  public func gate(_ version: HeadVersion, for alias: String, confidence: Double = 0.95) throws
    -> [GateVerdict]
  {
    try comparison(of: version, for: alias, confidence: confidence).verdicts
  }

  /// The version that the alias points at, and a verdict for each rival.
  private func comparison(
    of version: HeadVersion, for alias: String, confidence: Double
  ) throws -> (champion: Int?, verdicts: [GateVerdict]) {
    guard (0..<1).contains(confidence) else {
      throw HeadError.setting(
        "the confidence", problem: "is \(confidence); it must be at least 0 and less than 1")
    }
    let reader = try reader()
    return try reader.snapshot {
      let rows = try SplitRows(learningFrom: version, from: reader, in: self)
      let held = try rows.heldFeatures()
      func answers(of head: Head) throws -> HeldOutAnswers {
        try HeldOutAnswers(of: head, to: held, rows: rows.split.holdout, of: rows.rows, threads: threads)
      }
      let own = try answers(of: reader.head(of: version))
      var rivals: [(String, HeldOutAnswers)] = []
      let champion = try reader.aliases(of: version.head).first { $0.alias == alias }?.version
      if let champion, champion != version.number {
        let other = try reader.version(HeadReference(version.head, .number(champion)))
        try other.checkTrainingIsKnown()
        rivals.append(
          ("\(other.reference), the \(alias)", try HeldOutAnswers(of: other, from: reader, in: self)))
      }
      let data = try rows.trainingData(through: reader.effect(of: version.specification))
      let prior = try Head(priorOf: data.targets, width: held.columns)
      rivals.append(
        (
          data.targets.answers == .number
            ? "always answering the median" : "always answering what is most frequent", try answers(of: prior)
        ))
      if HeadMethod.centroid.learns(data.targets.answers) {
        let centroid = try CentroidTrainer().train(on: data, threads: threads).head
        rivals.append(("the nearest of the means", try answers(of: centroid)))
      }
      let verdicts = rivals.map { name, rival in
        GateVerdict(of: own, against: rival, called: name, confidence: confidence, threads: threads)
      }
      return (champion, verdicts)
    }
  }

  /// Lets an alias point at a version that stands the gate.
  ///
  /// - Parameters:
  ///   - version: The version.
  ///   - alias: The alias; a protected one too.
  ///   - confidence: How sure it must be that the version is worse for the gate to refuse it.
  /// - Returns: The move, whose note is what the gate found.
  /// - Throws: ``FirnError/gateRefused(version:_:)`` with the first verdict that does not pass;
  ///   ``FirnError/transferHurts(version:_:)``; what ``gate(_:for:confidence:)`` does.
  @discardableResult
  public func promote(_ version: HeadVersion, to alias: String, requiring confidence: Double) throws
    -> AliasEntry
  {
    try version.checkTransfer()
    let (replaced, verdicts) = try comparison(of: version, for: alias, confidence: confidence)
    if let worse = verdicts.first(where: { !$0.passes }) {
      throw FirnError.gateRefused(version: version.reference, worse)
    }
    let evidence = verdicts.map(\.description).joined(separator: "; ")
    return try promote(version, to: alias, on: .gate(evidence: evidence, replacing: replaced))
  }
}

extension GateVerdict {
  fileprivate init(
    of own: HeldOutAnswers, against rival: HeldOutAnswers, called name: String, confidence: Double,
    threads: Threads
  ) {
    let advantages = Advantages(of: own, over: rival)
    (self.rival, rows, measure) = (name, advantages.values.count, advantages.measure)
    advantage = advantages.mean
    bound =
      advantages.values.isEmpty
      ? 0
      : Bootstrap(seed: 0).upperBound(ofMean: advantages.values, confidence: confidence, threads: threads)
  }
}
