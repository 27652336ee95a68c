import Foundation
import Testing

/// Damaged files of every format that Firn reads give a result or an error: never a crash, a hang or a claim on memory without end.
///
/// It stands by itself, for it crosses all modules that read files. A crash ends the run; `firn-fuzz-*.txt` in the
/// temporary directory then names its input.
@Suite(.timeLimit(.minutes(FuzzPlan.isAlone ? 24 * 60 : 10)))
struct HostileFilesTests {
  @Test(arguments: HostileFormat.all)
  func `Every damaged file is read or refused`(format: HostileFormat) throws {
    let numbers = FuzzPlan.numbers(of: format)
    if numbers.isEmpty { return }
    let folder = FileManager.default.temporaryDirectory.appending(path: "firn-fuzz-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let samples = try format.samples()
    let read = try format.reader(folder)
    // What is refused undamaged would tell nothing of the damage.
    for sample in samples { try read(sample) }

    let watch = try Watch(format.name)
    defer { watch.end() }
    let clock = ContinuousClock()
    let start = clock.now
    var refused = 0
    var slowest = (time: Duration.zero, number: 0)
    for number in numbers {
      watch.begin(number)
      let input = FuzzPlan.input(number, of: format, from: samples)
      let time = clock.measure {
        do { try read(input) } catch { refused += 1 }
      }
      if time > slowest.time { slowest = (time, number) }
    }
    #expect(slowest.time < .seconds(10), "input \(slowest.number), seed \(FuzzPlan.seed)")
    guard FuzzPlan.isAlone else { return }
    print(
      "\(format.name): \(numbers.count) inputs, \(refused) refused, \((clock.now - start) / .seconds(1)) s,",
      "slowest \(slowest.time) (\(slowest.number))")
    // The samples take some tens of megabytes, so that this is room enough for the working memory of a few readers.
    #expect(try peakMegabytes() < 1024)
  }

  /// The most memory that the process ever had.
  private func peakMegabytes() throws -> Int {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let line = try #require(status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") })
    return try #require(Int(line.split(separator: " ")[1])) >> 10
  }
}
