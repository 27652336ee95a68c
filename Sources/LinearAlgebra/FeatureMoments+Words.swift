/// Moments and sums as 64-bit words, to be kept.
extension FeatureMoments {
  /// Width, rows, exponent and rows at the scale; the sums [d]; the products' triangle, low and high words [d · (d + 1)].
  public var words: [UInt64] {
    var words = [width, rows, exponent, rowsAtScale].map { UInt64($0) } + sums.map { UInt64(bitPattern: $0) }
    words.reserveCapacity(words.count + width * (width + 1))
    for row in 0..<width {
      for column in row..<width {
        let product = products[row * width + column]
        words.append(UInt64(truncatingIfNeeded: product))
        words.append(UInt64(truncatingIfNeeded: product >> 64))
      }
    }
    return words
  }

  /// Reads moments from the front of `words`, which they are taken from; nil where those are no moments.
  public init?(words: inout ArraySlice<UInt64>) {
    guard let head = words.take(4)?.map({ Int(truncatingIfNeeded: $0) }), head.allSatisfy({ $0 >= 0 }),
      head[0] < 1 << 20, head[1] <= FeatureMoments.mostExactRows, head[2] <= 128, head[3] <= head[1],
      let sums = words.take(head[0])?.map({ Int64(bitPattern: $0) }),
      sums.allSatisfy({ $0.magnitude <= UInt64(head[1]) << 39 }),
      let triangle = words.take(head[0] * (head[0] + 1))
    else { return nil }
    let width = head[0]
    var products = [Int128](repeating: 0, count: width * width)
    var next = triangle.startIndex
    for row in 0..<width {
      for column in row..<width {
        let product = Int128(Int64(bitPattern: triangle[next + 1])) &<< 64 | Int128(triangle[next])
        guard product.magnitude <= UInt128(head[1]) << 78 else { return nil }
        (products[row * width + column], products[column * width + row]) = (product, product)
        next += 2
      }
    }
    self.init(
      rows: head[1], exponent: head[2], rowsAtScale: head[3], sums: sums,
      products: products)
  }
}

extension GroupSums {
  /// Width and how many groups; the counts [groups]; the sums [groups · d].
  public var words: [UInt64] {
    [UInt64(width), UInt64(counts.count)] + counts.map { UInt64($0) } + sums.map { UInt64(bitPattern: $0) }
  }

  /// Reads sums from the front of `words`, which they are taken from; nil where those are no sums.
  public init?(words: inout ArraySlice<UInt64>) {
    guard let head = words.take(2)?.map({ Int(truncatingIfNeeded: $0) }), (0..<1 << 20).contains(head[0]),
      (0..<1 << 20).contains(head[1]), let counts = words.take(head[1])?.map({ Int(truncatingIfNeeded: $0) }),
      counts.allSatisfy({ (0...FeatureMoments.mostExactRows).contains($0) }),
      let sums = words.take(head[0] * head[1])?.map({ Int64(bitPattern: $0) })
    else { return nil }
    let fit = sums.enumerated().allSatisfy { index, sum in
      sum.magnitude <= UInt64(counts[index / max(1, head[0])]) << 39
    }
    guard fit else { return nil }
    self.init(width: head[0], counts: counts, sums: sums)
  }
}

extension ArraySlice<UInt64> {
  /// Takes `count` words from the front; nil where there are not so many.
  fileprivate mutating func take(_ count: Int) -> ArraySlice<UInt64>? {
    guard count <= self.count else { return nil }
    defer { removeFirst(count) }
    return prefix(count)
  }
}
