public import Digests
public import Foundation
public import LinearAlgebra
internal import Tokenization

/// A frozen, pretrained network with its tokenizer, pooling and normalisation: texts in, vectors out.
///
/// A text's vector depends on the text and the backbone alone. It is the same bits whatever texts are embedded with it, in
/// whatever order, on any number of threads and on every processor family.
public struct Backbone: Sendable {
  /// What the backbone is.
  public let manifest: BackboneManifest
  /// Names all of what decides the output: vectors of backbones with different fingerprints never mix.
  public let fingerprint: SHA256Digest
  private let tokenizer: WordPieceTokenizer
  private let encoder: BertEncoder
  private let chain: ModuleChain
  private let promptTokens: Int

  /// Values of a vector.
  public var dimension: Int { manifest.dimension }

  /// Opens a model directory as published: `config.json` (`model_type: bert`), `model.safetensors`, `tokenizer.json` or
  /// `vocab.txt`, and, where they are, `modules.json` with its modules, `sentence_bert_config.json` and
  /// `config_sentence_transformers.json`.
  ///
  /// - Parameters:
  ///   - directory: The model directory.
  ///   - known: What the directory held when it was opened before: digests of unchanged files are taken over.
  ///   - threads: How many workers pack the weights.
  /// - Throws: ``BackboneError``, naming file and key.
  public init(
    directory: URL, known: BackboneManifest? = nil, threads: Threads = .available
  ) throws(BackboneError) {
    let directory = ModelDirectory(url: directory)
    let configuration = try BertConfiguration(directory)
    let weights = try SafetensorsFile(directory.path(of: Self.weightsFile))
    encoder = try BertEncoder(
      configuration, weights: weights,
      numeric: ProcessInfo.processInfo.environment["FIRN_TMP_INT16"] == nil ? .float32 : .int16,
      threads: threads)
    chain = try ModuleChain(directory, hiddenSize: configuration.hiddenSize)
    let sentences = try SentenceConfiguration(directory)
    do {
      tokenizer = try WordPieceTokenizer(modelDirectory: directory.url, lowercasing: sentences.lowercases)
    } catch {
      throw .tokenizer(error)
    }
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw .malformed(
        file: directory.path(of: BertConfiguration.file), key: "vocab_size",
        problem:
          "is \(configuration.vocabularySize), but the tokenizer has \(tokenizer.vocabularySize) tokens")
    }

    let denseFiles = chain.steps.compactMap { step in
      if case .dense(let dense) = step { dense.weightsFile } else { nil }
    }
    var files: [BackboneManifest.File] = []
    for name in [Self.weightsFile] + tokenizer.files + denseFiles {
      files.append(try BackboneManifest.File(name, in: directory, known: known))
    }
    manifest = BackboneManifest(
      architecture: configuration.description,
      pooling: chain.pooling.modes.map(\.rawValue),
      poolsPrompt: chain.pooling.includesPrompt,
      steps: chain.steps.map(\.description),
      lowercases: sentences.lowercases,
      prompt: sentences.prompt,
      maximumLength: min(
        sentences.maximumLength ?? configuration.maximumPositions, configuration.maximumPositions),
      dimension: chain.dimension,
      numericMode: "float32",
      files: files)
    fingerprint = manifest.fingerprint
    // The prompt alone is as long as with a text behind it, but for the closing special token.
    promptTokens =
      manifest.prompt.isEmpty
      ? 0 : tokenizer.encode(manifest.prompt, maximumLength: manifest.maximumLength).ids.count - 1
    // An empty text must have a token to pool, and a text must have room beside the special tokens.
    let specialTokens = tokenizer.settings.prefix.count + tokenizer.settings.suffix.count
    guard 1..<manifest.maximumLength ~= specialTokens else {
      throw .malformed(
        file: directory.path(of: tokenizer.files[0]), key: "post_processor",
        problem:
          "it puts \(specialTokens) special tokens round a text, of which \(manifest.maximumLength) tokens are read"
      )
    }
  }

  private static let weightsFile = "model.safetensors"

  /// Embeds texts; the results are in the order of the texts.
  public func embed(_ texts: [String], threads: Threads) -> [Embedding] {
    let encodings = tokenize(texts, threads: threads)
    let plan = PackedBatch.plan(tokenCounts: encodings.map(\.ids.count), budget: Self.batchTokens)
    let (encoder, chain, promptTokens) = (encoder, chain, promptTokens)
    let capacity = max(Self.batchTokens, manifest.maximumLength)
    let vectors = threads.map(
      plan.count, with: { BertWorkspace(encoder.configuration, maximumTokens: capacity) }
    ) { workspace, index in
      var batch = PackedBatch()
      for text in plan[index] { batch.append(encodings[text].ids) }
      encoder.encode(batch, in: &workspace)
      return batch.texts.map { chain.vector(workspace.hidden, rows: $0, promptTokens: promptTokens) }
    }
    var embeddings = encodings.map {
      Embedding(vector: [], tokens: $0.ids.count, isTruncated: $0.isTruncated)
    }
    for (texts, vectors) in zip(plan, vectors) {
      for (text, vector) in zip(texts, vectors) { embeddings[text].vector = vector }
    }
    return embeddings
  }

  /// Tokens of a batch: enough rows for the products to run at full speed, few enough for the second cache.
  private static let batchTokens = 192

  private func tokenize(_ texts: [String], threads: Threads) -> [Encoding] {
    let blockSize = 64
    let (tokenizer, prompt, maximumLength) = (tokenizer, manifest.prompt, manifest.maximumLength)
    return threads.map((texts.count + blockSize - 1) / blockSize) { block in
      texts[block * blockSize..<min(texts.count, (block + 1) * blockSize)].map {
        tokenizer.encode(prompt + $0, maximumLength: maximumLength)
      }
    }.flatMap { $0 }
  }
}

/// The vector of a text, and what the backbone read of it.
public struct Embedding: Sendable, Hashable {
  /// One value a dimension.
  public internal(set) var vector: [Float]
  /// How many tokens were read, special ones included.
  public let tokens: Int
  /// Whether the text was longer than the backbone reads.
  public let isTruncated: Bool
}
