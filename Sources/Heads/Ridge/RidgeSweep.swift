public import LinearAlgebra

/// Ridge heads of any number of tasks and penalties on the same features.
///
/// What the features alone decide is computed once: their principal axes, and 1 − hᵢ of each row and penalty, by which a row's
/// residual tells what it is when the row is left out. A task then costs one product over the rows, Zᵀ·Y, and one more a penalty, the
/// scores; those of many tasks are taken together.
public struct RidgeSweep: Sendable {
  /// The penalties, as they were given.
  public let penalties: [Double]
  /// The features of the rows [N × d].
  let features: Matrix<Float>
  let axes: PrincipalAxes
  /// 1 − hᵢ with hᵢ = 1/N + Σⱼ zᵢⱼ²/(Λⱼ + λ), of each row and penalty [N × penalties].
  let remainders: Matrix<Double>

  private static let blockRows = 256
  /// The outputs at all penalties whose products are taken together: enough to keep the processor busy, few enough for its cache.
  static let blockOutputs = 1024

  /// The axes of features [N × d], and what each row weighs on them at each penalty. O(N·d² + d³).
  ///
  /// - Throws: ``HeadError/penalty(_:)`` unless all are positive and finite; ``HeadError/notFinite(row:)``.
  public init(
    features: Matrix<Float>, penalties: [Double], threads: Threads = .available
  ) throws(HeadError) {
    if let wrong = penalties.first(where: { !($0 > 0 && $0.isFinite) }) { throw .penalty(wrong) }
    try features.checkFinite()
    self.init(features, axes: PrincipalAxes(of: features, threads: threads), penalties, threads: threads)
  }

  /// The same from axes that are there, of features and penalties that are checked.
  init(_ features: Matrix<Float>, axes: PrincipalAxes, _ penalties: [Double], threads: Threads) {
    (self.features, self.axes, self.penalties) = (features, axes, penalties)
    let shrinkage = PackedDoubles(
      Matrix(
        rows: axes.count, columns: penalties.count,
        elements: axes.variations.flatMap { variation in penalties.map { 1 / (variation + $0) } }))
    let (packedAxes, mean) = (PackedDoubles(axes.axes, transposed: true), 1 / Double(features.rows))
    let blocks = threads.map(Self.blocks(features.rows)) { block in
      let centred = features.rows(Self.rows(block, of: features.rows), minus: axes.means)
      let coordinates = packedAxes.product(centred)
      let squares = Matrix(
        rows: coordinates.rows, columns: axes.count, elements: coordinates.elements.map { $0 * $0 })
      // λ > 0 keeps it above zero; rounding may not.
      return shrinkage.product(squares).elements.map { max(1 - mean - $0, mean.ulp) }
    }
    remainders = Matrix(
      rows: features.rows, columns: penalties.count, elements: blocks.flatMap { $0 })
  }

  /// The head of each task at each penalty, as ``RidgeTrainer`` trains it alone, and its exact leave-one-out error in the report's
  /// `penaltyCurve`. O(N·d) an output, and again for each penalty.
  ///
  /// - Parameters:
  ///   - tasks: The right answers of the rows, for each task.
  ///   - threads: How many workers there are.
  /// - Returns: The heads of each task, in the order of the penalties.
  /// - Throws: ``HeadError`` when a task has other rows than the features, or its rows do not make a head.
  public func heads(
    for tasks: [Targets], threads: Threads = .available
  ) throws(HeadError) -> [[TrainedHead]] {
    var heads: [[TrainedHead]] = []
    var (group, outputs): ([Targets], Int) = ([], 0)
    for (place, task) in tasks.enumerated() {
      guard task.count == features.rows else {
        throw .rowCount(features: features.rows, labels: task.count)
      }
      let targets = try task.checked()
      group.append(targets)
      outputs += targets.answers.count
      guard outputs * penalties.count >= Self.blockOutputs || place == tasks.count - 1 else { continue }
      heads += try self.heads(of: RidgeFit(group, in: self, threads: threads), threads: threads)
      (group, outputs) = ([], 0)
    }
    return heads
  }

  private func heads(of fit: RidgeFit, threads: Threads) throws(HeadError) -> [[TrainedHead]] {
    var heads = [[TrainedHead]](repeating: [], count: fit.targets.tasks.count)
    for leaveOneOut in LeaveOneOut.ofAllPenalties(of: fit, threads: threads) {
      let trained = threads.map(heads.count) { task in
        Result { () throws(HeadError) in
          try fit.head(ofTask: task, leaveOneOut, threads: threads)
        }
      }
      for (task, result) in trained.enumerated() { heads[task].append(try result.get()) }
    }
    return heads
  }

  /// How many blocks of rows there are.
  static func blocks(_ rows: Int) -> Int { (rows + blockRows - 1) / blockRows }

  /// The rows of a block.
  static func rows(_ block: Int, of rows: Int) -> Range<Int> {
    block * blockRows..<min(rows, (block + 1) * blockRows)
  }
}
