/// Which of the classes or tags some rows have, and their places among these.
struct NamesInUse: Sendable {
  /// The places that are used, ascending.
  let kept: [Int]
  /// For each place that is used, its number among those.
  let places: [Int32]

  /// The use that `indices` make of `count` names.
  init(_ indices: some Sequence<Int32>, of count: Int) {
    var isUsed = [Bool](repeating: false, count: count)
    for index in indices { isUsed[Int(index)] = true }
    let kept = isUsed.indices.filter { isUsed[$0] }
    var places = [Int32](repeating: 0, count: count)
    for (number, place) in kept.enumerated() { places[place] = Int32(number) }
    (self.kept, self.places) = (kept, places)
  }
}
