internal import LinearAlgebra
internal import ONNX

extension NeighbourModel {
  /// Adds what the neighbours say of the features, [rows, outputs].
  ///
  /// In double precision, as it is computed here: which of two rows is the nearer must not hang on how floats are rounded. The known
  /// rows stay what the archive has; runtimes make unit vectors of them once, when they load the model.
  func addScores(to graph: inout ONNXGraph) -> String {
    let lastAxis = graph.constant("last_axis", .integers([-1]))
    let middleAxis = graph.constant("middle_axis", .integers([1]))
    let least = graph.constant("least", .doubles([.leastNormalMagnitude], shape: []))
    let one = graph.constant("one", .doubles([1], shape: []))

    /// The rows of `rows` at length 1; zeros stay zeros.
    func units(of rows: String, as name: String) -> String {
      let values = graph.apply("Cast", to: rows, with: ["to": .type(.double)], as: "\(name)_values")
      let squares = graph.apply("Mul", to: values, values, as: "\(name)_squares")
      let sums = graph.apply("ReduceSum", to: squares, lastAxis, as: "\(name)_sums")
      let norms = graph.apply("Sqrt", to: sums, as: "\(name)_norms")
      let divisors = graph.apply("Max", to: norms, least, as: "\(name)_divisors")
      return graph.apply("Div", to: values, divisors, as: name)
    }
    let known = graph.constant(
      "known_features", .matrix(features))
    let columns = graph.apply(
      "Transpose", to: units(of: known, as: "known"), with: ["perm": [1, 0]], as: "known_columns")
    let cosines = graph.apply("MatMul", to: units(of: .features, as: "asked"), columns, as: "cosines")

    // The nearest first, and of equals the first row, as the search has them.
    let voters = min(count, features.rows)
    let (nearest, neighbours) = ("nearest", "neighbours")
    graph.apply(
      "TopK", to: [cosines, graph.constant("count", .integers([voters]))], as: [nearest, neighbours])
    let last = graph.constant("last_place", .integers([voters - 1]))
    let farthest = graph.apply("Gather", to: nearest, last, with: ["axis": 1], as: "farthest")
    let distances = graph.apply("Sub", to: nearest, farthest, as: "distances")
    let temperature = graph.constant("temperature", .doubles([Self.temperature], shape: []))
    let weights = graph.apply(
      "Exp", to: graph.apply("Div", to: distances, temperature, as: "exponents"), as: "weights")

    let ballots = graph.apply(
      "Gather", to: graph.constant("ballots", targets.ballots), neighbours, as: "chosen_ballots")
    let votes = graph.apply(
      "MatMul", to: graph.apply("Unsqueeze", to: weights, middleAxis, as: "weight_rows"),
      graph.apply("Cast", to: ballots, with: ["to": .type(.double)], as: "chosen_values"), as: "vote_rows")
    // The voter who stands for all rows weighs 1.
    let shares = targets.shares
    let sum = graph.apply(
      "Add", to: graph.apply("Squeeze", to: votes, middleAxis, as: "votes"),
      graph.constant("all", .doubles(shares, shape: [1, shares.count])), as: "all_votes")
    let total = graph.apply(
      "Add", to: graph.apply("ReduceSum", to: weights, lastAxis, as: "weight"), one, as: "all_weight")
    let share = graph.apply("Div", to: sum, total, as: "shares")

    let scores: String
    switch targets {
    case .numbers: scores = share
    case .classes: scores = graph.apply("Log", to: share, as: "logarithms")
    case .tags:
      let rest = graph.apply(
        "Max", to: graph.apply("Sub", to: one, share, as: "remainders"), least, as: "other_shares")
      scores = graph.apply(
        "Sub", to: graph.apply("Log", to: share, as: "logarithms"),
        graph.apply("Log", to: rest, as: "other_logarithms"), as: "logits")
    }
    return graph.apply("Cast", to: scores, with: ["to": .type(.float)], as: "scores")
  }
}

extension Targets {
  /// What each row votes for: 1 for the classes or tags that it has, 0 for the others, or its number [rows, outputs].
  fileprivate var ballots: ONNXTensor {
    let shape = [count, answers.count]
    switch self {
    case .numbers(let numbers): return .floats(numbers.map { Float($0) }, shape: shape)
    case .classes(let labels): return Self.ballots(labels.indices.map { [$0] }, shape: shape)
    case .tags(let labels): return Self.ballots(labels.indices, shape: shape)
    }
  }

  private static func ballots(_ places: [[Int32]], shape: [Int]) -> ONNXTensor {
    var marks = [UInt8](repeating: 0, count: shape[0] * shape[1])
    for (row, places) in places.enumerated() {
      for place in places { marks[row * shape[1] + Int(place)] = 1 }
    }
    return .bytes(marks, shape: shape)
  }
}
