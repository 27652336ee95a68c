internal import LinearAlgebra

/// What training a head version again gave. One that was imported cannot be trained again: of it the digest alone is checked.
public struct HeadVerification: Sendable {
  /// The version.
  public let version: HeadVersion
  /// Whether the ids, contents and labels are those it was trained on.
  public let rowsAreIdentical: Bool
  /// Whether the weights are the same bytes as those stored.
  public let weightsAreIdentical: Bool
  /// Whether the same was measured.
  public let metricsAreIdentical: Bool
  /// Whether what is stored is what the version's digest names.
  public let digestIsIdentical: Bool

  /// Whether it was imported, and so not trained again.
  public var isImported: Bool { version.specification.imported != nil }

  /// Whether all is as it was.
  public var isIdentical: Bool {
    rowsAreIdentical && weightsAreIdentical && digestIsIdentical && metricsAreIdentical
  }

  /// What differs, and what may explain it; empty when nothing does.
  public var differences: [String] {
    var differences: [String] = []
    if !rowsAreIdentical { differences.append("the rows are not those it was trained on") }
    if !weightsAreIdentical { differences.append("the weights differ") }
    if !metricsAreIdentical { differences.append("the metrics differ") }
    if !digestIsIdentical { differences.append("what is stored is not what its digest names") }
    return differences.isEmpty ? [] : differences + causes
  }

  /// In what this process differs from what the version was trained with.
  private var causes: [String] {
    let environment = version.environment
    return [
      ("Firn", environment.firn, Store.softwareVersion),
      ("the kernels", environment.kernels, ArithmeticUnits.kernels),
      ("BLAS", environment.blas, ArithmeticUnits.blas),
    ].filter { $0.1 != $0.2 }.map { what, then, here in
      "a possible cause: \(what), \(then) when it was trained and \(here) here"
    }
  }
}
