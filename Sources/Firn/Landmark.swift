internal import LinearAlgebra
internal import Search
internal import Storage

/// A place among the vectors of a dataset, whose neighbours can be asked for.
public enum Landmark: Sendable, Hashable {
  /// The mean of some items less the mean of others (Rocchio 1971). None of them is its neighbour.
  case items([String], minus: [String] = [])
  /// The mean of all items that have a class or tag for a task.
  case centre(ofClass: String, task: String)

  /// An item itself.
  public static func item(_ id: String) -> Landmark { .items([id]) }
}

/// A landmark that was found.
struct LandmarkPlace {
  /// Where it is. By cosine only directions count, and so each vector of a mean has the length 1.
  let vector: Matrix<Float>
  /// The numbers of the items that it names.
  let named: Set<Int64>

  /// Finds a landmark at a revision of a dataset, by the `features` of contents.
  ///
  /// - Throws: ``FirnError/noItem(id:dataset:)``, ``FirnError/noClass(label:task:dataset:)``; `StoreError` when items are not embedded.
  init(
    _ landmark: Landmark, in dataset: String, at revision: Int, metric: Metric, from store: Store,
    features: ([Int64]) throws -> Matrix<Float>
  ) throws {
    let reader = try store.reader()
    func mean(_ items: [ItemNumbers]) throws -> [Double] {
      let vectors = try features(items.map(\.content))
      return (metric == .cosine ? vectors.unitRows(threads: store.threads) : vectors)
        .columnMeans(threads: store.threads)
    }
    func numbers(_ ids: [String]) throws -> [ItemNumbers] {
      try ids.map { id in
        guard let item = try reader.numbers(ofItem: id, in: dataset, at: revision) else {
          throw FirnError.noItem(id: id, dataset: dataset)
        }
        return item
      }
    }
    let place: [Double]
    switch landmark {
    case .items(let ids, let others):
      let (items, others) = (try numbers(ids), try numbers(others))
      named = Set((items + others).map(\.item))
      guard items.count > 1 || !others.isEmpty else {
        // Not a mean: the vector as it is stored.
        vector = try features(items.map(\.content))
        return
      }
      place = zip(try mean(items), try mean(others)).map { $0 - $1 }
    case .centre(let label, let task):
      let items = try reader.itemNumbers(of: dataset, at: revision, where: ItemFilter(label: label, of: task))
      guard !items.isEmpty else { throw FirnError.noClass(label: label, task: task, dataset: dataset) }
      named = []
      place = try mean(items)
    }
    vector = Matrix(rows: 1, columns: place.count, elements: place.map { Float($0) })
  }
}
