import Foundation

/// How far a piece of work has come, and how long it will still take. Knows no clock: times are given, in
/// seconds.
struct ProgressLine: Sendable {
  /// How long, in seconds, a past speed weighs on the present one. The mean since the start would mislead:
  /// work that was done before goes by in no time, and long texts take longer than short ones.
  private static let memory = 10.0
  /// Before this many seconds no speed is told.
  private static let patience = 1.0
  private static let barWidths = 10...30

  private let label: String
  private let unit: String
  private let start: Double
  private var now: Double
  private var count = 0
  private var fraction: Double?
  /// Sums over the recent past, in which a step weighs the less the longer it is ago.
  private var recentSeconds = 0.0
  private var recentCount = 0.0
  private var recentFraction = 0.0

  /// Work that begins at the time `now`.
  /// - Parameters:
  ///   - label: What is done: `extract`.
  ///   - unit: What is counted, in the plural: `texts`.
  ///   - now: The time.
  init(_ label: String, unit: String, now: Double) {
    self.label = label.visible
    self.unit = unit
    start = now
    self.now = now
  }

  /// Tells that `count` things are done at the time `now`, which are this share of all, from 0 to 1, if that
  /// is known.
  mutating func update(count: Int, fraction: Double? = nil, now: Double) {
    let fraction = fraction.flatMap { $0.isNaN ? nil : min(max($0, 0), 1) }
    let step = max(0, now - self.now)
    let weight = exp(-step / Self.memory)
    recentSeconds = recentSeconds * weight + step
    recentCount = recentCount * weight + Double(count - self.count)
    recentFraction = recentFraction * weight + ((fraction ?? 0) - (self.fraction ?? 0))
    self.now = max(now, self.now)
    self.count = count
    self.fraction = fraction
  }

  /// One line of at most `width` columns that says it all, or as much as there is room for.
  func text(width: Int) -> String {
    let counted = "\(Readable.count(count)) \(unit)"
    let speed = [rate, remaining].compactMap(\.self)
    var parts = [label, counted] + speed
    if let fraction {
      // Rounded down: 100 % is for what is done.
      let percent = "\(Int(fraction * 100)) %"
      let tail = [String(repeating: " ", count: 5 - percent.count) + percent, counted] + speed
      let room = width - Self.join([label, ""] + tail).displayWidth
      if room >= Self.barWidths.lowerBound {
        return Self.join([label, Self.bar(fraction, width: min(room, Self.barWidths.upperBound))] + tail)
      }
      parts = [label, percent] + speed
    }
    while parts.count > 2, Self.join(parts).displayWidth > width { parts.removeLast() }
    return Self.join(parts).cut(to: width)
  }

  private var rate: String? {
    guard now - start >= Self.patience, recentSeconds > 0 else { return nil }
    return Readable.rate(max(0, recentCount / recentSeconds), unit: unit)
  }

  /// The time that is left, or where the share is unknown the time that has passed.
  private var remaining: String? {
    guard let fraction else { return Readable.duration(seconds: now - start) }
    guard now - start >= Self.patience, recentFraction > 0 else { return nil }
    return Readable.duration(seconds: (1 - fraction) * recentSeconds / recentFraction) + " left"
  }

  private static func join(_ parts: [String]) -> String {
    parts.joined(separator: "  ")
  }

  private static func bar(_ fraction: Double, width: Int) -> String {
    let done = Int(fraction * Double(width))
    return String(repeating: "━", count: done) + String(repeating: "─", count: width - done)
  }
}
