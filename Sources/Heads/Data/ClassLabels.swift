/// The class of each row of a single-label task.
///
/// Classes are told apart and sorted by their UTF-8 bytes: two spellings of an accented letter are two classes.
public struct ClassLabels: Sendable {
  /// The classes, sorted by their UTF-8 bytes, each once.
  public let classes: [String]
  /// For each row, the place of its class in `classes`.
  public let indices: [Int32]

  /// The labels as they are; the classes are those that occur.
  public init(_ labels: [String]) {
    var places: [[UInt8]: Int32] = [:]
    for label in labels { places[Array(label.utf8)] = 0 }
    let sorted = places.keys.sorted { $0.lexicographicallyPrecedes($1) }
    for (place, key) in sorted.enumerated() { places[key] = Int32(place) }
    classes = sorted.map { String(decoding: $0, as: UTF8.self) }
    indices = labels.map { places[Array($0.utf8)] ?? 0 }
  }

  /// Labels that are numbered already. Throws when the classes are not sorted by their UTF-8 bytes, each once, or an
  /// index names none of them.
  public init(classes: [String], indices: [Int32]) throws(HeadError) {
    try Self.check(classes)
    guard let row = indices.firstIndex(where: { $0 < 0 || Int($0) >= classes.count }) else {
      self.classes = classes
      self.indices = indices
      return
    }
    throw .classes(problem: "row \(row) has the index \(indices[row]) of \(classes.count) classes")
  }

  /// How many rows.
  public var count: Int { indices.count }

  /// How many rows each class has.
  public var counts: [Int] {
    indices.reduce(into: [Int](repeating: 0, count: classes.count)) { $0[Int($1)] += 1 }
  }

  /// The class with the most rows, the first of equals; nil when there are no classes.
  public var mostFrequentClass: String? {
    let counts = self.counts
    return counts.indices.max { counts[$0] < counts[$1] || (counts[$0] == counts[$1] && $0 > $1) }
      .map { classes[$0] }
  }

  /// The share of rows that one answer for all of them gets right: a head's simplest rival. NaN when there are no rows.
  public func accuracy(ofAlwaysAnswering answer: String) -> Double {
    let right = classes.firstIndex { $0.utf8.elementsEqual(answer.utf8) }.map { counts[$0] } ?? 0
    return Double(right) / Double(count)
  }

  /// The labels of the rows at `rows`, in that order, over the classes that these rows have.
  public func rows(at rows: some Collection<Int>) -> ClassLabels {
    let used = NamesInUse(rows.lazy.map { indices[$0] }, of: classes.count)
    return ClassLabels(
      numbered: rows.map { used.places[Int(indices[$0])] }, of: used.kept.map { classes[$0] })
  }

  /// The labels of the rows at `rows`, in that order, over all classes.
  func rows(keepingNamesAt rows: [Int]) -> ClassLabels {
    ClassLabels(numbered: rows.map { indices[$0] }, of: classes)
  }

  private init(numbered indices: [Int32], of classes: [String]) {
    (self.classes, self.indices) = (classes, indices)
  }

  /// For each of `names` its place among `others`, byte by byte; nil where it is not among them.
  package static func places(of names: [String], among others: [String]) -> [Int?] {
    let places = Dictionary(
      others.enumerated().map { (Array($1.utf8), $0) }, uniquingKeysWith: { one, _ in one })
    return names.map { places[Array($0.utf8)] }
  }

  /// For each of `names` its place among `others`, which hold them all.
  static func indices(of names: [String], among others: [String]) -> [Int] {
    places(of: names, among: others).map { $0 ?? 0 }
  }

  /// Throws unless `classes` are sorted by their UTF-8 bytes, each once.
  static func check(_ classes: [String]) throws(HeadError) {
    for (class_, next) in zip(classes, classes.dropFirst())
    where !class_.utf8.lexicographicallyPrecedes(next.utf8) {
      throw .classes(problem: "“\(class_)” does not come before “\(next)” by its UTF-8 bytes")
    }
  }
}
