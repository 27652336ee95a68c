internal import LinearAlgebra
internal import Transfer

/// The maximum mean discrepancy of samples of two sets of rows: whether they are drawn alike.
public struct Discrepancy: Sendable, Encodable {
  /// MMD².
  public let square: Double
  /// The permutation test's p-value.
  public let pValue: Double
  /// γ of the Gaussian kernel.
  public let gamma: Double
  /// How many rows of each side are compared.
  public let rows: [Int]

  /// How many rows of a side are compared at the most.
  private static let mostRows = 2000

  /// Of rows evenly spread over either side, as many as are compared at the most.
  init(
    _ source: Matrix<Float>, _ target: Matrix<Float>, seed: UInt64, threads: Threads
  ) throws(TransferError) {
    let sampled = [source, target].map { $0.rows(at: (0..<$0.rows).spread(Self.mostRows)) }
    let measured = try MeanDiscrepancy(sampled[0], sampled[1], seed: seed, threads: threads)
    (square, pValue, gamma) = (measured.square, measured.pValue, measured.gamma)
    rows = sampled.map(\.rows)
  }

  enum CodingKeys: String, CodingKey {
    case square, gamma, rows
    case pValue = "p_value"
  }
}
