extension StoreReader {
  /// The index of a dataset under a backbone, whatever its state; nil where there is none.
  ///
  /// - Throws: ``StoreError/damagedIndex(dataset:backbone:reason:)``; ``StoreError/notFound(what:name:near:)`` for the dataset.
  public func searchIndex(of dataset: String, by backbone: BackboneRecord) throws -> SearchIndexRecord? {
    try connection.first(
      "\(SearchIndexRecord.selection) WHERE search_index.dataset = ? AND search_index.backbone = ?",
      .integer(datasetID(dataset)), .integer(backbone.id), row: SearchIndexRecord.init)
  }

  /// The datasets and backbones that have an index, by name; each is read by itself, for it may be damaged.
  public func searchIndexes() throws -> [(dataset: String, backbone: BackboneRecord)] {
    try connection.all(
      """
      SELECT dataset.name, backbone.name FROM search_index
      JOIN dataset ON dataset.id = search_index.dataset JOIN backbone ON backbone.id = search_index.backbone
      ORDER BY dataset.name, backbone.name
      """
    ) { ($0.text(0), $0.text(1)) }.map { ($0.0, try backbone(named: $0.1)) }
  }

  /// The numbers of an index's blocks, ascending, and the bytes that they take.
  public func searchBlocks(of index: SearchIndexRecord) throws -> (numbers: [Int], bytes: Int) {
    var (numbers, bytes): ([Int], Int) = ([], 0)
    try connection.rows(
      "SELECT id, length(contents) + length(codes) FROM search_block WHERE id BETWEEN ? AND ? ORDER BY id",
      [.integer(index.blockIDs.lowerBound), .integer(index.blockIDs.upperBound)]
    ) { row in
      numbers.append(Int(row.integer(0) & 0xffff_ffff))
      bytes += row.int(1)
    }
    return (numbers, bytes)
  }

  /// One block of an index.
  ///
  /// - Throws: ``StoreError/damagedIndex(dataset:backbone:reason:)`` where it is not as it was written, or not there.
  public func searchBlock(_ number: Int, of index: SearchIndexRecord) throws -> SearchIndexBlock {
    var block: SearchIndexBlock?
    try readSearchBlocks(number..<number + 1, of: index) { number, contents, codes in
      block = SearchIndexBlock(number: number, contents: contents, codes: Array(codes))
    }
    guard let block else { throw index.damaged("its block \(number) is not there") }
    return block
  }

  /// Calls `body` with some blocks of an index in their order: the number, the contents, and the bytes of their codes, which stay as long as
  /// `body` runs. All are read into the same memory: to take some from the system for each takes longer than to read it.
  ///
  /// - Throws: ``StoreError/damagedIndex(dataset:backbone:reason:)`` where one is not as it was written, or not there; what `body` throws.
  public func readSearchBlocks(
    _ numbers: Range<Int>, of index: SearchIndexRecord,
    _ body: (_ number: Int, _ contents: [Int64], _ codes: UnsafeRawBufferPointer) throws -> Void
  ) throws {
    let first = index.id << 32 | Int64(numbers.lowerBound)
    var next = first
    try connection.withCache(kibibytes: SearchIndexBlock.cacheKibibytes) {
      try connection.rows(
        "SELECT id, contents, codes, checksum FROM search_block WHERE id BETWEEN ? AND ? ORDER BY id",
        [.integer(first), .integer(first + Int64(numbers.count) - 1)]
      ) { row in
        let (id, number) = (row.integer(0), numbers.lowerBound + Int(next - first))
        guard id == next else { throw index.damaged("its block \(number) is not there") }
        try row.withBytes(1) { contents in
          try row.withBytes(2) { codes in
            let checksum = SearchIndexBlock.checksum(id: id, contents: contents, codes: codes)
            guard contents.count.isMultiple(of: 8), contents.count <= 8 * SearchIndexBlock.size,
              Int64(checksum) == row.integer(3)
            else {
              throw index.damaged("the checksum of its block \(number) does not fit")
            }
            try body(number, SearchIndexBlock.contents(contents), codes)
          }
        }
        next += 1
      }
    }
    guard Int(next - first) == numbers.count else {
      throw index.damaged("its block \(numbers.lowerBound + Int(next - first)) is not there")
    }
  }

  /// Whether an index is still as `index` says.
  public func holds(_ index: SearchIndexRecord) throws -> Bool {
    try connection.first(
      "SELECT 1 FROM search_index WHERE id = ? AND changes = ? AND checksum = ?", .integer(index.id),
      .integer(index.changes), .integer(Int(index.checksum))
    ) { _ in true } ?? false
  }

  /// The items of a dataset that hold one of `contents` at a revision, each with its content; in no order.
  ///
  /// - Throws: ``StoreError/notFound(what:name:near:)``, ``StoreError/noRevision(dataset:number:)``.
  public func items(
    holding contents: [Int64], in dataset: String, at revision: Int
  ) throws -> [(numbers: ItemNumbers, id: String)] {
    try snapshot {
      let scope = try scope(of: dataset, at: revision)
      let sql = """
        SELECT \(ItemNumbers.columns), item.external_id
        FROM item_state CROSS JOIN item ON item.id = item_state.item
        WHERE item_state.content = ?3 AND \(stands("item_state")) AND item.dataset = ?1
        """
      return try contents.flatMap { content in
        var found: [(ItemNumbers, String)] = []
        try connection.rows(sql, [.integer(scope.dataset), .integer(scope.revision), .integer(content)]) {
          row in
          found.append((ItemNumbers(row), row.text(ItemNumbers.columnCount)))
        }
        return found
      }
    }
  }

  /// Calls `body` with what is wrong with each index.
  func damagedIndexes(_ body: (StoreError) throws -> Void) throws {
    for (dataset, backbone) in try searchIndexes() {
      do {
        guard let index = try searchIndex(of: dataset, by: backbone) else { continue }
        let numbers = try searchBlocks(of: index).numbers
        var contents = 0
        for number in numbers { contents += try searchBlock(number, of: index).contents.count }
        guard numbers == Array(0..<numbers.count), contents == index.contents || !index.isComplete else {
          throw index.damaged(
            "it has \(contents) contents in \(numbers.count) blocks, and should have \(index.contents)")
        }
      } catch let error as StoreError {
        guard case .damagedIndex = error else { throw error }
        try body(error)
      }
    }
    let strays =
      try connection.first(
        "SELECT count(*) FROM search_block WHERE NOT EXISTS (SELECT 1 FROM search_index WHERE id = search_block.id >> 32)"
      ) { $0.int(0) } ?? 0
    if strays > 0 {
      throw StoreError.damaged(path: path, what: "\(strays) blocks of an index that is not there")
    }
  }
}
