import Foundation
import Testing

/// `--class-weights`, `--standardise` and `--smoothing` of `firn train` and `firn sweep`.
struct TrainingSettingsTests {
  private struct Version: Decodable {
    struct Specification: Decodable {
      let class_weights: Weights?
      let standardise: Bool?
      let smoothing: Double?
    }

    let digest, method: String
    let specification: Specification
  }

  private struct Trial: Decodable {
    let method: String
    let class_weights: Weights?
    let standardise, reused: Bool?
    let smoothing: Double?
  }

  /// The word or the object.
  private enum Weights: Decodable, Equatable {
    case balanced
    case given([String: Double])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      self =
        try (try? container.decode(String.self)) == "balanced"
        ? .balanced : .given(container.decode([String: Double].self))
    }
  }

  private struct Sweep: Decodable {
    let trials: [Trial]
    let best: Version
  }

  private let bench: Workbench

  init() throws {
    bench = try Workbench.withExamples()
  }

  private let words = "--dataset d --backbone tiny --task section"

  private func train(_ options: String) throws -> Version {
    try bench.firn("train h \(words) --json \(options)").json()
  }

  @Test func `Settings make other heads, which show and verify them`() throws {
    let plain = try train("--method logistic --penalty 1")
    #expect(plain.specification.class_weights == nil && plain.specification.smoothing == nil)
    #expect(try !bench.firn("head show h --json").output.contains("class_weights"))
    let settings = try train(
      "--method logistic --penalty 1 --class-weights balanced --standardise --smoothing 0.1")
    #expect(settings.specification.class_weights == .balanced)
    #expect(settings.specification.standardise == true && settings.specification.smoothing == 0.1)
    #expect(settings.digest != plain.digest)
    let shown = try bench.firn("head show h").output
    #expect(shown.contains("class weights balanced, standardised features, smoothing 0.1"), "\(shown)")
    #expect(try bench.firn("head verify h").output.contains("the same bytes"))
    let compared = try bench.firn("head compare h@1 h@2").output
    for what in ["class weights", "features", "smoothing"] { #expect(compared.contains(what), "\(compared)") }
  }

  @Test(arguments: [
    ("mail=2", ["mail": 2]), ("mail=2,games=0.5", ["games": 0.5, "mail": 2]),
    ("a=b=2e1,mail=1", ["a=b": 20, "mail": 1]),
    ("x,y=3,mail=.5", ["x,y": 3, "mail": 0.5]), ("k=v,w=7", ["k=v,w": 7]),
  ])
  func `A name may have commas and equals signs`(value: String, weights: [String: Double]) throws {
    let names = ["mail", "games", "a=b", "x,y", "k=v,w"]
    let rows = (0..<30).map {
      #"{"id": "\#($0)", "text": "\#(Examples.text($0))", "label": "\#(names[$0 % 5])"}"#
    }
    try bench.firn("extract - --dataset e --backbone tiny", input: rows.joined(separator: "\n"))
    let version: Version = try bench.firn(
      "train e --dataset e --backbone tiny --task label --json --method svm --penalty 1 --class-weights \(value)"
    ).json()
    #expect(version.specification.class_weights == .given(weights))
  }

  @Test(arguments: [
    "--class-weights even", "--class-weights mail=0", "--class-weights mail=-1", "--class-weights mail=nan",
    "--class-weights mail=1,mail=2", "--class-weights =2", "--class-weights mail=1,",
    "--class-weights mail=1,games", "--class-weights ,=1,", "--smoothing 0",
    "--smoothing 1",
    "--smoothing much", "--standardise=yes",
  ])
  func `Values that are none are 64`(option: String) throws {
    for verb in ["train", "sweep"] {
      let run = try bench.run("\(verb) h \(words) --method logistic \(option)")
      #expect(run.status == 64 && run.errors.contains(option.prefix(8)), "\(run)")
    }
    let update = try bench.run("train h --update --smoothing 0.1")
    #expect(update.status == 64 && update.errors.contains("--smoothing"), "\(update)")
  }

  @Test(arguments: [
    ("--method ridge --class-weights balanced", "logistic or svm"),
    ("--method lda --class-weights mail=2", "lda"),
    ("--method mlp --standardise", "always standardises"), ("--method knn --standardise", "knn"),
    ("--method svm --smoothing 0.1", "svm"), ("--method logistic --class-weights mial=2", "“mial”"),
  ])
  func `What a method does not take, and weights for nothing, are 65`(options: String, says: String) throws {
    for verb in ["train", "sweep"] {
      let run = try bench.run("\(verb) h \(words) \(options)")
      #expect(run.status == 65 && run.errors.contains(says), "\(run)")
    }
    #expect(try bench.firn("head list --json").output == "[]\n")
  }

  @Test func `A sweep gives each method those of the settings that it takes`() throws {
    let line =
      "sweep h \(words) --json --method logistic --method ridge --method knn --method svm --penalty 1 --folds 3 "
    let plain = try bench.firn(line).json(Sweep.self)
    #expect(
      plain.trials.allSatisfy { $0.class_weights == nil && $0.standardise == nil && $0.smoothing == nil })
    let sweep = try bench.firn(line + "--class-weights balanced --standardise --smoothing 0.1").json(
      Sweep.self)
    for trial in sweep.trials {
      #expect(trial.class_weights == (["logistic", "svm"].contains(trial.method) ? .balanced : nil))
      #expect(trial.standardise == (trial.method == "knn" ? nil : true))
      #expect(trial.smoothing == (trial.method == "logistic" ? 0.1 : nil))
      // What a method does not take makes no other trial of it.
      #expect(trial.reused == (trial.method == "knn"))
    }
    let listed = try bench.firn("head trials h").output
    #expect(listed.contains("class weights balanced, standardised features, smoothing 0.1"), "\(listed)")
    let best = sweep.best
    let options = [
      best.specification.class_weights == nil ? "" : "--class-weights balanced",
      best.specification.standardise == nil ? "" : "--standardise",
      best.specification.smoothing == nil ? "" : "--smoothing 0.1", best.method == "knn" ? "" : "--penalty 1",
    ].joined(separator: " ")
    #expect(try train("--method \(best.method) \(options)").digest == best.digest)
  }

  @Test func `A standardised ridge head is not updated, and says why`() throws {
    _ = try train("--method ridge --standardise")
    let run = try bench.run("train h --update")
    #expect(run.status == 65 && run.errors.contains("standardised") && run.errors.contains("anew"), "\(run)")
  }
}
