import Foundation

/// What SciPy finds of samples that differ: tools/golden/transfer.py.
struct GoldenDrift: Decodable {
  struct Answers: Decodable {
    let reference, new: [Int32]
    let classes: Int
    let statistic: Double
    /// Over all permutations, where there are not too many.
    let pValue: Double?
  }
  struct Numbers: Decodable {
    let reference, new: [Double]
    let distance: Double
    let pValue: Double?
  }
  struct Exceedance: Decodable {
    let reference, new: [Double]
    let threshold, pValue: Double
  }
  struct Calibration: Decodable {
    let isRight: [Bool]
    let confidences, new: [Double]
    let accuracy: Double
  }
  struct Holm: Decodable {
    let pValues, adjusted: [Double]
  }

  let answers: [Answers]
  let numbers: [Numbers]
  let exceedances: [Exceedance]
  let calibration: Calibration
  let holm: Holm

  init() throws {
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    self = try decoder.decode(GoldenDrift.self, from: GoldenMeasures.bytes("drift.json"))
  }
}
