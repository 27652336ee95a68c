import Firn
import Foundation
import Testing

/// A year of a store in a few steps.
struct ScriptedSession {
  /// One operation on the store.
  struct Step {
    let name: String
    /// Operations that lead to states which this one passes through, and may stop at.
    var passes: [(Store) throws -> Void] = []
    let run: (Store) throws -> Void
  }

  let steps: [Step]

  /// The steps, with input files of `place`.
  init(inputsIn place: TemporaryStore) throws {
    let items = try place.source((0..<40).map { Examples.row($0) })
    let imported = try place.file((0..<40).map { Examples.row($0) })
    let aside = try place.source((30..<60).map { Examples.row($0) })
    let changed = try place.source(
      (10..<30).map { Self.row($0, text: $0 + 100) } + (60..<70).map { Self.row($0, text: $0) })
    let edits = try place.source((10..<20).map { #"{"id": "i\#($0)", "labels": {"section": "mail"}}"# })
    let features = try place.features(rows: 40, dimension: 4)
    // A store with a dataset of its own, and with items that unite with those of another; and one that has its vectors alone.
    let (other, vectorsAlone) = (try TemporaryStore(), try TemporaryStore())
    for store in [other, vectorsAlone] {
      try store.extract((80..<100).map { Examples.row($0) }, into: "other")
      try store.extract((100..<110).map { Examples.row($0) })
    }
    for dataset in ["other", "d"] { try vectorsAlone.store.removeDataset(named: dataset) }
    func extract(_ source: ItemSource, into dataset: String, prunes: Bool = false) -> (Store) throws -> Void {
      { try $0.extract(source, into: dataset, with: "tiny", prunes: prunes) }
    }
    func train(penalty: Double) -> (Store) throws -> Void {
      {
        let specification = HeadSpecification(method: .ridge, penalty: penalty)
        try $0.train("h", for: "section", on: "d", with: "tiny", using: specification)
      }
    }
    steps = [
      // The first operation that writes makes the store.
      Step(name: "make") { _ = try $0.vacuum() },
      Step(name: "backbone add") { try $0.addBackbone(at: TemporaryStore.model().path, named: "tiny") },
      Step(name: "extract", run: extract(items, into: "d")),
      Step(name: "extract aside", run: extract(aside, into: "aside")),
      Step(
        name: "extract --prune", passes: [extract(changed, into: "d")],
        run: extract(changed, into: "d", prunes: true)),
      Step(name: "label") { try $0.label("d", from: edits) },
      Step(name: "train", run: train(penalty: 1)),
      Step(name: "promote") { try $0.promote($0.version("h@1"), to: "champion") },
      Step(name: "train again", run: train(penalty: 2)),
      Step(name: "promote again") { try $0.promote($0.version("h@2"), to: "champion") },
      Step(name: "rollback") { try $0.rollback("champion", of: "h") },
      Step(name: "protect") { try $0.protect("champion", of: "h") },
      Step(name: "override") {
        try $0.promote($0.version("h@2"), to: "champion", on: .override(reason: "it must be"))
      },
      Step(name: "tag") { try $0.tag($0.version("h@1"), with: ["first", "old"]) },
      Step(name: "untag") { try $0.untag($0.version("h@1"), from: ["old"]) },
      Step(name: "note") { try $0.note("the newest", on: $0.version("h@2")) },
      Step(name: "train a third", run: train(penalty: 3)),
      Step(name: "train a fourth", run: train(penalty: 4)),
      Step(name: "prune") { _ = try $0.prune("h", keeping: 1) },
      Step(name: "declare") {
        try $0.declareBackbone(named: "made", as: DeclaredBackbone(source: "elsewhere", dimension: 4))
      },
      Step(name: "import") {
        try $0.importFeatures(features, items: imported, into: "made", with: "made")
      },
      Step(name: "merge", passes: [{ try $0.merge([vectorsAlone.store.path]) }]) {
        try $0.merge([other.store.path])
      },
      Step(name: "forget") { _ = try $0.forgetRevisions(of: "d", before: 3) },
      Step(name: "dataset remove") { try $0.removeDataset(named: "aside") },
      Step(name: "vacuum") { _ = try $0.vacuum() },
      Step(name: "verify") { try $0.requireSound() },
    ]
  }

  /// A row with the id of one example and the text of another.
  private static func row(_ index: Int, text: Int) -> String {
    #"{"id": "i\#(index)", "text": "\#(Examples.text(text))", "labels": {"section": "games"}}"#
  }
}

/// What is wrong with a store.
struct Unsound: Error, CustomStringConvertible {
  let problems: [StoreProblem]
  var description: String { problems.map { "\($0)" }.joined(separator: "; ") }
}

extension Store {
  /// Verifies all of the store.
  ///
  /// - Throws: ``Unsound``.
  func requireSound(repairs: Bool = false) throws {
    let verification = try verify(repairs: repairs)
    guard verification.ok else { throw Unsound(problems: verification.problems) }
  }
}
