/// Σ xᵢ·yᵢ, in eight partial sums so that the processor need not wait for each addition.
func dot(_ x: [Double], _ y: [Double]) -> Double {
  precondition(x.count == y.count, "both vectors are as long")
  var sums = SIMD8<Double>()
  let whole = x.count & ~7
  for start in stride(from: 0, to: whole, by: 8) {
    for lane in 0..<8 { sums[lane] += x[start + lane] * y[start + lane] }
  }
  return (whole..<x.count).reduce(sums.sum()) { $0 + x[$1] * y[$1] }
}

/// Σ xᵢ².
func squaredNorm(_ x: [Double]) -> Double {
  dot(x, x)
}

extension [Double] {
  /// Adds `factor` times `other`, element by element.
  mutating func add(_ other: [Double], times factor: Double) {
    precondition(count == other.count, "both vectors are as long")
    for index in indices { self[index] += factor * other[index] }
  }
}
