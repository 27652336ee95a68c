internal import Heads
internal import LinearAlgebra
internal import Storage

/// The rows of a head version, those that it was trained on and those that it held out, with their features.
struct SplitRows {
  let rows: TrainingRows
  let split: StratifiedHoldout.Split
  private let space: BackboneRecord
  private let store: Store

  init(of version: HeadVersion, from reader: StoreReader, in store: Store) throws {
    rows = try TrainingRows(of: version, from: reader)
    split = try rows.split(version.specification)
    space = try reader.backbone(of: version)
    self.store = store
  }

  /// The same, where something is to be learnt from the rows held out.
  ///
  /// - Throws: ``FirnError/trainingUnknown(head:)``, ``FirnError/nothingHeldOut(head:target:)``.
  init(learningFrom version: HeadVersion, from reader: StoreReader, in store: Store) throws {
    try version.checkTrainingIsKnown()
    try self.init(of: version, from: reader, in: store)
    guard !split.holdout.isEmpty else {
      throw FirnError.nothingHeldOut(
        head: version.reference, target: version.specification.adaptation?.target)
    }
  }

  /// The features of the rows held out [rows × d].
  func heldFeatures() throws -> Matrix<Float> { try features(of: split.holdout) }

  /// The rows held out, of each text the first.
  var heldTexts: [Int] { rows.firstPlaces(of: split.holdout) }

  /// The numbers of the texts trained on.
  var trainedTexts: Set<Int64> { Set(contents(of: split.training)) }

  /// The rows trained on, where an effect takes them, or as they are.
  func trainingData(through effect: TransformEffect? = nil) throws -> TrainingData {
    let features = try features(of: split.training)
    return try TrainingData(
      features: effect?.moved(features, threads: store.threads) ?? features,
      targets: rows.targets.rows(at: split.training))
  }

  /// The features of some of the rows [places × d].
  func features(of places: [Int]) throws -> Matrix<Float> {
    try store.features(of: contents(of: places), by: space)
  }

  private func contents(of places: [Int]) -> [Int64] { places.map { rows.items[$0].content } }
}
