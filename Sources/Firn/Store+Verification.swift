internal import Backbones
internal import LinearAlgebra
public import Storage

/// What reading a whole store found.
public struct StoreVerification: Sendable, Hashable, Codable {
  /// All that is wrong.
  public internal(set) var problems: [StoreProblem] = []
  /// How many vectors were made again and compared bit by bit.
  public internal(set) var sampled = 0
  /// How many damaged vectors were removed.
  public internal(set) var removed = 0
  /// How many vectors were made again from their texts.
  public internal(set) var rebuilt = 0
  /// Why the index of words could not be compared with the texts; nil where it was.
  public internal(set) var wordsUnchecked: String?
  /// Whether nothing is wrong.
  public var ok: Bool { problems.isEmpty }
}

extension Store {
  /// What the store holds, and how much of it nothing needs. Counts every row.
  public func statistics() throws -> StoreStatistics {
    try reader().statistics()
  }

  /// Reads the whole store and says what in it is not as it was written.
  ///
  /// - Parameters:
  ///   - sample: How many vectors of each backbone, chosen at random, are made again from their texts and compared bit by bit.
  ///   - repairs: Whether what is derived is made anew: indexes, that of words among them, and damaged or missing vectors from their texts.
  ///   - progress: Told about which share was read.
  /// - Returns: What was found.
  /// - Throws: `StoreError` when the store cannot be read at all.
  public func verify(
    sample: Int = 0, repairs: Bool = false, telling progress: (Double) -> Void = { _ in }
  ) throws -> StoreVerification {
    var verification = StoreVerification()
    let reader = try reader()
    try reader.problems(telling: progress) { verification.problems.append($0) }
    try checkWords(&verification)
    for head in try reader.heads() {
      for record in try reader.versions(of: head.name) {
        let version = try HeadVersion(record, aliases: [])
        do {
          _ = try reader.head(of: version)
          _ = try reader.neededTransform(of: version.specification)
        } catch let error as FirnError {
          verification.problems.append(
            StoreProblem(
              "\(error)",
              remedy: version.specification.imported == nil ? "train the head again" : "import the head again"
            ))
        }
      }
    }
    for record in try reader.transforms() {
      do {
        _ = try reader.effect(of: Transform(record))
      } catch let error as FirnError {
        verification.problems.append(StoreProblem("\(error)", remedy: "learn it again"))
      }
    }
    if sample > 0 {
      for record in try reader.backbones() where !record.isDeclared {
        try compare(sample, of: record, from: reader, into: &verification)
      }
    }
    if repairs { try repair(&verification) }
    return verification
  }

  /// Compares the index of words with the texts, which SQLite allows to one who may write only: not where another does, nor where
  /// nobody may.
  private func checkWords(_ verification: inout StoreVerification) throws {
    do {
      guard try !StoreWriter(path: path, timeout: 0).wordsFitTexts() else { return }
      verification.problems.append(
        StoreProblem(
          "the index of words does not fit the texts", remedy: "firn verify --repair makes it again"
        ))
    } catch let error as StoreError {
      switch error {
      // Busy, locked, read-only and cannot open, by their lowest byte.
      case .sqlite(let code, _, _) where [5, 6, 8, 14].contains(code & 0xff): break
      case .locked, .cannotOpen: break
      default: throw error
      }
      verification.wordsUnchecked = "\(error)"
    }
  }

  /// Makes `count` of a backbone's vectors again and compares them.
  private func compare(
    _ count: Int, of record: BackboneRecord, from reader: StoreReader,
    into verification: inout StoreVerification
  ) throws {
    let contents = try reader.embeddedContents(sampling: count, by: record)
    guard !contents.isEmpty else { return }
    guard
      let backbone = try open(
        record, elseReportingTo: &verification,
        remedy: "restore its files; without them no vector can be made again")
    else { return }
    let vectors: [Float]
    do {
      vectors = try reader.vectors(of: contents, by: record)
    } catch StoreError.damagedVector {
      return  // reading the whole store has found it
    }
    let texts = try reader.texts(of: contents)
    let again = try backbone.embed(texts, threads: threads).flatMap(\.vector)
    verification.sampled += contents.count
    for (index, content) in contents.enumerated() {
      let range = index * record.dimension..<(index + 1) * record.dimension
      guard again[range].map(\.bitPattern) != vectors[range].map(\.bitPattern) else { continue }
      verification.problems.append(
        StoreProblem(
          "the vector of content \(content) under the backbone “\(record.name)” is not what the backbone makes of its text",
          remedy: "remove the backbone, add it again and extract"))
    }
  }

  /// Opens a backbone; where its files are gone or others, that is one more problem, and there is none.
  func open(
    _ record: BackboneRecord, elseReportingTo verification: inout StoreVerification, remedy: String
  ) throws -> Backbone? {
    do {
      return try open(record)
    } catch let error as FirnError {
      verification.problems.append(StoreProblem("\(error)", remedy: remedy))
      return nil
    }
  }
}
