/// How well a classifier tells two sets apart: the proxy of the A-distance, 2·(1 − 2ε) with ε its error on rows of either set, as many of each,
/// that it was not trained on (Ben-David and others 2007).
public struct ProxyDistance: Sendable, Hashable {
  /// The share of the rows that are taken for the other set's.
  public let error: Double

  /// The distance of such an error.
  public init(error: Double) { self.error = error }

  /// From 0, where chance would do as well, to 2, where no row is taken for the other set's.
  public var distance: Double { max(0, 2 * (1 - 2 * error)) }
}
