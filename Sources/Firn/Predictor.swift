public import Backbones
internal import Heads
internal import LinearAlgebra

/// A head version with the backbone it reads, opened once to answer any number of texts, from any number of threads.
public struct Predictor: Sendable {
  /// The version.
  public let version: HeadVersion
  private let head: Head
  private let backbone: Backbone
  private let guards: AnswerGuards
  private let threads: Threads

  init(version: HeadVersion, head: Head, backbone: Backbone, guards: AnswerGuards, threads: Threads) {
    (self.version, self.head, self.backbone) = (version, head, backbone)
    (self.guards, self.threads) = (guards, threads)
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
    let distances = guards.novelty?.distances(of: features, threads: threads)
    return texts.indices.map { row in
      Prediction(
        outputs.row(row), of: head.answers, top: max(1, count), conformal: guards.conformal,
        novelty: distances.flatMap { distances in guards.novelty.map { (distances[row], $0.threshold) } })
    }
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
  ///   - coverage: The share of answers whose set of classes, or interval, shall hold what is right; nil for none.
  ///   - rejecting: Whether to say which texts are unlike those that the version was trained on.
  /// - Returns: What answers.
  /// - Throws: ``FirnError/otherBackbone(head:needs:fingerprint:given:)``, ``FirnError/backboneMissing(head:needs:fingerprint:)``,
  ///   ``FirnError/nothingHeldOut(head:target:)``, ``FirnError/trainingUnknown(head:)`` and the errors of opening a backbone.
  public func predictor(
    _ reference: HeadReference, backbone: String? = nil, coverage: Double? = nil, rejecting: Bool = false
  ) throws -> Predictor {
    let reader = try reader()
    let (version, head, record, guards) = try reader.snapshot {
      let version = try reader.version(reference)
      let head = try reader.head(of: version)
      let guards = try AnswerGuards(
        of: version, head: head, coverage: coverage, rejecting: rejecting, from: reader, in: self)
      return (version, head, try reader.backbone(of: version, given: backbone), guards)
    }
    return Predictor(
      version: version, head: head, backbone: try open(record), guards: guards, threads: threads)
  }
}
