import Digests
import Foundation
import Testing

@testable import Storage

/// Backbones are known by name and by fingerprint, and both are unique.
@Suite struct BackbonesTests {
  let store: TemporaryStore
  let writer: StoreWriter

  init() throws {
    store = try TemporaryStore()
    writer = try store.writer()
  }

  @Test func areFoundByNameAndByFingerprint() throws {
    let added = try writer.addBackbone("mini", dimension: 384)
    #expect(added.dimension == 384)
    #expect(added.created.contains(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/))
    #expect(try writer.backbone(named: "mini") == added)
    #expect(try writer.backbone(fingerprint: SHA256Digest(of: "mini")) == added)
    #expect(try writer.backbone(fingerprint: SHA256Digest(of: "other")) == nil)
    #expect(try writer.backbones() == [added])
    #expect(
      storeError { try writer.backbone(named: "minj") }
        == .notFound(what: "backbone", name: "minj", near: ["mini"]))
  }

  @Test func addingOneAgainChangesNothing() throws {
    let added = try writer.addBackbone("mini")
    #expect(try writer.addBackbone("mini") == added)
  }

  @Test func aNameHasOneFingerprintAndAFingerprintOneName() throws {
    _ = try writer.addBackbone("mini")
    #expect(
      storeError {
        try writer.addBackbone(
          name: "mini", fingerprint: SHA256Digest(of: "x"), dimension: 3, location: "", manifest: "{}")
      } == .backboneNameTaken(name: "mini"))
    #expect(
      storeError {
        try writer.addBackbone(
          name: "maxi", fingerprint: SHA256Digest(of: "mini"), dimension: 3, location: "", manifest: "{}")
      } == .backboneKnown(name: "maxi", as: "mini"))
  }

  @Test func aModelMayMove() throws {
    let added = try writer.addBackbone("mini")
    let moved = try writer.relocateBackbone(named: "mini", to: "/elsewhere", manifest: #"{"files":[]}"#)
    #expect(moved.location == "/elsewhere")
    #expect(moved.manifest == #"{"files":[]}"#)
    #expect(moved.id == added.id)
  }

  @Test func aManifestIsJSON() throws {
    #expect(throws: StoreError.self) {
      try writer.addBackbone(
        name: "mini", fingerprint: SHA256Digest(of: "x"), dimension: 3, location: "", manifest: "no JSON")
    }
  }
}
