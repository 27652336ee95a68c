internal import LinearAlgebra
internal import Search
internal import Storage

extension Store {
  /// Builds the approximate index of a dataset's items under a backbone, or brings it up to the newest revision. Searches then use it by
  /// themselves. Interrupted, it goes on when it is called again.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - name: The backbone, which has embedded all of the dataset.
  ///   - progress: Told which share is done.
  /// - Returns: What the index is.
  /// - Throws: `StoreError` when the dataset or backbone is not there or items are not embedded.
  @discardableResult
  public func buildSearchIndex(
    of dataset: String, with name: String, telling progress: (Double) -> Void = { _ in }
  ) throws -> SearchIndexSummary {
    let writer = try writer()
    let backbone = try writer.backbone(named: name)
    _ = try SearchIndexing(store: self, writer: writer, dataset: dataset, backbone: backbone)
      .run(measures: true, telling: progress)
    return try summary(of: dataset, by: backbone, from: writer)
  }

  /// What indexes there are, by dataset and backbone.
  public func searchIndexes() throws -> [SearchIndexSummary] {
    let reader = try reader()
    return try reader.snapshot {
      try reader.searchIndexes().map { try summary(of: $0.dataset, by: $0.backbone, from: reader) }
    }
  }

  /// Removes the index of a dataset under a backbone; searches are exact from then on.
  ///
  /// - Throws: `StoreError.notFound` where there is none.
  public func removeSearchIndex(of dataset: String, with name: String) throws {
    let writer = try writer()
    guard try writer.removeSearchIndex(of: dataset, by: writer.backbone(named: name)) else {
      throw StoreError.notFound(what: "index of “\(dataset)” under the backbone", name: name, near: [])
    }
  }

  /// Closes a revision of a dataset, nil where nothing was written, and brings the indexes of the dataset up to the newest.
  ///
  /// - Returns: The number of the newest.
  func finish(_ revision: Revision?, of dataset: String, with writer: StoreWriter) throws -> Int {
    let newest = try writer.finish(revision, of: dataset)
    try updateSearchIndexes(of: dataset, with: writer)
    return newest
  }

  /// Brings the indexes of a dataset that there are up to its newest revision. One that cannot be, for a backbone has not embedded all of the
  /// items or a vector is damaged, stays as it is, and is not used.
  func updateSearchIndexes(of dataset: String, with writer: StoreWriter) throws {
    for (indexed, backbone) in try writer.searchIndexes() where indexed == dataset {
      do {
        let (index, newest) = (
          try? writer.searchIndex(of: dataset, by: backbone), try writer.latestRevision(of: dataset).number
        )
        if let index, index.isComplete, index.revision == newest { continue }
        _ = try SearchIndexing(store: self, writer: writer, dataset: dataset, backbone: backbone)
          .run(measures: false) { _ in }
      } catch StoreError.missingVectors {
        continue
      } catch StoreError.damagedVector {
        continue
      }
    }
  }

  private func summary(
    of dataset: String, by backbone: BackboneRecord, from reader: StoreReader
  ) throws -> SearchIndexSummary {
    func summary(_ state: SearchIndexSummary.State) -> SearchIndexSummary {
      SearchIndexSummary(dataset: dataset, backbone: backbone.name, state: state)
    }
    do {
      guard let index = try reader.searchIndex(of: dataset, by: backbone) else { return summary(.damaged) }
      let isCurrent = try index.revision == reader.latestRevision(of: dataset).number
      var found = summary(!index.isComplete ? .unfinished : isCurrent ? .current : .outdated)
      let blocks = try reader.searchBlocks(of: index)
      (found.revision, found.contents, found.bytes) = (
        index.revision, index.contents, blocks.bytes + index.quantizer.count
      )
      if let depth = index.searchDepth {
        (found.candidates, found.recallInside, found.recallOutside) = (
          depth.candidates, depth.inside, depth.outside
        )
      }
      return found
    } catch StoreError.damagedIndex {
      return summary(.damaged)
    }
  }
}
