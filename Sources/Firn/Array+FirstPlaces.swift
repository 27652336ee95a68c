extension [Int64] {
  /// Where each number stands first, ascending: of the contents of items, the first item of each text.
  var firstPlaces: [Int] {
    var seen: Set<Int64> = []
    return indices.filter { seen.insert(self[$0]).inserted }
  }
}
