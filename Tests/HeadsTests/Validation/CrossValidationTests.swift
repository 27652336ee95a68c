import LinearAlgebra
import Testing

@testable import Heads

@Suite struct CrossValidationTests {
  private let data: TrainingData
  private let splits: [StratifiedHoldout.Split]

  init() throws {
    data = try randomProblem(rows: 240, width: 12, classes: 3, seed: 12)
    splits = try GroupedFolds(
      data.classLabels(for: .lda), keys: (0..<240).map { [UInt8($0)] }, count: 4, seed: 1
    ).splits
  }

  private func validation() throws -> CrossValidation {
    try CrossValidation(features: data.features, targets: data.targets, splits: splits)
  }

  /// What is shared changes no figure: each fold's are those of a head that is trained alone.
  @Test(arguments: [HeadMethod.ridge, .logistic, .lda, .centroid, .knn])
  func figuresAreThoseOfHeadsTrainedAlone(method: HeadMethod) throws {
    let penalties = method.hasPenalty ? [10, 1, 0.1] : [nil as Double?]
    let specifications = penalties.map { HeadSpecification(method: method, penalty: $0) }
    var validation = try validation()
    let measured = try CrossValidation.batches(specifications).flatMap { try validation.measures(of: $0) }
    #expect(measured.count == penalties.count)
    for (specification, told) in zip(specifications, measured) {
      #expect(told.folds == 4 && told.converged)
      for (fold, split) in splits.enumerated() {
        let training = try TrainingData(
          features: data.features.rows(at: split.training), targets: data.targets.rows(at: split.training))
        let head = try specification.trainer().train(on: training).head
        let alone = try HeadMeasures(
          of: head, on: data.features.rows(at: split.holdout), targets: data.targets.rows(at: split.holdout))
        for measure in alone.values {
          let value = try #require(told.values[measure.key]?[fold])
          #expect(abs(value - measure.value) < 2e-3 * max(1, abs(measure.value)), "\(measure.key)")
        }
      }
    }
  }

  /// The same for heads of weighted rows, standardised features and smoothed labels, whatever else was measured before.
  @Test func figuresOfOtherSettingsAreThoseOfHeadsTrainedAlone() throws {
    let settings: [(HeadMethod, ClassWeights?, Bool, Double?)] = [
      (.ridge, nil, true, nil), (.ridge, nil, false, nil), (.lda, nil, true, nil),
      (.svm, .balanced, true, nil),
      (.logistic, nil, false, nil), (.logistic, .given(["class 2": 4]), true, 0.1),
      (.logistic, nil, true, nil),
    ]
    let specifications = settings.flatMap { method, weights, standardises, smoothing in
      (method.hasPenalty ? [30, 3] : [nil as Double?]).map { penalty in
        HeadSpecification(
          method: method, penalty: penalty, classWeights: weights, standardises: standardises,
          smoothing: smoothing)
      }
    }
    let batches = CrossValidation.batches(specifications)
    #expect(batches.count { $0.count == 2 } == 2 && batches.joined().count == specifications.count)
    var validation = try validation()
    for batch in batches {
      for (specification, told) in zip(batch, try validation.measures(of: batch)) {
        #expect(told.converged)
        for (fold, split) in splits.enumerated() {
          let head = try specification.trainer().train(
            on: TrainingData(
              features: data.features.rows(at: split.training), targets: data.targets.rows(at: split.training)
            )
          ).head
          let alone = try HeadMeasures(
            of: head, on: data.features.rows(at: split.holdout), targets: data.targets.rows(at: split.holdout)
          )
          let logLoss = try #require(alone.values.first { $0.key == "log_loss" }).value
          #expect(abs(try #require(told.values["log_loss"]?[fold]) - logLoss) < 2e-3, "\(specification)")
        }
      }
    }
  }

  @Test func whatTheMethodDoesNotTakeIsRefused() throws {
    for specification in [
      HeadSpecification(method: .ridge, penalty: 1, classWeights: .balanced),
      HeadSpecification(method: .knn, standardises: true),
      HeadSpecification(method: .logistic, classWeights: .given(["none": 2])),
    ] {
      #expect(throws: HeadError.self) { try validation().run(specification) }
    }
  }

  @Test func batchesShareWhatTheyCanAndGoFromStrongToWeak() {
    let methods: [(HeadMethod, Double?)] = [
      (.logistic, 1), (.ridge, 0.1), (.lda, nil), (.logistic, 10), (.ridge, 5),
    ]
    let batches = CrossValidation.batches(methods.map { HeadSpecification(method: $0.0, penalty: $0.1) })
    #expect(batches.map { $0.map(\.method) } == [[.lda], [.logistic], [.logistic], [.ridge, .ridge]])
    #expect(batches.map { $0.map(\.penalty) } == [[nil], [10], [1], [5, 0.1]])
  }

  @Test func meansHaveTheirStandardErrors() throws {
    let measured = try #require(try validation().run(HeadSpecification(method: .centroid)))
    let values = try #require(measured.values["accuracy"])
    let mean = try #require(measured.mean(of: "accuracy"))
    #expect(abs(mean - values.reduce(0, +) / 4) < 1e-15)
    let variance = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 3
    #expect(abs(try #require(measured.standardError(of: "accuracy")) - (variance / 4).squareRoot()) < 1e-15)
    #expect(measured.mean(of: "r2") == nil && measured.standardError(of: "r2") == nil)
  }

  @Test func everyKindOfAnswersHasTheKeysThatItIsMeasuredBy() throws {
    let tags = TagLabels((0..<240).map { $0 % 3 == 0 ? ["x"] : $0 % 3 == 1 ? ["x", "y"] : [] })
    for targets in [data.targets, .tags(tags), .numbers((0..<240).map(Double.init))] {
      let training = try TrainingData(features: data.features, targets: targets)
      let head = try RidgeTrainer(penalty: 1).train(on: training).head
      let measures = try HeadMeasures(of: head, on: data.features, targets: targets)
      #expect(measures.values.map(\.key) == HeadMeasures.keys(of: targets.answers))
    }
    #expect(Measure.isLoss("log_loss") && Measure.isLoss("rmse") && !Measure.isLoss("micro_f1"))
  }
}

extension CrossValidation {
  fileprivate func run(_ specification: HeadSpecification) throws -> FoldMeasures? {
    var copy = self
    return try copy.measures(of: [specification]).first
  }
}
