extension Range<Int> {
  /// `most` of the numbers, spread evenly among them, or all where there are no more.
  package func spread(_ most: Int) -> [Int] {
    let size = Swift.min(most, count)
    return (0..<size).map { lowerBound + $0 * count / size }
  }
}
