import Firn
import Terminal

/// A head version as people read it.
struct VersionFields {
  let version: HeadVersion

  func write(to output: Output) {
    let (metrics, names) = (version.metrics, version.aliases)
    let fields: [(name: String, value: String)] = [
      ("head", "\(version.reference)" + (names.isEmpty ? "" : " (\(names.joined(separator: ", ")))")),
      ("digest", version.digest.hex),
      ("task", version.task),
      ("method", version.specification.method.rawValue + penalty),
      ("backbone", "\(version.backbone) (\(version.fingerprint.short))"),
      (
        "rows",
        "\(Readable.count(metrics.trainRows)) trained on, \(Readable.count(metrics.holdoutRows)) held out, of "
          + "\(version.dataset) revision \(version.revision) (seed \(version.specification.seed)"
          + (version.specification.group.map { ", by \($0)" } ?? "") + ")"
      ),
      ("solver", solver),
      ("held out", measures),
      (
        "trained",
        "\(version.created) in \(Readable.duration(seconds: version.environment.seconds)) by Firn \(version.environment.firn)"
      ),
    ]
    output.fields(fields + annotations)
  }

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
    guard let holdout = version.metrics.holdout else { return "nothing, so nothing is measured" }
    let baseline =
      version.metrics.baselineAccuracy.map { " (always the most frequent class: \($0.percent))" } ?? ""
    return holdout.values.prefix(4).enumerated()
      .map { "\($1.name) \($1.text)" + ($0 == 0 ? baseline : "") }.joined(separator: ", ")
  }
}
