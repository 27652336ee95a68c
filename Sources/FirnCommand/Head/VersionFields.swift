import Firn
import Terminal

/// A head version as people read it.
struct VersionFields {
  let version: HeadVersion

  func write(to output: Output) {
    let names = version.aliases
    let fields: [(name: String, value: String)?] = [
      ("head", "\(version.reference)" + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))")),
      ("digest", version.digest.hex),
      ("task", version.task),
      ("method", ([version.specification.method.rawValue + penalty] + settings).joined(separator: ", ")),
      ("backbone", "\(version.backbone) (\(version.fingerprint.short))"),
      ("rows", rows),
      version.specification.imported.map { ("origin", origin($0)) } ?? ("solver", solver),
      (isImported || adaptation != nil ? "measured" : "held out", measures),
      version.metrics.transfer.map { ("transfer", "\($0)") },
      (
        isImported ? "imported" : "trained",
        "\(version.created) in \(Readable.duration(seconds: version.environment.seconds)) by Firn \(version.environment.firn)"
      ),
    ]
    output.fields(fields.compactMap { $0 } + annotations)
    version.metrics.transfer?.writeComparisons(on: "the target's texts", to: output)
  }

  private var isImported: Bool { version.specification.imported != nil }

  private var adaptation: Adaptation? { version.specification.adaptation }

  private var rows: String {
    let (metrics, dataset) = (version.metrics, "\(version.dataset) revision \(version.revision)")
    if let adaptation {
      return
        "\(Readable.count(metrics.trainRows)) of \(dataset) trained on, for \(adaptation.target) revision \(adaptation.revision), "
        + "\(Readable.count(metrics.holdoutRows)) of it measured on, "
        + (adaptation.transform.map { "through the transform \($0.prefix(12))" } ?? "features as they are")
    }
    guard !isImported else {
      return
        "\(Readable.count(metrics.holdoutRows)) measured, of \(dataset); whether it was trained on some of them is not known"
    }
    return
      "\(Readable.count(metrics.trainRows)) trained on, \(Readable.count(metrics.holdoutRows)) held out, of "
      + "\(dataset) (seed \(version.specification.seed)"
      + (version.specification.group.map { ", by \($0)" } ?? "") + ")"
  }

  private func origin(_ origin: HeadOrigin) -> String {
    guard let version = origin.version, let digest = origin.digest, let dataset = origin.dataset,
      let revision = origin.revision
    else { return "not known: nothing came with it that tells" }
    return "\(version) (\(digest.prefix(12))), made from \(dataset) revision \(revision), in another store"
  }

  private var settings: [String] { version.specification.settings }

  private var penalty: String {
    let training = version.metrics.training
    guard let penalty = training.penalty else { return "" }
    let chosen = training.validation.map {
      " (chosen among \(training.penaltyCurve.count) by \($0.rawValue))"
    }
    return ", penalty \(penalty.compact)" + (version.specification.penalty == nil ? chosen ?? "" : "")
  }

  private var solver: String {
    let training = version.metrics.training
    let how = training.iterations == 0 ? "closed form" : "\(training.iterations) iterations"
    return (training.converged ? "converged, " : "NOT converged, ") + how
      + ", objective \(training.objective.compact), gradient norm \(training.gradientNorm.compact)"
  }

  private var measures: String {
    guard let holdout = version.metrics.holdout else {
      return adaptation == nil ? "nothing, so nothing is measured" : "nothing, for the target has no labels"
    }
    let whose = adaptation == nil ? "the" : "the source's"
    let baseline =
      version.metrics.baselineAccuracy.map { " (always \(whose) most frequent class: \($0.percent))" } ?? ""
    return holdout.values.prefix(4).enumerated()
      .map { "\($1.name) \($1.text)" + ($0 == 0 ? baseline : "") }.joined(separator: ", ")
  }
}
