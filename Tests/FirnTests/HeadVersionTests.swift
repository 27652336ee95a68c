import Firn
import Foundation
import Testing

/// Versions of a head: verified, evaluated, compared, and asked from several threads.
struct HeadVersionTests {
  let place: TemporaryStore
  var store: Store { place.store }

  init() throws {
    place = try TemporaryStore()
    try place.extract((0..<60).map { Examples.row($0) })
    try store.train("h", for: "section", on: "d", with: "tiny", using: HeadSpecification(method: .logistic))
  }

  @Test func `A later revision changes nothing of a version: it is verified on its own`() throws {
    try place.extract((0..<20).map { Examples.row($0, section: "mail") })
    let verification = try store.verifyHead("h@1")
    #expect(verification.isIdentical && verification.differences == [])
    let second = try store.train(
      "h", for: "section", on: "d", with: "tiny", using: HeadSpecification(method: .logistic))
    #expect(second.rowsDigest != verification.version.rowsDigest)
    #expect(try store.verifyHead("h@2").isIdentical)
  }

  @Test(arguments: [
    HeadSpecification(
      method: .logistic, penalty: 1, classWeights: .balanced, standardises: true, smoothing: 0.1),
    HeadSpecification(method: .logistic, classWeights: .given(["mail": 2, "games": 0.5])),
    HeadSpecification(method: .svm, penalty: 1, classWeights: .balanced),
    HeadSpecification(method: .ridge, standardises: true),
    HeadSpecification(method: .mlp, units: 4, classWeights: .balanced, smoothing: 0.2),
  ])
  func `A version of any settings is the same bytes again, and keeps them`(specification: HeadSpecification)
    throws
  {
    let version = try store.train("h", for: "section", on: "d", with: "tiny", using: specification)
    #expect(try store.version("h").specification == specification)
    #expect(try store.verifyHead(version.reference).isIdentical)
    var plain = specification
    (plain.classWeights, plain.standardises, plain.smoothing) = (nil, false, nil)
    let other = try store.train("h", for: "section", on: "d", with: "tiny", using: plain)
    #expect(other.digest != version.digest)
    let differences = try store.compare(version.reference, other.reference).differences.map(\.what)
    #expect(differences.contains("class weights") == (specification.classWeights != nil))
    #expect(differences.contains("features") == specification.standardises)
    #expect(differences.contains("smoothing") == (specification.smoothing != nil))
    // What was exported comes back with its settings.
    let file = place.folder.appending(path: "h.safetensors").path
    try store.exportHead(version.reference, to: file)
    let taken = try store.importHead(file, as: "taken", for: "section", on: "d").specification
    #expect(
      (taken.classWeights, taken.standardises, taken.smoothing)
        == (specification.classWeights, specification.standardises, specification.smoothing))
    try store.exportHead(version.reference, to: place.folder.appending(path: "h.md").path)
    let card = try String(contentsOf: place.folder.appending(path: "h.md"), encoding: .utf8)
    #expect(card.contains("standardised features") == specification.standardises)
    #expect(card.contains("class weights") == (specification.classWeights != nil))
  }

  @Test func `A weight for what no row has is refused, but not for what only the rows held out have`() throws
  {
    func train(_ names: [String: Double], holdout: Double = 0.2) throws {
      try store.train(
        "w", for: "section", on: "d", with: "tiny",
        using: HeadSpecification(method: .logistic, penalty: 1, holdout: holdout, classWeights: .given(names))
      )
    }
    let error = try #require(throws: HeadError.self) { try train(["mail": 2, "mial": 3]) }
    #expect("\(error)".contains("“mial”") && "\(error)".contains("no row"))
    try train(["mail": 2])
  }

  @Test func `A ridge head of standardised features does not follow labels`() throws {
    let specification = HeadSpecification(method: .ridge, standardises: true)
    let version = try store.train("r", for: "section", on: "d", with: "tiny", using: specification)
    #expect(throws: FirnError.standardised(head: version.reference)) { try store.update("r") }
    #expect(try store.version("r").number == 1)
  }

  @Test func `A label that another tool changed under a version is noticed`() throws {
    let verification = try tamper("UPDATE label SET value = 'mail' WHERE value = 'games'")
    #expect(!verification.rowsAreIdentical && !verification.isIdentical)
    #expect(verification.differences.contains("the rows are not those it was trained on"))
  }

  @Test func `Metadata that another tool changed is no part of a version`() throws {
    #expect(try tamper("UPDATE item_state SET metadata = '{}'").isIdentical)
  }

  private func tamper(_ statement: String) throws -> HeadVerification {
    try place.sqlite(statement)
    return try store.verifyHead("h@1")
  }

  @Test func `An evaluation counts the rows whose text the version was trained on`() throws {
    let trained = try store.version("h").metrics.trainRows
    #expect(try store.evaluate("h").trainedOn == trained)
    try place.extract((30..<90).map { Examples.row($0) }, into: "half")
    let half = try store.evaluate("h", on: "half")
    #expect(half.metrics.rows == 60 && half.trainedOn > 0 && half.trainedOn <= 30)
    try place.extract((60..<90).map { Examples.row($0) }, into: "fresh")
    #expect(try store.evaluate("h", on: "fresh").trainedOn == 0)
  }

  @Test func `On the rows held out an evaluation measures what the training did`() throws {
    let holdout = try #require(store.version("h").metrics.holdout)
    let sides = try store.compare("h", "h")
    let agreement = try #require(sides.answers?.agreement)
    #expect(sides.differences == [])
    #expect(agreement.rows == holdout.rows)
    #expect(Double(agreement.bothRight) / Double(agreement.rows) == holdout.values.first?.value)
    #expect(agreement.onlyFirstRight + agreement.onlySecondRight == 0)
  }

  @Test func `A predictor answers any number of threads, and each text as it does alone`() async throws {
    let predictor = try store.predictor("h")
    let texts = (0..<40).map { Examples.text($0) }
    let expected = try predictor.predict(texts, top: 3)
    #expect(try texts.map { try predictor.predict([$0], top: 3)[0] } == expected)
    #expect(try predictor.predict([]) == [])
    #expect(try predictor.predict(["chess"])[0].top.count == 1)
    try await withThrowingTaskGroup(of: Bool.self) { group in
      for _ in 0..<8 { group.addTask { try predictor.predict(texts, top: 3) == expected } }
      for try await isSame in group { #expect(isSame) }
    }
  }

  @Test func `Features of another backbone are refused`() throws {
    try store.addBackbone(at: TemporaryStore.model("one-layer").path, named: "other")
    let fingerprint = try store.backbone(named: "tiny").fingerprint
    let refusal = FirnError.otherBackbone(
      head: "h@1", needs: "tiny", fingerprint: fingerprint, given: "other")
    #expect(throws: refusal) { try store.predictor("h", backbone: "other") }
    #expect(throws: refusal) { try store.evaluate("h", with: "other") }
    try store.removeBackbone(named: "tiny")
    #expect(throws: FirnError.backboneMissing(head: "h@1", needs: "tiny", fingerprint: fingerprint)) {
      try store.predictor("h")
    }
  }

  @Test func `An alias moves, and back again`() throws {
    let second = try store.train(
      "h", for: "section", on: "d", with: "tiny", using: HeadSpecification(method: .ridge))
    #expect(try store.version("h").number == 2)
    try store.promote(try store.version("h@1"), to: "champion")
    #expect(try store.version("h").number == 1)
    try store.promote(second, to: "champion")
    #expect(try store.version("h@champion").number == 2)
    #expect(try store.rollback("champion", of: "h").version == 1)
    #expect(try store.version("h").number == 1)
    #expect(try store.aliasLog(of: "h").map(\.reason) == [.promote, .promote, .rollback])
  }
}
