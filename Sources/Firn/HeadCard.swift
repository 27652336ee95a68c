internal import Backbones
internal import Heads
internal import Storage

/// The model card of a head version (Mitchell et al. 2019), in Markdown: what it answers, what it was made of, how well it does and
/// where it fails.
struct HeadCard {
  private let description: HeadDescription
  private let head: Head
  /// The dataset that it is for, and the revision that it was measured on.
  private let served: (dataset: String, revision: Int)
  /// What it was trained through; nil where there is nothing.
  private let transform: Transform?
  /// What each class or tag has of rows.
  private let rows: RowsOfAnswers
  /// How much of the texts that it is for the backbone read; nil where it is not in the store.
  private let coverage: EmbeddingCoverage?

  init(of version: HeadVersion, _ description: HeadDescription, head: Head, from reader: StoreReader) throws {
    (self.description, self.head, served) = (description, head, version.served)
    transform = try reader.transform(of: version.specification)
    let known = try TrainingRows(of: version, from: reader)
    rows = RowsOfAnswers(known.targets, split: try known.split(version.specification))
    coverage = try reader.backbone(fingerprint: version.fingerprint).map {
      try reader.coverage(of: version.served.dataset, at: version.served.revision, by: $0)
    }
  }

  private var reference: String { "\(description.head)@\(description.version)" }
  private var isImported: Bool { description.specification.imported != nil }
  private var isAdapted: Bool { description.specification.adaptation != nil }

  /// The card.
  var markdown: String {
    ([
      "# \(reference.markdown)", summary, "## Backbone", backbone, "## Training", training,
      "## How well it does", measures, table, transfer, "## Limits", limits, "## Use", use,
    ] as [String]).filter { !$0.isEmpty }.joined(separator: "\n\n") + "\n"
  }

  private var summary: String {
    let answers =
      switch head.answers {
      case .oneOf(let classes): "one of \(classes.count) classes"
      case .anyOf(let tags): "any of \(tags.count) tags"
      case .number: "a number"
      }
    return """
      Answers the task \(description.task.markdown) with \(answers), from the features of a frozen network. The model is \
      \(description.model), by the method \(description.method.rawValue):

      > \(description.formula.markdown)

      Version \(description.version) of the head \(description.head.markdown), digest `\(description.digest)`, of \
      \(description.created).
      """
  }

  private var backbone: String {
    let backbone = description.backbone
    let name =
      "\(backbone.name.markdown), \(backbone.dimension) values a text, fingerprint `\(backbone.fingerprint)`."
    guard let manifest = backbone.manifest else {
      return name + " "
        + (backbone.source.map { "Made elsewhere, by \($0.markdown)." } ?? "It is no more in the store.")
    }
    let prompt = manifest.prompt.isEmpty ? "no prompt" : "the prompt “\(manifest.prompt.markdown)”"
    let longTexts =
      switch manifest.options.longTexts {
      case .truncate: "cut"
      case .window: "read in windows"
      case .error: "rejected"
      }
    return """
      \(name) The network is \(manifest.architecture.markdown); its features are those behind layer \(manifest.layer), \
      \((manifest.pooling.map(\.rawValue) + manifest.steps).joined(separator: ", ").markdown), with \(prompt), in \
      \(manifest.numericMode.rawValue). It reads up to \(manifest.maximumLength) tokens; longer texts are \(longTexts). Its files:

      \(Markdown.table(["file", "SHA-256"], manifest.files.map { [$0.name.markdown, "`\($0.digest)`"] }))
      """
  }

  private var training: String {
    let (specification, metrics) = (description.specification, description.metrics)
    let dataset =
      "the dataset \(description.dataset.markdown), revision \(description.revision) (rows `\(description.rowsDigest)`)"
    if let origin = specification.imported {
      return """
        It was not trained in this store, but imported. \(origin.sentence) It was measured on \(metrics.holdoutRows) rows of \
        \(dataset); whether it was trained on some of them is not known.
        """
    }
    if isAdapted {
      let how = transform.map {
        "as the transform \("\($0.reference)".markdown) has them, by \($0.specification.method.rawValue) (`\($0.digest)`)"
      }
      return """
        On \(metrics.trainRows) rows of \(dataset), \(how ?? "as they are"). It is for another, \(served.dataset.markdown), revision \
        \(served.revision), \(metrics.holdoutRows == 0 ? "which has no labels" : "whose \(metrics.holdoutRows) labelled rows it was measured on and not trained"). \(solver)
        """
    }
    return """
      On \(metrics.trainRows) rows of \(dataset); \(metrics.holdoutRows) more were held out, a share of \
      \(specification.holdout.compact) chosen by each text and the seed \(specification.seed)\
      \(specification.group.map { ", the items of each \($0.markdown) on one side" } ?? ""). \(solver)
      """
  }

  private var solver: String {
    let report = description.metrics.training
    let shape: [String] =
      switch head.model {
      case .linear: []
      case .neighbours(let model): ["\(model.count) neighbours among \(model.features.rows) rows"]
      case .perceptron(let model): ["\(model.hiddenBias.count) hidden units"]
      }
    let settings =
      [
        report.penalty.map { penalty in
          "penalty \(penalty.compact)" + (report.validation.map { " (chosen by \($0.rawValue))" } ?? "")
        }
      ].compactMap { $0 } + description.specification.settings.map(\.markdown) + shape
    let how = ["Method \(description.method.rawValue)"] + settings
    return how.joined(separator: ", ")
      + (report.converged ? "." : "; the solver did not converge in \(report.iterations) iterations.")
      + " Firn \(description.environment.firn), \(description.environment.blas.markdown)."
  }

  private var measures: String {
    guard let holdout = description.metrics.holdout else {
      return isAdapted
        ? "The dataset that it is for has no labels, so nothing was measured."
        : "No row was held out, so nothing was measured."
    }
    let baseline = description.metrics.baselineAccuracy.map {
      "\n\nAlways answering the most frequent class\(isAdapted ? " of the rows trained on" : "") has an accuracy of \($0.percent)."
    }
    let which =
      if isImported {
        "that it may have been trained on"
      } else if isAdapted {
        "of \(served.dataset.markdown)"
      } else {
        "held out of training"
      }
    return
      "On \(holdout.rows) rows \(which):\n\n"
      + Markdown.table(
        ["measure", "value", "95 % interval"], holdout.values.map { [$0.name, $0.text, $0.intervalText] })
      + (baseline ?? "")
  }

  /// Whether learning from another dataset helps.
  private var transfer: String {
    guard let verdict = description.metrics.transfer else { return "" }
    let rows = verdict.comparisons.map { comparison in
      [
        comparison.rivalInWords, "\(comparison.rows)", comparison.measure, comparison.advantage.fixed(3),
        "\(comparison.interval.low.fixed(3)) to \(comparison.interval.high.fixed(3))",
      ]
    }
    let table =
      rows.isEmpty
      ? "" : "\n\n" + Markdown.table(["better than", "rows", "measure", "by", "at 95 % for all"], rows)
    return "It learnt from another dataset than it is for, and \(verdict).\(table)"
  }

  /// The classes or tags with the most rows.
  private var table: String {
    rows.table(
      description.metrics.holdout, held: isAdapted ? "measured on" : "held out", isImported: isImported)
  }

  private var limits: String {
    var limits = description.metrics.holdout.map { HeadWeaknesses(of: $0).sentences } ?? []
    if let coverage, coverage.truncated > 0 {
      let share = Double(coverage.truncated) / Double(coverage.embedded)
      limits.append(
        "\(coverage.truncated) of the \(coverage.embedded) texts of \(served.dataset.markdown) (\(share.percent)) are longer than the backbone reads."
      )
    }
    limits.append(
      isImported
        ? "What was measured may be flattering: see Training."
        : "What was measured holds for texts like those of \(served.dataset.markdown), and for no others.")
    limits.append(
      "It answers for features of its backbone alone; those of any other mean nothing to it, whatever their number."
    )
    return limits.map { "- \($0)" }.joined(separator: "\n")
  }

  private var use: String {
    let program = HeadProgram(name: description.head, head: head)
    let form = program.form
    return """
      `firn head export` writes \("\(description.head).\(form)".markdown)\
      \(form == "onnx" ? "" : " and the .json file beside it"); vectors.npy has a text's features in each row.

      ```python
      \(program.text)```
      """
  }
}

extension HeadOrigin {
  /// In words.
  fileprivate var sentence: String {
    guard let version, let digest, let dataset, let revision else {
      return "Nothing came with it that tells where it comes from."
    }
    return
      "It was \(version.markdown), digest `\(digest)`, made from the dataset \(dataset.markdown), revision \(revision)."
  }
}
