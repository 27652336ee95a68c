import Testing

@testable import Terminal

@Suite("Quantities")
struct ReadableTests {
  @Test(
    "counts have their thousands parted",
    arguments: [
      (0, "0"), (999, "999"), (1_000, "1,000"), (12_345, "12,345"), (1_234_567, "1,234,567"),
      (-1_000, "-1,000"),
      (-999, "-999"), (.min, "-9,223,372,036,854,775,808"),
    ] as [(Int, String)])
  func counts(value: Int, text: String) {
    #expect(Readable.count(value) == text)
  }

  @Test(
    "sizes are in decimal units, and roll over when they round up",
    arguments: [
      (0, "0 bytes"), (999, "999 bytes"), (1_000, "1.0 kB"), (1_234_567, "1.2 MB"), (9_949, "9.9 kB"),
      (9_951, "10 kB"), (999_499, "999 kB"), (999_500, "1.0 MB"), (84_000_000, "84 MB"), (.max, "9.2 EB"),
    ] as [(Int, String)])
  func bytes(value: Int, text: String) {
    #expect(Readable.bytes(value) == text)
  }

  @Test(
    "durations have two units at most, and roll over when they round up",
    arguments: [
      (0, "0.0 s"), (0.44, "0.4 s"), (9.4, "9.4 s"), (9.6, "10 s"), (59.4, "59 s"), (59.6, "1 min 00 s"),
      (184, "3 min 04 s"), (3_599.6, "1 h 00 min"), (7_500, "2 h 05 min"),
      (273_600, "3 d 04 h"),
      (-1, "?"), (.nan, "?"), (.infinity, "?"),
    ] as [(Double, String)])
  func durations(seconds: Double, text: String) {
    #expect(Readable.duration(seconds: seconds) == text)
  }

  @Test(
    "rates have a unit",
    arguments: [
      (0, "0.0 texts/s"), (3.44, "3.4 texts/s"), (9.96, "10 texts/s"), (1_234.4, "1,234 texts/s"),
      (.nan, "?"),
    ] as [(Double, String)])
  func rates(rate: Double, text: String) {
    #expect(Readable.rate(rate, unit: "texts") == text)
  }
}
