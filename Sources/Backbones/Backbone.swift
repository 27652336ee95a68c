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
  /// Names what decides the hidden vectors: backbones of one trunk can share a pass through the network.
  let trunk: SHA256Digest
  let reader: TextReader
  let encoder: BertEncoder
  let chain: ModuleChain
  /// How many tokens the prompt has, the special ones before it included.
  let promptTokens: Int

  /// Values of a vector.
  public var dimension: Int { manifest.dimension }

  /// Opens a model directory as published: `config.json` (`model_type: bert`), `model.safetensors`, `tokenizer.json` or
  /// `vocab.txt`, and, where they are, `modules.json` with its modules, `sentence_bert_config.json` and
  /// `config_sentence_transformers.json`.
  ///
  /// - Parameters:
  ///   - directory: The model directory.
  ///   - options: What is taken from the network, where that is not simply what the directory says.
  ///   - known: What the directory held when it was opened before: digests of unchanged files are taken over.
  ///   - threads: How many workers pack the weights.
  /// - Throws: ``BackboneError``, naming file and key.
  public init(
    directory: URL, options: BackboneOptions = BackboneOptions(), known: BackboneManifest? = nil,
    threads: Threads = .available
  ) throws(BackboneError) {
    let directory = ModelDirectory(url: directory)
    let configuration = try BertConfiguration(directory)
    let weights = try SafetensorsFile(directory.path(of: Self.weightsFile))
    let layer = try configuration.layer(options.layer)
    chain = try ModuleChain(directory, hiddenSize: configuration.hiddenSize, pooling: options.pooling)
    let sentences = try SentenceConfiguration(directory)
    let tokenizer: WordPieceTokenizer
    (encoder, tokenizer) = try threads.both { () throws(BackboneError) in
      try BertEncoder(
        configuration, depth: layer, numeric: options.numeric, weights: weights, threads: threads)
    } and: { () throws(BackboneError) in
      do throws(TokenizationError) {
        return try WordPieceTokenizer(modelDirectory: directory.url, lowercasing: sentences.lowercases)
      } catch {
        throw .tokenizer(error)
      }
    }
    guard tokenizer.vocabularySize <= configuration.vocabularySize else {
      throw .malformed(
        file: directory.path(of: BertConfiguration.file), key: "vocab_size",
        problem:
          "is \(configuration.vocabularySize), but the tokenizer has \(tokenizer.vocabularySize) tokens")
    }

    let maximumLength = min(
      sentences.maximumLength ?? configuration.maximumPositions, configuration.maximumPositions)
    reader = TextReader(
      tokenizer, prompt: sentences.prompt, maximumLength: maximumLength, longTexts: options.longTexts)
    let denseFiles = chain.steps.compactMap { step in
      if case .dense(let dense) = step { dense.weightsFile } else { nil }
    }
    var files: [BackboneManifest.File] = []
    for name in [Self.weightsFile] + tokenizer.files + denseFiles {
      files.append(try BackboneManifest.File(name, in: directory, known: known))
    }
    manifest = BackboneManifest(
      architecture: configuration.description,
      options: options,
      layer: layer,
      pooling: chain.pooling.modes,
      poolsPrompt: chain.pooling.includesPrompt,
      steps: chain.steps.map(\.description),
      lowercases: sentences.lowercases,
      prompt: sentences.prompt,
      maximumLength: maximumLength,
      windowOverlap: options.longTexts == .window ? reader.overlap : nil,
      dimension: chain.dimension,
      numericMode: options.numeric,
      kernels: ArithmeticUnits.family,
      files: files)
    fingerprint = manifest.fingerprint
    trunk = manifest.trunk
    promptTokens = manifest.prompt.isEmpty ? 0 : reader.promptTokens
    // An empty text must have a token to pool, and a text must have room beside the special tokens.
    let specialTokens = tokenizer.settings.prefix.count + tokenizer.settings.suffix.count
    guard 1..<manifest.maximumLength ~= specialTokens else {
      throw .malformed(
        file: directory.path(of: tokenizer.files[0]), key: "post_processor",
        problem:
          "it puts \(specialTokens) special tokens round a text, of which \(manifest.maximumLength) tokens are read"
      )
    }
    guard options.longTexts != .window || reader.capacity > 0 else {
      throw .noRoomForWindows(prompt: manifest.prompt, maximumLength: manifest.maximumLength)
    }
  }

  private static let weightsFile = "model.safetensors"
}
