internal import Digests
internal import JSON
internal import Storage

extension Store {
  /// Every version of every transform, by name and number.
  public func transforms() throws -> [Transform] { try reader().transforms().map(Transform.init) }

  /// Removes all versions of a transform.
  ///
  /// - Throws: `StoreError.transformNeeded` while a head was trained through one of them.
  public func removeTransform(named name: String) throws { try writer().removeTransform(named: name) }

  /// Keeps what was learnt, from the features of one backbone to those of another or the same, as the next version of `name`, that of its
  /// method where there is none. One of the same content that has the name stays as it is.
  func keep(
    _ effect: TransformEffect, as specification: TransformSpecification, metrics: Transform.Metrics,
    from source: BackboneRecord, to target: BackboneRecord, called name: String?
  ) throws -> Transform {
    let (weights, method) = (effect.bytes, specification.method)
    let specification = try specification.canonicalJSON()
    let record = TransformRecord(
      name: name ?? method.rawValue,
      digest: TransformRecord.digest(
        specification: specification, from: source.fingerprint, to: target.fingerprint, weights: weights),
      specification: specification, from: (source.name, source.fingerprint),
      to: (target.name, target.fingerprint), metrics: try metrics.canonicalJSON())
    return try Transform(writer().append(record, weights: weights))
  }
}
