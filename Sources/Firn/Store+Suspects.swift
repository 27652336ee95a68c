internal import Datasets
internal import Heads
internal import LinearAlgebra
internal import Storage

extension Store {
  /// Finds labels that are probably wrong: where one text has different labels, and where the items of all other texts speak against
  /// a label; see `LabelEvidence`. O(N²·d): a few seconds for 50,000 items.
  ///
  /// - Parameters:
  ///   - count: How many suspects to give.
  ///   - dataset: The dataset.
  ///   - backbone: Whose embeddings are compared.
  ///   - task: The task, of any kind.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - progress: Told now and then which share is done.
  /// - Returns: The contradictions and the suspects.
  /// - Throws: ``FirnError/noLabels(task:dataset:)``; `StoreError.missingVectors` when items are not embedded yet; `HeadError` when there is
  ///   nothing to compare.
  public func suspects(
    _ count: Int, in dataset: String, with backbone: String, for task: String, at revision: Int? = nil,
    progress: @Sendable (Double) -> Void = { _ in }
  ) throws -> LabelReview {
    let reader = try reader()
    return try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      let rows = try TrainingRows(of: task, in: dataset, at: revision, from: reader)
      let features = try self.features(of: rows.items.map(\.content), by: space)
      let evidence = try LabelEvidence(
        of: TrainingData(features: features, targets: rows.targets),
        contents: rows.items.map { Int($0.content) }, threads: threads, progress: progress)
      return LabelReview(
        dataset: dataset, revision: rows.revision, task: task, rows: rows.items.count,
        contradictions: try rows.contradictions(textsFrom: reader),
        suspects: try rows.suspects(evidence.suspects(count), by: evidence, textsFrom: reader))
    }
  }
}

extension TrainingRows {
  fileprivate func contradictions(textsFrom reader: StoreReader) throws -> [LabelReview.Contradiction] {
    let groups = Dictionary(grouping: items.indices) { items[$0].content }.values.compactMap { rows in
      let sides = Dictionary(grouping: rows) { targets.label(ofRow: $0) }
      return sides.count > 1
        ? sides.sorted { ($1.value.count, $0.value[0]) < ($0.value.count, $1.value[0]) } : nil
    }.sorted { one, other in
      let counts = [one, other].map { $0.reduce(0) { $0 + $1.value.count } }
      return counts[0] != counts[1] ? counts[0] > counts[1] : one[0].value[0] < other[0].value[0]
    }
    let texts = try reader.texts(of: groups.map { items[$0[0].value[0]].content })
    return zip(texts, groups).map { text, sides in
      LabelReview.Contradiction(
        text: text, labels: sides.map { .init(label: $0.key, ids: $0.value.map { items[$0].id }) })
    }
  }

  fileprivate func suspects(
    _ suspects: [LabelSuspect], by evidence: LabelEvidence, textsFrom reader: StoreReader
  ) throws -> [LabelReview.Suspect] {
    let texts = try reader.texts(of: suspects.map { items[$0.row].content })
    return zip(texts, suspects).enumerated().map { index, found in
      let (text, suspect) = found
      let label = targets.label(ofRow: suspect.row)
      let (suggestion, tag): (Label, String?) =
        switch targets {
        case .classes(let labels): (.single(labels.classes[suspect.output]), nil)
        case .tags(let labels): (label.changing(labels.tags[suspect.output]), labels.tags[suspect.output])
        case .numbers: (.number(Double(evidence.outputs[suspect.row, 0])), nil)
        }
      return LabelReview.Suspect(
        rank: index + 1, id: items[suspect.row].id, text: text, label: label, suggestion: suggestion,
        tag: tag,
        score: suspect.score, deviations: suspect.deviations,
        nearest: suspect.against.map {
          .init(id: items[$0.row].id, label: targets.label(ofRow: $0.row), cosine: $0.score)
        })
    }
  }
}

extension Targets {
  /// A row's label as the store has it.
  fileprivate func label(ofRow row: Int) -> Label {
    switch self {
    case .classes(let labels): .single(labels.classes[Int(labels.indices[row])])
    case .tags(let labels): .multiple(labels.indices[row].map { labels.tags[Int($0)] })
    case .numbers(let numbers): .number(numbers[row])
    }
  }
}
