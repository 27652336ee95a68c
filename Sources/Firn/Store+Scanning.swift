internal import LinearAlgebra
internal import Search
internal import Storage

extension Store {
  /// Shows stored vectors to a scan, which knows them by their places among `contents`: all workers read them block by block, and forget
  /// them.
  ///
  /// - Throws: `StoreError` when some are missing or not as they were written.
  func findings(
    of scan: VectorScan, over contents: [Int64], by backbone: BackboneRecord,
    telling progress: (Double) -> Void = { _ in }
  ) throws -> [VectorScan.Findings] {
    let (gathering, dimension) = (VectorGathering(of: contents, by: backbone), backbone.dimension)
    let workers = Workers(Threads(min(threads.count, gathering.parts))) { Result { try self.reader() } }
    let pending = workers.begin(gathering.parts) { reader, part in
      Result {
        var findings = scan.nothing
        let missing = try gathering.readBlocks(part, with: reader.get()) { rows, vectors in
          let block = Matrix(rows: rows.count, columns: dimension, elements: vectors)
          scan.look(at: 0..<rows.count, of: block, numbered: rows, into: &findings)
        }
        return (findings: findings, missing: missing)
      }
    }
    let parts = try pending.wait(telling: progress).map { try $0.get() }
    try gathering.check(missing: parts.reduce(0) { $0 + $1.missing })
    return parts.map(\.findings)
  }
}
