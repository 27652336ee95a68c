internal import Datasets
internal import Foundation
internal import JSON
internal import Storage

/// The groups of a dataset's items, by the values of a metadata field or the labels for another task.
struct ItemGroups {
  private let field: String
  private let dataset: String
  /// For grouping by a task, the label of each item by the bytes of its id; nil for grouping by a field.
  private let labels: [[UInt8]: [UInt8]]?

  /// Groups by `field`, a metadata field or `label.TASK`, at a revision.
  ///
  /// - Throws: `StoreError.notFound` when there is no such task.
  init(by field: String, in dataset: String, at revision: Int, from reader: StoreReader) throws {
    (self.field, self.dataset) = (field, dataset)
    guard field.hasPrefix("label.") else {
      labels = nil
      return
    }
    var labels: [[UInt8]: [UInt8]] = [:]
    try reader.labels(of: dataset, task: String(field.dropFirst("label.".count)), at: revision) {
      labels[Array($0.id.utf8)] = $1.bytes
    }
    self.labels = labels
  }

  /// The group of each item: the JSON of its value; nil for one without.
  ///
  /// - Throws: ``FirnError/noGroups(field:dataset:fields:)`` when no item has a value.
  func groups(of items: [StoredItem]) throws -> [[UInt8]?] {
    let groups = try items.map { item in
      if let labels { return labels[Array(item.id.utf8)] }
      guard let value = try Self.metadata(of: item)[field] else { return nil }
      if case .null = value { return nil }
      return Array(value.canonicalText.utf8)
    }
    guard groups.contains(where: { $0 != nil }) else {
      let fields = try Set(items.flatMap { try Self.metadata(of: $0).members.map(\.name) })
      throw FirnError.noGroups(field: field, dataset: dataset, fields: fields.sorted())
    }
    return groups
  }

  private static func metadata(of item: StoredItem) throws -> JSONObject {
    guard case .object(let object) = try JSONValue(parsing: Array(item.metadata.utf8)[...]) else {
      return JSONObject(distinct: [])
    }
    return object
  }
}

extension Label {
  /// The label as a group is known by.
  fileprivate var bytes: [UInt8] {
    switch self {
    case .single(let name): Array(name.utf8)
    case .multiple(let names): names.flatMap { Array($0.utf8) + [0] }
    case .number(let number): Array("\(number)".utf8)
    }
  }
}
