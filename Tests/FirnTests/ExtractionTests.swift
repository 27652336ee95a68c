import Firn
import Foundation
import Testing

/// `Store.extract`: items into a dataset, each text embedded once, committed in batches.
struct ExtractionTests {
  let place: TemporaryStore
  var store: Store { place.store }

  init() throws {
    place = try TemporaryStore()
  }

  @Test func `Progress is told after each batch, up to the end of the input`() throws {
    var told: [ExtractionProgress] = []
    let source = try place.source((0..<5_000).map { Examples.row($0) })
    let summary = try store.extract(source, into: "d", with: "tiny", onProgress: { told.append($0) })
    #expect(told.count >= 3)
    #expect(told.map(\.items) == told.map(\.items).sorted())
    #expect(told.map(\.tokens) == told.map(\.tokens).sorted())
    #expect(told.map(\.bytesRead) == told.map(\.bytesRead).sorted())
    let last = try #require(told.last)
    #expect(last.items == 5_000 && last.tokens == summary.tokens && last.bytesRead == last.totalBytes)
  }

  @Test func `Rejections are told with their place; the rows around them are taken`() throws {
    var rejections: [Rejection] = []
    let source = try place.source([Examples.row(0), "", #"{"id": "a", "text": ""}"#, Examples.row(1), "{"])
    let summary = try store.extract(source, into: "d", with: "tiny", onRejection: { rejections.append($0) })
    #expect(rejections.map(\.place) == [.line(3), .line(5)])
    #expect(rejections.first?.reason == "the text is empty")
    #expect((summary.items, summary.rejected, summary.added) == (2, 2, 2))
  }

  @Test func `Strict, it stops at the first and keeps what came before`() throws {
    let source = try place.source([Examples.row(0), #"{"id": "a"}"#, Examples.row(1)])
    let error = #expect(throws: FirnError.self) {
      try store.extract(source, into: "d", with: "tiny", isStrict: true)
    }
    guard case .rejected(let rejection) = error else { throw try #require(error) }
    #expect(rejection.place == .line(2))
    #expect(try store.dataset(named: "d").items == 1)
    #expect(try store.revisions(of: "d").map(\.state) == [.closed])
  }

  @Test func `Each change of a dataset is one revision; where nothing changes there is none`() throws {
    let rows = (0..<5).map { Examples.row($0) }
    #expect(try place.extract(rows).revision == 1)
    #expect(try place.extract(rows.reversed()).revision == 1)
    let labelled = try place.extract([Examples.row(0, section: "mail")])
    #expect((labelled.revision, labelled.changed, labelled.extracted) == (2, 1, 0))
    let sized = try place.extract([Examples.row(1, size: 2)])
    #expect((sized.revision, sized.changed, sized.extracted) == (3, 1, 0))
    let grown = try place.extract([Examples.row(5)])
    #expect((grown.revision, grown.added, grown.extracted) == (4, 1, 1))
    // Other datasets count for themselves.
    #expect(try place.extract(rows, into: "other").revision == 1)
    #expect(try store.revisions(of: "d").map(\.number) == [4, 3, 2, 1])
    #expect(try store.datasets().map(\.name) == ["d", "other"])
  }

  @Test func `Items of one name in two Unicode forms are two`() throws {
    let summary = try place.extract([#"{"id": "\u00e9", "text": "a"}"#, #"{"id": "e\u0301", "text": "a"}"#])
    #expect((summary.added, summary.replaced) == (2, 0))
    #expect(try store.nearest(9, to: "a", in: "d", with: "tiny").count == 2)
  }

  @Test func `An input or a backbone that is not there leaves nothing behind`() throws {
    #expect(throws: DatasetError.noInput(path: "/no/such/file.jsonl")) {
      try store.extract(.path("/no/such/file.jsonl"), into: "d", with: "tiny")
    }
    let source = try place.source([Examples.row(0)])
    #expect(throws: StoreError.notFound(what: "backbone", name: "tinny", near: ["tiny"])) {
      try store.extract(source, into: "d", with: "tinny")
    }
    #expect(try store.datasets() == [])
  }

  @Test func `A backbone whose files changed is refused before anything is written`() throws {
    let model = place.folder.appending(path: "model")
    try FileManager.default.copyItem(at: TemporaryStore.model("one-layer"), to: model)
    let record = try store.addBackbone(at: model.path, named: "changing")
    try #"{"max_seq_length": 16}"#.write(
      to: model.appending(path: "sentence_bert_config.json"), atomically: true, encoding: .utf8)
    let source = try place.source([Examples.row(0)])
    let error = #expect(throws: FirnError.self) { try store.extract(source, into: "d", with: "changing") }
    guard case .backboneChanged(let name, _, let expected, let found) = error else {
      throw try #require(error)
    }
    #expect(name == "changing" && expected == record.fingerprint && found != expected)
    #expect("\(try #require(error))".contains(expected.short))
    #expect("\(try #require(error))".contains(found.short))
  }
}
