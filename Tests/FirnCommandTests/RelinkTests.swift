import Foundation
import Testing

/// A model directory that has moved.
struct RelinkTests {
  @Test func `A store follows its backbone to another place, and only its own`() throws {
    let bench = try Workbench(withBackbone: false)
    let model = try bench.copyModel(to: "here")
    try bench.firn("backbone add here --name tiny --layer 2")
    try bench.write(#"{"id":"a","text":"snow"}"# + "\n", to: "items.jsonl")
    try FileManager.default.moveItem(at: model, to: bench.folder.appending(path: "there"))
    let gone = try bench.run("extract items.jsonl --dataset d --backbone tiny")
    #expect(gone.status == 69)
    #expect(gone.errors.contains("firn backbone relink tiny DIR"))
    _ = try bench.copyModel("odd-sizes", to: "other")
    #expect(try bench.run("backbone relink tiny other").status == 65)
    try bench.firn("backbone relink tiny there")
    try bench.firn("extract items.jsonl --dataset d --backbone tiny")
    try bench.firn("backbone verify tiny")
  }
}
