/// Where a head comes from that was trained elsewhere and imported, as far as what came with it says.
public struct HeadOrigin: Sendable, Hashable, Codable {
  /// The version that it was, as `HEAD@3`.
  public let version: String?
  /// The digest of that version, in hexadecimal digits.
  public let digest: String?
  /// The dataset it was trained on, or measured on if it was imported there too.
  public let dataset: String?
  /// The revision of that dataset.
  public let revision: Int?

  /// An origin by what is known of it.
  public init(version: String? = nil, digest: String? = nil, dataset: String? = nil, revision: Int? = nil) {
    (self.version, self.digest, self.dataset, self.revision) = (version, digest, dataset, revision)
  }
}
