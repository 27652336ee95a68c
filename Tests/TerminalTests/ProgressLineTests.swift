import Testing

@testable import Terminal

@Suite("Progress")
struct ProgressLineTests {
  /// 1,000 texts a second for 20 seconds, of 100,000 in all.
  private func halfway(knowsTotal: Bool = true) -> ProgressLine {
    var progress = ProgressLine("extract", unit: "texts", now: 100)
    for second in 1...20 {
      let share = knowsTotal ? Double(second) / 100 : nil
      progress.update(count: second * 1_000, fraction: share, now: 100 + Double(second))
    }
    return progress
  }

  @Test("says all there is room for")
  func layout() {
    let progress = halfway()
    #expect(
      progress.text(width: 100)
        == "extract  ━━━━━━────────────────────────   20 %  20,000 texts  1,000 texts/s  1 min 20 s left")
    #expect(
      progress.text(width: 75)
        == "extract  ━━───────────   20 %  20,000 texts  1,000 texts/s  1 min 20 s left")
    #expect(progress.text(width: 60) == "extract  20 %  1,000 texts/s  1 min 20 s left")
    #expect(progress.text(width: 20) == "extract  20 %")
    #expect(progress.text(width: 10) == "extract  …")
    #expect(progress.text(width: 0) == "")
  }

  @Test("without a total counts, and tells the time that has passed")
  func unknownTotal() {
    let progress = halfway(knowsTotal: false)
    #expect(progress.text(width: 80) == "extract  20,000 texts  1,000 texts/s  20 s")
    #expect(progress.text(width: 40) == "extract  20,000 texts  1,000 texts/s")
    #expect(progress.text(width: 30) == "extract  20,000 texts")
  }

  @Test("never exceeds its width", arguments: 0...120)
  func width(width: Int) {
    #expect(halfway().text(width: width).displayWidth <= width)
    #expect(halfway(knowsTotal: false).text(width: width).displayWidth <= width)
  }

  @Test("tells no speed before it has seen any")
  func beginning() {
    var progress = ProgressLine("extract", unit: "texts", now: 0)
    #expect(progress.text(width: 80) == "extract  0 texts  0.0 s")
    progress.update(count: 10, fraction: 0.5, now: 0.5)
    #expect(progress.text(width: 80) == "extract  ━━━━━━━━━━━━━━━───────────────   50 %  10 texts")
  }

  @Test("is led by the recent speed, not by what went by in no time before")
  func recentSpeed() {
    var progress = ProgressLine("extract", unit: "texts", now: 0)
    progress.update(count: 50_000, fraction: 0.5, now: 0.1)
    for second in 1...60 {
      progress.update(
        count: 50_000 + second * 100, fraction: 0.5 + Double(second) / 1_000, now: Double(second))
    }
    // At the recent speed 440 s are left; at the mean since the start it would be 47.
    let line = progress.text(width: 100)
    #expect(line.contains("7 min") || line.contains("6 min"), "\(line)")
  }

  @Test("survives a clock that stands still or goes back, and shares out of range")
  func hostileTimes() {
    var progress = ProgressLine("\u{1B}[2J", unit: "texts", now: 10)
    progress.update(count: 1, fraction: 2, now: 5)
    progress.update(count: 0, fraction: -1, now: 10)
    progress.update(count: 5, fraction: .nan, now: 12)
    #expect(progress.text(width: 80).hasPrefix("␛[2J"))
  }
}
