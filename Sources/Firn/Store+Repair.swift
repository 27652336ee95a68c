internal import Backbones
internal import Storage

extension Store {
  /// How many texts are embedded in one step.
  private static let repairedTexts = 1024

  /// Makes anew what is derived: indexes from the rows, and vectors that are damaged, or missing where a head needs them, from their
  /// texts. Vectors whose backbone cannot be opened, or only was declared, are removed.
  func repair(_ verification: inout StoreVerification) throws {
    let writer = try writer()
    do {
      try writer.rebuildIndexes()
    } catch let error as StoreError {
      verification.problems.append(
        StoreProblem("the indexes cannot be made anew: \(error)", remedy: "restore a backup"))
    }
    let removed = try writer.removeDamagedVectors()
    verification.removed = removed.values.reduce(0) { $0 + $1.count }
    for record in try writer.backbones() where !record.isDeclared {
      let contents = Set(removed[record.id] ?? []).union(try writer.missingContents(of: record)).sorted()
      guard !contents.isEmpty else { continue }
      guard
        let backbone = try open(
          record, elseReportingTo: &verification, remedy: "mend that, then extract the dataset again")
      else { continue }
      for start in stride(from: 0, to: contents.count, by: Self.repairedTexts) {
        let texts = try writer.soundTexts(
          of: contents[start..<min(contents.count, start + Self.repairedTexts)])
        let embeddings = try backbone.embed(texts.map(\.text), threads: threads)
        let rows = zip(texts, embeddings).map { text, embedding in
          EmbeddingBatch.Row(digest: text.digest, tokens: embedding.tokens, truncated: embedding.isTruncated)
        }
        try writer.write(
          EmbeddingBatch(backbone: record, rows: rows, vectors: embeddings.flatMap(\.vector)))
        verification.rebuilt += rows.count
      }
    }
  }
}
