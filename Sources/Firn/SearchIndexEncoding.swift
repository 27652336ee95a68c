internal import LinearAlgebra
internal import Search
internal import Storage

/// The making of an index's blocks, from the vectors of what is new and the codes of what is there.
struct SearchIndexEncoding {
  let store: Store
  let index: SearchIndexRecord
  let backbone: BackboneRecord
  let quantizer: ProductQuantizer
  let layout: SearchIndexLayout
  /// The blocks as they were.
  let held: [SearchIndexBlock]

  /// So many vectors are encoded by one worker at a time.
  private static let vectorsAtOnce = 1024

  /// The blocks of these numbers as they are to be.
  func blocks(_ numbers: [Int]) throws -> [SearchIndexBlock] {
    var new: [Int64] = []
    for place in numbers.lazy.flatMap(layout.places) {
      if case .content(let content) = layout.fillings[place] { new.append(content) }
    }
    let vectors = try store.features(of: new, by: backbone)
    let codes = store.threads.mapBlocks(of: new.count, by: Self.vectorsAtOnce) { rows in
      let codes = quantizer.codes(of: rows, of: vectors)
      return (0..<rows.count).map { codes.codes(of: $0) }
    }.flatMap { $0 }
    var next = 0
    var packed: [Int: PackedCodes] = [:]
    return try numbers.map { number in
      var (contents, rows): ([Int64], [[UInt8]]) = ([], [])
      for place in layout.places(of: number) {
        switch layout.fillings[place] {
        case .content(let content):
          contents.append(content)
          rows.append(codes[next])
          next += 1
        case .place(let other):
          contents.append(content(at: other))
          rows.append(try code(at: other, unpacking: &packed))
        case nil:
          contents.append(content(at: place))
          rows.append(try code(at: place, unpacking: &packed))
        }
      }
      return SearchIndexBlock(
        number: number, contents: contents, codes: PackedCodes(vectors: rows, parts: quantizer.parts).bytes)
    }
  }

  private func content(at place: Int) -> Int64 {
    held[place / SearchIndexBlock.size].contents[place % SearchIndexBlock.size]
  }

  private func code(at place: Int, unpacking packed: inout [Int: PackedCodes]) throws -> [UInt8] {
    let number = place / SearchIndexBlock.size
    let codes = try packed[number] ?? index.packed(held[number], parts: quantizer.parts)
    packed[number] = codes
    return codes.codes(of: place % SearchIndexBlock.size)
  }
}
