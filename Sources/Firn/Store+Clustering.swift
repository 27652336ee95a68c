internal import Datasets
internal import LinearAlgebra
internal import Search
internal import Storage

extension Store {
  /// Deals the items of a dataset's newest revision out to clusters by k-means on their vectors (see `KMeans`), and makes these their
  /// labels for a task, as a new revision. O(N·k·d) a step.
  ///
  /// The labels are `cluster-01` and on, the largest cluster first. Labels of that form are replaced; others only if that is asked for.
  /// What they were stays in the revisions before.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - count: How many clusters.
  ///   - task: The task that gets the labels, which need not be there yet.
  ///   - backbone: Whose embeddings are compared.
  ///   - seed: What decides the draws.
  ///   - runs: How often it is tried; the best counts.
  ///   - replaces: Whether labels of the task that are no clusters are replaced.
  ///   - command: What the dataset's log says made the revision.
  ///   - progress: Told after each step which run it was of, from 0, and how many steps that has taken.
  /// - Returns: The clusters.
  /// - Throws: ``FirnError/clusterTaskKind(task:_:)``, ``FirnError/clusterTaskTaken(task:dataset:labels:)``;
  ///   ``FirnError/datasetMoved(dataset:)`` when another process changed the dataset meanwhile; `SearchError` when there are fewer
  ///   different vectors than clusters; `StoreError`.
  @discardableResult
  public func cluster(
    _ dataset: String, into count: Int, for task: String, with backbone: String, seed: UInt64 = 0,
    runs: Int = 1, replacing replaces: Bool = false, command: String = "cluster",
    progress: (_ run: Int, _ steps: Int) -> Void = { _, _ in }
  ) throws -> DatasetClusters {
    let reader = try reader()
    let (revision, items, vectors) = try reader.snapshot {
      let space = try reader.backbone(named: backbone)
      let revision = try reader.latestRevision(of: dataset).number
      try reader.checkClusters(mayLabel: task, in: dataset, replacing: replaces)
      let items = try reader.itemNumbers(of: dataset, at: revision)
      return (revision, items, try features(of: items.map(\.content), by: space))
    }
    let found = try KMeans(vectors, threads: threads)
      .clusters(count, seed: seed, runs: runs, telling: progress)
    let silhouette = Silhouette(of: vectors, in: found.clusters, seed: seed, threads: threads)
    let ids = try reader.ids(of: items.map(\.item))
    let labelled = zip(ids, found.clusters).map { id, cluster in
      Item(id: id, text: "", labels: [task: .single(DatasetClusters.label(cluster, of: count))])
    }
    let newest = try relabel(labelled, of: dataset, at: revision, command: command)
    let middles = try found.nearest.map { row in
      try row.map { (id: ids[$0], text: try reader.texts(of: [items[$0].content])[0]) }
    }
    return DatasetClusters(
      dataset: dataset, revision: newest, task: task, items: items.count,
      clusters: found.sizes.indices.map { cluster in
        DatasetClusters.Cluster(
          label: DatasetClusters.label(cluster, of: count), size: found.sizes[cluster],
          silhouette: silhouette.mean(ofCluster: cluster), nearest: middles[cluster]?.id,
          text: middles[cluster]?.text)
      },
      inertia: found.inertia, silhouette: silhouette.mean, measured: silhouette.rows.count,
      steps: found.steps, converged: found.converged)
  }

  /// Writes labels that were worked out from a revision, which must be the newest still; the newest then.
  private func relabel(
    _ items: [Item], of dataset: String, at revision: Int, command: String
  ) throws -> Int {
    let writer = try writer()
    guard try writer.latestRevision(of: dataset).number == revision else {
      throw FirnError.datasetMoved(dataset: dataset)
    }
    let open = try writer.beginRevision(of: dataset, command: command)
    for start in stride(from: 0, to: items.count, by: Self.labelledItems) {
      try writer.relabel(Array(items[start..<min(items.count, start + Self.labelledItems)]), in: open)
    }
    return try finish(open, of: dataset, with: writer)
  }

  /// How many items get their labels in one transaction.
  private static let labelledItems = 4096
}

extension StoreReader {
  /// Makes sure that clusters may be the labels of a task.
  fileprivate func checkClusters(
    mayLabel task: String, in dataset: String, replacing replaces: Bool
  ) throws {
    guard let kind = try taskKinds()[task] else { return }
    guard kind == .singleLabel else { throw FirnError.clusterTaskKind(task: task, kind) }
    guard !replaces else { return }
    var others = 0
    try labels(of: dataset, task: task) { _, label in
      if case .single(let name) = label, DatasetClusters.isLabel(name) { return }
      others += 1
    }
    if others > 0 {
      throw FirnError.clusterTaskTaken(task: task, dataset: dataset, labels: others)
    }
  }
}
