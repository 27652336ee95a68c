internal import LinearAlgebra

/// The right answers of rows, of the kind that their task asks for.
public enum Targets: Sendable {
  /// Of each row one class.
  case classes(ClassLabels)
  /// Of each row any number of tags.
  case tags(TagLabels)
  /// Of each row a number, finite.
  case numbers([Double])

  /// How many rows.
  public var count: Int {
    switch self {
    case .classes(let labels): labels.count
    case .tags(let labels): labels.count
    case .numbers(let numbers): numbers.count
    }
  }

  /// What a head that learns from them answers.
  public var answers: Answers {
    switch self {
    case .classes(let labels): .oneOf(labels.classes)
    case .tags(let labels): .anyOf(labels.tags)
    case .numbers: .number
    }
  }

  /// What a split gives both sides the same share of: each class; where there are none, all rows together.
  public var strata: ClassLabels {
    if case .classes(let labels) = self { labels } else { ClassLabels(Array(repeating: "", count: count)) }
  }

  /// Those of the rows at `rows`, in that order.
  public func rows(at rows: some Collection<Int>) -> Targets {
    switch self {
    case .classes(let labels): .classes(labels.rows(at: rows))
    case .tags(let labels): .tags(labels.rows(at: rows))
    case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
    }
  }

  /// Those of the rows at `rows`, in that order, with the places of all classes and tags kept, whether these rows have them or not.
  public func rows(keepingNamesAt rows: [Int]) -> Targets {
    switch self {
    case .classes(let labels): .classes(labels.rows(keepingNamesAt: rows))
    case .tags(let labels): .tags(labels.rows(keepingNamesAt: rows))
    case .numbers(let numbers): .numbers(rows.map { numbers[$0] })
    }
  }

  /// Writes what a regression is to give of a row, a value an output: ±1 for the classes or tags that it has and has not, or the
  /// number itself.
  func write(row: Int, into outputs: inout [Double]) {
    write(row..<row + 1, into: &outputs, column: 0, of: outputs.count)
  }

  /// Writes the same of some rows into the columns from `column` on of a matrix of as many rows and `columns` columns.
  func write(_ rows: Range<Int>, into elements: inout [Double], column: Int, of columns: Int) {
    let starts = rows.indices.map { ($0 - rows.lowerBound) * columns + column }
    if case .numbers(let numbers) = self {
      for (row, start) in zip(rows, starts) { elements[start] = numbers[row] }
      return
    }
    let outputs = answers.count
    for start in starts {
      for index in start..<start + outputs { elements[index] = -1 }
    }
    switch self {
    case .classes(let labels):
      for (row, start) in zip(rows, starts) { elements[start + Int(labels.indices[row])] = 1 }
    case .tags(let labels):
      for (row, start) in zip(rows, starts) {
        for tag in labels.indices[row] { elements[start + Int(tag)] = 1 }
      }
    case .numbers: break
    }
  }

  /// How many decisions the outputs of all rows make: one a row, or one a row and tag; nil for numbers.
  var decisions: Int? {
    switch self {
    case .classes(let labels): labels.count
    case .tags(let labels): labels.count * labels.tags.count
    case .numbers: nil
    }
  }

  /// How many of a row's decisions are right, where each output stands for its class or tag, above zero for one that is there.
  func rightDecisions(in outputs: Span<Double>, for targets: Span<Double>) -> Int {
    switch self {
    case .classes:
      var best = 0
      for index in outputs.indices where outputs[index] > outputs[best] { best = index }
      return targets[best] > 0 ? 1 : 0
    case .tags: return outputs.indices.count { (outputs[$0] > 0) == (targets[$0] > 0) }
    case .numbers: return 0
    }
  }

  /// How many decisions the scores of all rows [N × outputs] make rightly.
  func rightDecisions(in scores: Matrix<Float>) -> Int {
    var truth = [Double](repeating: 0, count: scores.columns)
    return (0..<scores.rows).reduce(0) { right, row in
      write(row: row, into: &truth)
      return right + rightDecisions(in: scores.row(row).map { Double($0) }.span, for: truth.span)
    }
  }
}
