import Foundation

/// Which inputs are tried: a few thousand that are always the same, or what `tools/fuzz` asks for.
enum FuzzPlan {
  private static let environment = ProcessInfo.processInfo.environment

  /// How many inputs of all formats are tried.
  static let inputs = environment["FIRN_FUZZ_INPUTS"].flatMap(Int.init) ?? 4000
  /// What the inputs depend on, beside their format and number.
  static let seed = environment["FIRN_FUZZ_SEED"].flatMap(UInt64.init) ?? 1
  /// The one input that is wanted: `store 17`.
  private static let only = environment["FIRN_FUZZ_ONLY"]?.split(separator: " ")
  /// Where notes are kept of what is being tried: after a crash they name the input.
  static let notes = URL(
    filePath: environment["FIRN_FUZZ_NOTES"] ?? FileManager.default.temporaryDirectory.path)
  /// Whether nothing else runs in this process, so that its memory tells of the inputs.
  static var isAlone: Bool { environment["FIRN_FUZZ_NOTES"] != nil }

  /// The numbers of the inputs of a format.
  static func numbers(of format: HostileFormat) -> Range<Int> {
    guard let only else { return 0..<max(1, inputs * format.share / 1000) }
    guard only.count == 2, only[0] == format.name, let number = Int(only[1]) else { return 0..<0 }
    return number..<number + 1
  }

  /// Input `number` of a format.
  static func input(_ number: Int, of format: HostileFormat, from samples: [[UInt8]]) -> [UInt8] {
    var seeds = SplitMix64(state: seed &+ UInt64(number))
    var mutator = Mutator(seed: seeds.next(), words: format.words)
    return format.damage(&mutator, samples)
  }
}
