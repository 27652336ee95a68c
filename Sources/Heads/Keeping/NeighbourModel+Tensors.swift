internal import LinearAlgebra

/// A neighbour model as tensors, all float32: `features` [rows, features], `count` [1], and the rows' answers, `targets` [entries],
/// places among the classes or tags, or numbers. Rows of a multi-label task have any number of entries; `lengths` [rows] says how
/// many.
extension NeighbourModel {
  var tensors: [String: (shape: [Int], values: [Float])] {
    var tensors: [String: (shape: [Int], values: [Float])] = [
      "features": ([features.rows, features.columns], features.elements), "count": ([1], [Float(count)]),
    ]
    let values: [Float]
    switch targets {
    case .classes(let labels): values = labels.indices.map { Float($0) }
    case .numbers(let numbers): values = numbers.map { Float($0) }
    case .tags(let labels):
      values = labels.indices.flatMap { $0.map { Float($0) } }
      tensors["lengths"] = ([labels.count], labels.indices.map { Float($0.count) })
    }
    tensors["targets"] = ([values.count], values)
    return tensors
  }

  init(answers: Answers, in file: ArchiveFile) throws(HeadError) {
    let features = try file.tensor("features", dimensions: 2)
    let values = try file.tensor("targets", dimensions: 1).values
    let count = try file.places("count", below: 1 << 24).first ?? 0
    let targets: Targets =
      switch answers {
      case .oneOf(let names):
        .classes(try ClassLabels(classes: names, indices: file.places("targets", below: names.count)))
      case .anyOf(let names):
        .tags(
          try TagLabels(
            tags: names, indices: Self.rows(of: file.places("targets", below: names.count), in: file)))
      case .number: .numbers(values.map { Double($0) })
      }
    try self.init(
      features: Matrix(rows: features.shape[0], columns: features.shape[1], elements: features.values),
      targets: targets, count: Int(count))
  }

  /// Entries cut into rows, as many for each as `lengths` says.
  private static func rows(of entries: [Int32], in file: ArchiveFile) throws(HeadError) -> [[Int32]] {
    var next = 0
    var rows: [[Int32]] = []
    for length in try file.places("lengths", below: entries.count + 1) {
      guard next + Int(length) <= entries.count else { break }
      rows.append(Array(entries[next..<next + Int(length)]))
      next += Int(length)
    }
    guard next == entries.count else {
      throw .archive(key: "lengths", problem: "they do not add up to the \(entries.count) entries of targets")
    }
    return rows
  }
}

extension ArchiveFile {
  /// The values of a tensor, which must be whole numbers from 0 up to, but not including, `bound`.
  fileprivate func places(_ name: String, below bound: Int) throws(HeadError) -> [Int32] {
    let values = try tensor(name, dimensions: 1).values
    guard values.allSatisfy({ $0 >= 0 && $0 < Float(bound) && $0 == $0.rounded() }) else {
      throw .archive(key: name, problem: "not all of its values are whole numbers below \(bound)")
    }
    return values.map { Int32($0) }
  }
}
