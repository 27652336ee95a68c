import Foundation

/// What the files of a model say about its tokenizer.
struct TokenizerDefinition {
  var settings: TokenizerSettings
  /// The id of `settings.unknownToken`.
  var unknownID: Int32
  var vocabulary: Vocabulary
  /// The names of the files that were read.
  var files: [String]
}

extension TokenizerDefinition {
  /// Reads `tokenizer.json` or, without it, `vocab.txt` and `tokenizer_config.json`.
  init(directory: URL) throws(TokenizationError) {
    if let file = try ModelFile(TokenizerFile.name, in: directory) {
      self = try TokenizerFile(file).definition()
      return
    }
    guard let file = try ModelFile(VocabularyFile.name, in: directory) else {
      throw .noTokenizer(directory: directory.path)
    }
    let configuration = try ModelFile(TokenizerConfiguration.name, in: directory)
    self = try TokenizerConfiguration(configuration, directory: directory.path)
      .definition(over: VocabularyFile.vocabulary(file))
  }
}
