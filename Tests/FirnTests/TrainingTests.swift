import Firn
import Foundation
import JSON
import Testing

/// `Store.train`: the same rows give the same bytes, wherever and however they came into a store.
struct TrainingTests {
  private func train(
    _ place: TemporaryStore, on dataset: String = "d", at revision: Int? = nil, method: HeadMethod = .ridge
  ) throws -> HeadVersion {
    try place.store.train(
      "h", for: "section", on: dataset, with: "tiny", using: HeadSpecification(method: method), at: revision)
  }

  @Test(arguments: HeadMethod.allCases, [1, 2] as [UInt64])
  func `The order in which items came decides nothing`(method: HeadMethod, seed: UInt64) throws {
    let rows = (0..<45).map { Examples.row($0) }
    let first = try TemporaryStore(threads: 1)
    try first.extract(rows)
    let expected = try train(first, method: method)

    var random = SplitMix64(state: seed)
    let second = try TemporaryStore(threads: 2)
    try second.extract((100..<120).map { Examples.row($0) }, into: "before")
    let shuffled = rows.shuffled(using: &random)
    for start in stride(from: 0, to: 45, by: 15) {
      try second.extract(shuffled[start..<start + 15], into: "elsewhere")
    }
    let version = try train(second, on: "elsewhere", method: method)
    #expect(version.rowsDigest == expected.rowsDigest, "seed \(seed)")
    #expect(version.digest == expected.digest, "seed \(seed)")
    #expect(try version.metrics.canonicalJSON() == expected.metrics.canonicalJSON(), "seed \(seed)")
  }

  @Test func `Ids, texts and labels make the rows; metadata does not`() throws {
    func rowsDigest(_ row: String) throws -> SHA256Digest {
      let place = try TemporaryStore()
      try place.extract((0..<12).map { Examples.row($0) } + [row])
      return try train(place).rowsDigest
    }
    let expected = try rowsDigest(Examples.row(0))
    #expect(try rowsDigest(Examples.row(0, size: 9)) == expected)
    #expect(try rowsDigest(Examples.row(0, section: "mail")) != expected)
    #expect(try rowsDigest(Examples.row(12)) != expected)
    #expect(try rowsDigest(Examples.row(0).replacing("chess", with: "chest")) != expected)
    // An item without the label is no row.
    #expect(try rowsDigest(#"{"id": "x", "text": "x"}"#) == expected)
  }

  @Test func `A version tells what it was made of`() throws {
    let place = try TemporaryStore()
    try place.extract((0..<45).map { Examples.row($0) })
    let specification = HeadSpecification(method: .logistic, penalty: 0.5, seed: 3, holdout: 0.4)
    let version = try place.store.train(
      "h", for: "section", on: "d", with: "tiny", using: specification)
    #expect(version.specification == specification)
    #expect("\(version.reference)" == "h@1")
    #expect((version.task, version.dataset, version.revision) == ("section", "d", 1))
    #expect(try version.fingerprint == place.store.backbone(named: "tiny").fingerprint)
    #expect(version.environment.firn == Store.softwareVersion)
    #expect((version.metrics.trainRows, version.metrics.holdoutRows) == (27, 18))
    let read = try place.store.version("h@1")
    #expect(read.digest == version.digest && read.created == version.created)
  }

  @Test func `Items of one text and one label stand on one side`() throws {
    let place = try TemporaryStore()
    let twins = (0..<45).flatMap { index in
      [Examples.row(index), Examples.row(index).replacing(#""id": "i"#, with: #""id": "twin"#)]
    }
    try place.extract(twins)
    let version = try train(place)
    let evaluation = try place.store.evaluate("h")
    #expect(version.metrics.trainRows + version.metrics.holdoutRows == 90)
    #expect(evaluation.trainedOn == version.metrics.trainRows)
  }

  @Test func `As the dataset grows rows stay on their side, but for one at the border of each class`() throws
  {
    let place = try TemporaryStore()
    try place.extract((0..<45).map { Examples.row($0) })
    let first = try train(place)
    try place.extract((45..<90).map { Examples.row($0) })
    _ = try train(place)
    let agreement = try #require(place.store.compare("h@1", "h@2").answers?.agreement)
    #expect(agreement.rows >= first.metrics.holdoutRows - 3)
  }

  @Test func `Tasks of other kinds, and rows without the label, are refused`() throws {
    let place = try TemporaryStore()
    try place.extract([
      #"{"id": "a", "text": "a", "labels": {"stars": 3}}"#,
      #"{"id": "b", "text": "b", "labels": {"stars": 1}}"#, Examples.row(0),
    ])
    try place.extract([#"{"id": "a", "text": "a"}"#], into: "bare")
    func train(_ task: String, _ dataset: String) throws {
      try place.store.train(
        "h", for: task, on: dataset, with: "tiny", using: HeadSpecification(method: .logistic, holdout: 0))
    }
    #expect(throws: HeadError.unsuited(method: .logistic, to: .number)) { try train("stars", "d") }
    #expect(throws: FirnError.noLabels(task: "section", dataset: "bare")) { try train("section", "bare") }
    #expect(try place.store.versions().isEmpty)
  }
}

/// A small generator with a seed that a failing test can print (Steele, Lea and Flood, 2014).
struct SplitMix64: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }
}
