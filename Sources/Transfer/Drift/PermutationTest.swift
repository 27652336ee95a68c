internal import LinearAlgebra

/// Whether chance sets two sets of rows as far apart: a statistic of the two, beside that of as many rows dealt to either side at random.
struct PermutationTest: Sendable {
  /// The statistic of the sets as they are.
  let statistic: Double
  /// (1 + how many deals come to at least as much)/(1 + how many there were).
  let pValue: Double

  /// Measures `first` and `second` rows, in this order; `statistic` is told which rows are of the first set. O(permutations · rows), and as
  /// many statistics.
  init(
    first: Int, second: Int, permutations: Int, seed: UInt64, threads: Threads,
    _ statistic: @Sendable ([Bool]) -> Double
  ) {
    let sides = Array(repeating: true, count: first) + Array(repeating: false, count: second)
    let observed = statistic(sides)
    // What is less by no more than rounding is not less.
    let bound = observed - 1e-9 * abs(observed)
    let reach = threads.map(permutations) { permutation in
      var random = SplitMix64(state: SplitMix64.mixed(seed) ^ SplitMix64.mixed(UInt64(permutation)))
      return statistic(sides.shuffled(using: &random)) >= bound
    }
    self.statistic = observed
    pValue = Double(1 + reach.count { $0 }) / Double(1 + permutations)
  }
}
