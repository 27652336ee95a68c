internal import Datasets
internal import Foundation
internal import Storage
internal import TensorFiles

/// The forms in which a dataset leaves a store.
enum ExportForm: Equatable {
  /// Items alone, as JSON Lines.
  case items
  /// Features in one file, and the items of its rows as JSON Lines in another, beside it.
  case features(FeatureFormat)
  /// One table: items, labels and, if a backbone is named, features.
  case table

  /// The form that a file's name tells.
  init?(extensionOf path: String) {
    if let format = FeatureFormat(extensionOf: path) {
      self = .features(format)
      return
    }
    switch InputFormat(extensionOf: path) {
    case .jsonLines: self = .items
    case .csv: self = .table
    case .tsv, .folder, nil: return nil
    }
  }
}

/// The writing of a dataset's items and features, a block at a time.
struct DatasetExport {
  /// What one block's vectors may take, in floats.
  private static let blockFloats = 1 << 22

  let reader: StoreReader
  let dataset: String
  let revision: Int
  let filter: ItemFilter?
  let backbone: BackboneRecord?

  /// Writes the files, which appear under their names when they are complete. Returns how many items there are, and the files.
  func write(
    _ form: ExportForm, to path: String, telling progress: (Double) -> Void
  ) throws -> (items: Int, files: [String]) {
    let count = try reader.itemNumbers(of: dataset, at: revision, where: filter).count
    let tasks = try reader.dataset(named: dataset, at: revision).tasks.map(\.task)
    var files: [NewFile] = []
    let items: NewFile
    var features: NewFile?
    switch form {
    case .items, .table:
      items = try NewFile(path)
      files = [items]
    case .features(let format):
      let table = try NewFile(path)
      try table.write(format.head(rows: count, dimension: backbone?.dimension ?? 0))
      items = try NewFile(Self.itemsFile(beside: path))
      features = table
      files = [table, items]
    }
    if form == .table {
      try items.write(line: ItemEncoder.header(tasks: tasks, features: backbone?.dimension ?? 0))
    }
    var done = 0
    try blocks { block in
      let vectors = try backbone.map { try reader.vectors(of: block.map(\.content), by: $0) } ?? []
      let dimension = backbone?.dimension ?? 0
      for (index, entry) in block.enumerated() {
        let row = vectors[index * dimension..<(index + 1) * dimension]
        try items.write(
          line: form == .table
            ? ItemEncoder.tableRow(entry.item, tasks: tasks, features: row) : ItemEncoder.jsonLine(entry.item)
        )
      }
      try features?.write(vectors)
      done += block.count
      progress(Double(done) / Double(max(1, count)))
    }
    for file in files { try file.finish() }
    return (done, files.map(\.path))
  }

  /// Where the items of a file of features go.
  private static func itemsFile(beside path: String) -> String {
    (path as NSString).deletingPathExtension + ".jsonl"
  }

  private typealias Entry = (item: Item, content: Int64)

  private func blocks(_ body: ([Entry]) throws -> Void) throws {
    let size = backbone.map { max(1, Self.blockFloats / $0.dimension) } ?? 4096
    var block: [Entry] = []
    try reader.wholeItems(of: dataset, at: revision, where: filter) { item, content in
      block.append((item, content))
      if block.count == size {
        try body(block)
        block.removeAll(keepingCapacity: true)
      }
    }
    if !block.isEmpty { try body(block) }
  }
}
