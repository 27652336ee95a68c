/// Several tests as one (Holm 1979).
public enum Holm {
  /// The p-values, each times the number of those that are no smaller, and none below an adjusted smaller one: where nothing differs, the
  /// probability that any of them is at most a level is at most that level, however the tests depend on each other. O(tests · log tests).
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    var (adjusted, least) = (pValues, 0.0)
    let order = pValues.indices.sorted { (pValues[$0], $0) < (pValues[$1], $1) }
    for (rank, place) in order.enumerated() {
      least = max(least, min(1, Double(pValues.count - rank) * pValues[place]))
      adjusted[place] = least
    }
    return adjusted
  }
}
