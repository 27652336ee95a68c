import Testing

@testable import Firn

/// Three tests as one, over 200 draws of what a head held out and of what arrives.
struct DriftEvidenceTests {
  /// Rows around the centres of four classes, and a head that learnt from some.
  private struct World {
    static let width = 5
    let centres: [[Float]]
    let data: TrainingData
    let head: Head

    init(_ kind: String, using random: inout SplitMix64) throws {
      let centres = (0..<4).map { _ in (0..<Self.width).map { _ in Float.random(in: -1...1, using: &random) }
      }
      let drawn = Self.rows(300, around: centres, using: &random)
      let targets: Targets =
        switch kind {
        case "classes": .classes(ClassLabels(drawn.classes.map { "c\($0)" }))
        case "tags": .tags(TagLabels(drawn.classes.map { $0 == 0 ? [] : $0 == 1 ? ["a"] : ["a", "b"] }))
        default: .numbers(drawn.classes.map { Double($0 * $0) })
        }
      self.centres = centres
      data = try TrainingData(features: drawn.features, targets: targets)
      head = try RidgeTrainer().train(on: data, threads: Threads(2)).head
    }

    static func rows(
      _ count: Int, around centres: [[Float]], shiftedBy shift: Float = 0, using random: inout SplitMix64
    ) -> (features: Matrix<Float>, classes: [Int]) {
      let classes = (0..<count).map { _ in Int.random(in: 0..<centres.count, using: &random) }
      let elements = classes.flatMap { class_ in
        centres[class_].map { $0 + shift + Float.random(in: -1...1, using: &random) }
      }
      return (Matrix(rows: count, columns: width, elements: elements), classes)
    }

    /// The tests of rows held out against others that are moved.
    func tests(
      shiftedBy shift: Float, at level: Double, seed: UInt64, using random: inout SplitMix64
    ) throws -> [DriftReport.Test] {
      let reference = Self.rows(120, around: centres, using: &random).features
      let new = Self.rows(100, around: centres, shiftedBy: shift, using: &random).features
      return try DriftEvidence(
        of: head, trainedOn: data, reference: reference, new: new, seed: seed, threads: Threads(2)
      ).tests(at: level)
    }
  }

  /// Of 200 draws without drift 10 raise an alarm at a level of 5 %, and 40 at one of 20 %, if the tests are as sharp as they may be: at the
  /// most 21 and 58, which chance exceeds once in a thousand times.
  @Test(arguments: zip(["classes", "tags", "numbers"], [31, 32, 31] as [UInt64]))
  func `Alarms are no more frequent than stated, and drift is found`(kind: String, seed: UInt64) throws {
    var random = SplitMix64(state: seed)
    let world = try World(kind, using: &random)
    let calm = try (0..<200).map { draw in
      try world.tests(shiftedBy: 0, at: 0.05, seed: UInt64(draw), using: &random)
    }
    let least = calm.map { $0.map(\.adjusted).min() ?? 1 }
    let (rare, frequent) = (least.count { $0 <= 0.05 }, least.count { $0 <= 0.2 })
    #expect(rare <= 21, "\(kind), seed \(seed): \(rare)")
    // Nor are they so rare that no drift would ever raise one.
    #expect((15...58).contains(frequent), "\(kind), seed \(seed): \(frequent)")
    #expect(calm.count { $0.contains(where: \.isDrift) } == rare)
    for place in 0..<3 {
      let alarms = calm.count { $0[place].pValue <= 0.2 }
      #expect((15...58).contains(alarms), "\(kind), seed \(seed), \(calm[0][place].evidence): \(alarms)")
    }
    let found = try (0..<200).count { draw in
      try world.tests(shiftedBy: 0.4, at: 0.05, seed: UInt64(draw), using: &random).contains(where: \.isDrift)
    }
    #expect(found >= 195, "\(kind), seed \(seed): \(found)")
  }

  @Test func `As many threads as there are find the same`() throws {
    var random = SplitMix64(state: 33)
    let world = try World("classes", using: &random)
    let rows = World.rows(140, around: world.centres, using: &random).features
    let found = try [1, 3].map { threads in
      try DriftEvidence(
        of: world.head, trainedOn: world.data, reference: rows.rows(at: 0..<80), new: rows.rows(at: 80..<140),
        seed: 1, threads: Threads(threads)
      ).tests(at: 0.05).map { [$0.statistic, $0.pValue, $0.adjusted] }
    }
    #expect(found[0] == found[1])
  }
}
