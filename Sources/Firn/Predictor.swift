public import Backbones
internal import Heads
internal import LinearAlgebra

/// A head version with the backbone it reads, opened once to answer any number of texts, from any number of threads.
public struct Predictor: Sendable {
  /// The version.
  public let version: HeadVersion
  private let head: Head
  private let backbone: Backbone
  private let threads: Threads

  init(version: HeadVersion, head: Head, backbone: Backbone, threads: Threads) {
    (self.version, self.head, self.backbone, self.threads) = (version, head, backbone, threads)
  }

  /// An answer to each of `texts`, with its `count` most probable classes or tags.
  ///
  /// A text's answer is the same whatever texts are asked with it.
  ///
  /// - Throws: `LongTextError` where the backbone refuses one of the texts, as ``refusal(of:)`` tells beforehand.
  public func predict(_ texts: [String], top count: Int = 1) throws -> [Prediction] {
    let vectors = try backbone.embed(texts, threads: threads).flatMap(\.vector)
    let features = Matrix(rows: texts.count, columns: backbone.dimension, elements: vectors)
    let outputs = try head.outputs(of: features, threads: threads)
    return texts.indices.map { Prediction(outputs.row($0), of: head.answers, top: max(1, count)) }
  }

  /// Why the backbone does not take a text, if it does not.
  public func refusal(of text: String) -> LongTextError? {
    backbone.refusal(of: text)
  }
}

extension Store {
  /// Opens a head version to predict with.
  ///
  /// - Parameters:
  ///   - reference: The version.
  ///   - backbone: The backbone to read with; nil for the head's own, whatever it is called. Another one is refused.
  /// - Returns: What answers.
  /// - Throws: ``FirnError/otherBackbone(head:needs:fingerprint:given:)``, ``FirnError/backboneMissing(head:needs:fingerprint:)``
  ///   and the errors of opening a backbone.
  public func predictor(_ reference: HeadReference, backbone: String? = nil) throws -> Predictor {
    let reader = try reader()
    let (version, head, record) = try reader.snapshot {
      let version = try reader.version(reference)
      return (version, try reader.head(of: version), try reader.backbone(of: version, given: backbone))
    }
    return Predictor(version: version, head: head, backbone: try open(record), threads: threads)
  }
}
