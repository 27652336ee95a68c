public import LinearAlgebra
internal import Search

/// Rows drawn so that they are unlike one another: the seeding of k-means++ (Arthur and Vassilvitskii 2007), where each row has a
/// weight as well.
///
/// A row comes next with a probability in proportion to its weight and to its squared distance, at length 1, from the nearest that was
/// drawn. To take the farthest each time instead would gather what is odd, from which little is learnt.
public enum DiverseDraw {
  /// Draws `count` rows of `features` [N × d]. O(count·N·d).
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - features: The rows.
  ///   - weights: The weight of each row [N], not negative and finite.
  ///   - seed: What decides the draws; the same one gives the same rows.
  ///   - threads: The workers.
  /// - Returns: Their places in the order drawn; fewer only where there are fewer rows. Copies of what was drawn come last.
  public static func rows(
    _ count: Int, of features: Matrix<Float>, weights: [Double], seed: UInt64 = 0, threads: Threads
  ) -> [Int] {
    precondition(weights.count == features.rows, "one weight a row")
    let units = features.unitRows(threads: threads)
    // Half of the squared distances, which are at most 2 for texts.
    var distances = [Double](repeating: 1, count: features.rows)
    var random = SplitMix64(state: seed)
    var drawn: [Int] = []
    var isLeft = [Bool](repeating: true, count: features.rows)
    while drawn.count < min(count, features.rows) {
      let share = random.share()
      let chances = zip(weights, distances).map { $0 * $1 }
      guard
        let row = chances.place(ofShare: share) ?? distances.place(ofShare: share)
          ?? isLeft.firstIndex(of: true)
      else { break }
      drawn.append(row)
      isLeft[row] = false
      let cosines = PackedMatrix(units.rows(at: [row]), transposed: true).product(units, threads: threads)
      for other in distances.indices {
        let distance = 1 - Double(cosines[other, 0])
        // Copies differ by the rounding of a product.
        distances[other] = min(distances[other], distance < 1e-6 ? 0 : distance)
      }
      distances[row] = 0
    }
    return drawn
  }
}
