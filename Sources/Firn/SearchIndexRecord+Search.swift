internal import Foundation
internal import LinearAlgebra
internal import Search
internal import Storage

/// What a stored index means to a search.
extension SearchIndexRecord {
  /// The quantiser; nil where it is none, or one of other vectors than the backbone's.
  func quantizer(of backbone: BackboneRecord) -> ProductQuantizer? {
    ProductQuantizer(bytes: quantizer).flatMap { $0.dimension == backbone.dimension ? $0 : nil }
  }

  /// How deep a search goes; nil where that was not measured, or is no depth.
  var searchDepth: SearchDepth? {
    let depth = try? JSONDecoder().decode(SearchDepth.self, from: Data(depth.utf8))
    return depth.flatMap { (1...1 << 20).contains($0.candidates) ? $0 : nil }
  }

  /// Lends `body` the codes of one of its blocks, which it may not keep.
  ///
  /// - Throws: `StoreError.damagedIndex` where there are others than its contents have.
  func withPacked(
    _ codes: UnsafeRawBufferPointer, of contents: Int, parts: Int, _ body: (PackedCodes) -> Void
  ) throws {
    guard let packed = PackedCodes(borrowing: codes, count: contents, parts: parts) else {
      throw damaged("its codes are not those of its contents")
    }
    body(packed)
  }

  /// The codes of one of its blocks.
  ///
  /// - Throws: `StoreError.damagedIndex` where there are others than its contents have.
  func packed(_ block: SearchIndexBlock, parts: Int) throws -> PackedCodes {
    let packed = block.codes.withUnsafeBytes {
      PackedCodes(bytes: $0, count: block.contents.count, parts: parts)
    }
    guard let packed else { throw damaged("its codes are not those of its contents") }
    return packed
  }
}
