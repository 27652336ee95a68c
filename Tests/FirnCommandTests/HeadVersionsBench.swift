import Foundation
import Testing

extension Workbench {
  /// A workbench with the head `h` of `count` versions.
  static func withVersions(_ count: Int) throws -> Workbench {
    let bench = try Workbench.withExamples()
    for seed in 1...count { try bench.train(seed: seed) }
    return bench
  }

  /// Trains one version more of the head `h`.
  func train(seed: Int) throws {
    try firn("train h --dataset d --backbone tiny --task section --method ridge --penalty 1 --seed \(seed)")
  }
}
