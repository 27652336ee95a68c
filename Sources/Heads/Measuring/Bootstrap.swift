internal import Foundation
public import LinearAlgebra

/// Between what a measure lies with a confidence, of 95 % where nothing else is said.
public struct Interval: Sendable, Hashable, Codable {
  /// The lower end.
  public let low: Double
  /// The upper end.
  public let high: Double

  /// The same, its ends within bounds.
  public func clamped(to bounds: ClosedRange<Double>) -> Interval {
    let ends = [low, high].map { min(max($0, bounds.lowerBound), bounds.upperBound) }
    return Interval(low: ends[0], high: ends[1])
  }
}

/// Intervals of measures by measuring samples of the rows, drawn with replacement (Efron 1979): from the 2.5th to the 97.5th percentile, unless another confidence is asked for.
public struct Bootstrap: Sendable {
  private let seed: UInt64
  private let resamples: Int

  /// A thousand samples, drawn from a seed.
  public init(seed: UInt64) {
    self.init(seed: seed, resamples: 1000)
  }

  /// So many samples, drawn from a seed; without any there are no intervals.
  init(seed: UInt64, resamples: Int) {
    self.seed = seed
    self.resamples = resamples
  }

  /// The rows of one sample, drawn one after the other.
  struct Draw: Sequence, IteratorProtocol {
    fileprivate var random: SplitMix64
    fileprivate var remaining: Int
    fileprivate let rows: UInt64

    mutating func next() -> Int? {
      guard remaining > 0 else { return nil }
      remaining -= 1
      return Int(random.next().multipliedFullWidth(by: rows).high)
    }
  }

  /// An interval of each value that `measure` gives; samples where a value is not a number are left out of its interval.
  func intervals(rows: Int, threads: Threads, _ measure: @Sendable (Draw) -> [Double]) -> [Interval] {
    let samples = samples(rows: rows, threads: threads, measure)
    return (samples.first ?? []).indices.map { value in
      let sorted = samples.map { $0[value] }.filter { !$0.isNaN }.sorted()
      return Interval(low: Self.quantile(0.025, of: sorted), high: Self.quantile(0.975, of: sorted))
    }
  }

  /// The interval of the mean of `values`, of which there is at least one, with a confidence from 0 to 1.
  public func interval(ofMean values: [Double], confidence: Double = 0.95, threads: Threads) -> Interval {
    let means = means(of: values, threads: threads).sorted()
    let tail = (1 - confidence) / 2
    return Interval(low: Self.quantile(tail, of: means), high: Self.quantile(1 - tail, of: means))
  }

  /// The interval of the sum of two means, of `values` and `others`, of which there is at least one each; either are drawn for themselves.
  public func interval(ofMean values: [Double], plusMeanOf others: [Double], threads: Threads) -> Interval {
    let second = Bootstrap(seed: ~seed, resamples: resamples)
    let sums = zip(
      means(of: values, threads: threads), second.means(of: others, threads: threads)
    ).map(+).sorted()
    return Interval(low: Self.quantile(0.025, of: sums), high: Self.quantile(0.975, of: sums))
  }

  /// What the mean of `values`, of which there is at least one, may be at the most with a confidence from 0 to 1.
  public func upperBound(ofMean values: [Double], confidence: Double, threads: Threads) -> Double {
    Self.quantile(confidence, of: means(of: values, threads: threads).sorted())
  }

  private func means(of values: [Double], threads: Threads) -> [Double] {
    samples(rows: values.count, threads: threads) { draw in
      draw.reduce(0) { $0 + values[$1] } / Double(values.count)
    }
  }

  private func samples<Measured: Sendable>(
    rows: Int, threads: Threads, _ measure: @Sendable (Draw) -> Measured
  ) -> [Measured] {
    threads.map(resamples) { sample in
      let state = SplitMix64.mixed(seed) ^ SplitMix64.mixed(UInt64(sample))
      return measure(Draw(random: SplitMix64(state: state), remaining: rows, rows: UInt64(rows)))
    }
  }

  /// The quantile between the two sorted values next to it, as NumPy's default has it.
  private static func quantile(_ share: Double, of sorted: [Double]) -> Double {
    guard let last = sorted.last else { return .nan }
    let place = share * Double(sorted.count - 1)
    let (below, part) = (Int(place), place - place.rounded(.down))
    return below + 1 < sorted.count ? sorted[below] + part * (sorted[below + 1] - sorted[below]) : last
  }
}
