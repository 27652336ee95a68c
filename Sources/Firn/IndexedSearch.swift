internal import LinearAlgebra
internal import Search
internal import Storage

/// A search that reads an index: codes choose the contents whose vectors are read and scored in double precision. A neighbour that the codes
/// miss is missing; all scores are exact.
struct IndexedSearch: Sendable {
  private let store: Store
  private let dataset: String
  private let backbone: BackboneRecord
  private let index: SearchIndexRecord
  private let quantizer: ProductQuantizer
  private let depth: SearchDepth
  /// What a filter wants; nil where all is searched.
  private let wanted: WantedItems?
  /// Vectors and codes in memory, and the content of each row; nil where they are read each time.
  private let loaded: (search: ApproximateSearch, contents: [Int64])?

  /// An item that was found.
  struct Found {
    let numbers: ItemNumbers
    let id: String
    let score: Double
  }

  /// Another process has changed the index since the search was made.
  struct Changed: Error {}

  /// To read and score a vector takes as long as to look at so many codes, where vectors lie beside one another …
  private static let codesPerVector = 16
  /// … and a vector that lies alone takes as long as so many of them.
  private static let vectorsPerCandidate = 32

  /// The search of the newest revision of a dataset by its index; nil where there is none, it is not complete or of another revision, or a scan
  /// of all that is wanted is as fast.
  ///
  /// - Parameters:
  ///   - store: The store.
  ///   - dataset: The dataset.
  ///   - backbone: The backbone.
  ///   - revision: The dataset's newest revision.
  ///   - items: What a filter wants; nil where there is none, and where vectors are loaded.
  ///   - loadsVectors: Whether to hold codes and vectors in memory, for many queries, one after the other.
  ///   - reader: What to read with.
  ///   - onNote: Told why an index that there is cannot be used.
  /// - Throws: `StoreError.damagedIndex`.
  init?(
    _ store: Store, dataset: String, backbone: BackboneRecord, revision: Int, wanting items: [ItemNumbers]?,
    loadsVectors: Bool, from reader: StoreReader, onNote: (String) -> Void
  ) throws {
    guard let index = try reader.searchIndex(of: dataset, by: backbone) else { return nil }
    guard index.isComplete, index.revision == revision else {
      onNote(
        "The index of “\(dataset)” under “\(backbone.name)” is \(index.isComplete ? "outdated" : "unfinished"), and the search exact: "
          + "firn index build mends it.")
      return nil
    }
    guard let quantizer = index.quantizer(of: backbone), let depth = index.searchDepth else {
      throw index.damaged("its quantiser is none")
    }
    let wanted = items.map(WantedItems.init)
    guard
      (wanted?.contents.count ?? index.contents)
        > index.contents / Self.codesPerVector + Self.vectorsPerCandidate * depth.candidates
    else { return nil }
    (self.store, self.dataset, self.backbone) = (store, dataset, backbone)
    (self.index, self.quantizer, self.depth, self.wanted) = (index, quantizer, depth, wanted)
    guard loadsVectors else {
      loaded = nil
      return
    }
    var (contents, codes): ([Int64], [PackedCodes]) = ([], [])
    for number in 0..<Self.blocks(of: index) {
      let block = try reader.searchBlock(number, of: index)
      contents += block.contents
      codes.append(try index.packed(block, parts: quantizer.parts))
    }
    guard contents.count == index.contents else { throw index.damaged("it has \(contents.count) contents") }
    let search = ApproximateSearch(
      try store.features(of: contents, by: backbone), codes: codes, by: quantizer, depth: depth,
      threads: store.threads)
    loaded = (search, contents)
  }

  private static func blocks(of index: SearchIndexRecord) -> Int {
    (index.contents + SearchIndexBlock.size - 1) / SearchIndexBlock.size
  }

  /// The items wanted of each row of `queries`, nearest first, those of equal score in the order of their ids' bytes; some are left out.
  ///
  /// - Throws: ``Changed``; `SearchError`; `StoreError`.
  func nearest(_ wanted: Wanted, to queries: Matrix<Float>, besides named: Set<Int64>) throws -> [[Found]] {
    let (count, least) = (wanted.count ?? .max, wanted.leastScore ?? -.infinity)
    // More, should those that are left out be among them; and no more than there are.
    let most = min(wanted.adding(named.count).count ?? .max, max(1, index.contents))
    let reader = try store.reader()
    return try reader.snapshot {
      let lists = try neighbours(most, of: queries)
      return try lists.map { list in
        let items = try unfold(list.filter { $0.score >= least }, count: most, with: reader)
        return Array(items.filter { !named.contains($0.numbers.item) }.prefix(count))
      }
    }
  }

  /// The nearest contents to each query, with all that score as the last of `count` does.
  private func neighbours(_ count: Int, of queries: Matrix<Float>) throws -> [[(
    content: Int64, score: Double
  )]] {
    guard let loaded else {
      return try (0..<queries.rows).map { try read(count, nearestTo: queries.rows(at: [$0])) }
    }
    return try loaded.search.nearest(count, to: queries, keepingTies: true).map { list in
      list.map { (loaded.contents[$0.row], $0.score) }
    }
  }

  /// The same for one query, of whose neighbours only the codes and the candidates' vectors are read.
  private func read(_ count: Int, nearestTo query: Matrix<Float>) throws -> [(content: Int64, score: Double)]
  {
    let scan = try CodeScan(
      min(depth.candidates(for: count), max(1, index.contents)), nearestTo: query, by: quantizer)
    let blocks = Self.blocks(of: index)
    let lanes = min(store.threads.count, blocks)
    let (index, parts, wanted, store) = (index, quantizer.parts, wanted, store)
    let lists = try store.threads.map(lanes) { lane in
      Result {
        let reader = try store.reader()
        return try reader.snapshot {
          guard try reader.holds(index) else { throw Changed() }
          var (findings, contents): (CodeScan.Findings, [Int: [Int64]]) = (scan.nothing, [:])
          try reader.readSearchBlocks(lane * blocks / lanes..<(lane + 1) * blocks / lanes, of: index) {
            let (number, first) = ($0, $0 * SearchIndexBlock.size)
            let (held, codes) = ($1, $2)
            let isWanted = wanted.map { wanted in { (row: Int) in wanted.holds(content: held[row - first]) } }
            try index.withPacked(codes, of: held.count, parts: parts) {
              scan.look(at: $0, from: first, into: &findings, where: isWanted)
            }
            contents[number] = held
          }
          return (findings: findings, contents: contents)
        }
      }
    }.map { try $0.get() }
    let contents = lists.reduce(into: [Int: [Int64]]()) { $0.merge($1.contents) { first, _ in first } }
    guard contents.values.reduce(0, { $0 + $1.count }) == index.contents else {
      throw index.damaged("its blocks hold another number of contents than it")
    }
    let candidates = scan.rows(lists.map(\.findings))[0].compactMap { row in
      contents[Int(row) / SearchIndexBlock.size]?[Int(row) % SearchIndexBlock.size]
    }
    return try score(candidates, by: query)
  }

  /// Contents with their scores, nearest first.
  private func score(
    _ contents: [Int64], by query: Matrix<Float>
  ) throws -> [(content: Int64, score: Double)] {
    guard !contents.isEmpty else { return [] }
    let vectors = try store.features(of: contents, by: backbone)
    let scan = try VectorScan(Wanted(contents.count), nearestTo: query)
    var findings = scan.nothing
    scan.look(at: 0..<vectors.rows, of: vectors, numbered: Array(0..<vectors.rows), into: &findings)
    return scan.answers([findings])[0].map { (contents[$0.row], $0.score) }
  }

  /// The items that hold the first contents, as many as it takes.
  private func unfold(
    _ list: [(content: Int64, score: Double)], count: Int, with reader: StoreReader
  ) throws -> [Found] {
    let least = list.count >= count ? list[count - 1].score : -.infinity
    let scores = Dictionary(list.prefix { $0.score >= least }.map { ($0.content, $0.score) }) { first, _ in
      first
    }
    let found = try reader.items(holding: scores.keys.sorted(), in: dataset, at: index.revision)
    let items = found.compactMap { numbers, id in
      wanted?.holds(item: numbers.item) ?? true
        ? scores[numbers.content].map { Found(numbers: numbers, id: id, score: $0) } : nil
    }
    return items.sorted { one, other in
      one.score == other.score
        ? one.id.utf8.lexicographicallyPrecedes(other.id.utf8) : one.score > other.score
    }
  }
}

/// The items that a filter wants, and what they hold.
private struct WantedItems: Sendable {
  let contents: [Int64]
  private let items: [Int64]

  init(_ numbers: [ItemNumbers]) {
    contents = Set(numbers.map(\.content)).sorted()
    items = numbers.map(\.item).sorted()
  }

  func holds(content: Int64) -> Bool { contents.holds(content) }
  func holds(item: Int64) -> Bool { items.holds(item) }
}

extension [Int64] {
  /// Whether sorted numbers hold one.
  fileprivate func holds(_ number: Int64) -> Bool {
    var (first, end) = (startIndex, endIndex)
    while first < end {
      let middle = (first + end) / 2
      if self[middle] < number { first = middle + 1 } else { end = middle }
    }
    return first < endIndex && self[first] == number
  }
}
