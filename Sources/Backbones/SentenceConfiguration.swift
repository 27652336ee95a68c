/// How texts come to the network, from the files that sentence-transformers and the tokenizer keep beside it.
struct SentenceConfiguration: Sendable {
  /// Whether text is lowercased, whatever the tokenizer's own files say.
  let lowercases: Bool
  /// What stands before every text: the prompt that is named as the default, if one is.
  let prompt: String
  /// The most tokens of a text that are read, special ones included: what sentence-transformers' file says, else what the
  /// tokenizer's says.
  let maximumLength: Int?

  private struct SentenceKeys: Decodable {
    let max_seq_length: Int?
    let do_lower_case: Bool?
  }

  private struct TokenizerKeys: Decodable {
    let model_max_length: Double?
  }

  private struct PromptKeys: Decodable {
    let prompts: [String: String?]?
    let default_prompt_name: String?
  }

  init(_ directory: ModelDirectory) throws(BackboneError) {
    let sentences = try Self.read(SentenceKeys.self, "sentence_bert_config.json", directory)
    lowercases = sentences?.do_lower_case ?? false
    maximumLength =
      if let length = sentences?.max_seq_length {
        try Self.checked(length, "max_seq_length", "sentence_bert_config.json", directory)
      } else if let length = try Self.read(TokenizerKeys.self, "tokenizer_config.json", directory)?
        .model_max_length
      {
        // A tokenizer without a limit says 10³⁰.
        try Self.checked(
          Int(min(max(length, 0), 1e9)), "model_max_length", "tokenizer_config.json", directory)
      } else {
        nil
      }
    prompt = try Self.defaultPrompt(directory)
  }

  private static func defaultPrompt(_ directory: ModelDirectory) throws(BackboneError) -> String {
    let file = "config_sentence_transformers.json"
    let keys = try read(PromptKeys.self, file, directory)
    guard let name = keys?.default_prompt_name else { return "" }
    guard let prompt = keys?.prompts?[name] ?? nil else {
      throw .malformed(
        file: directory.path(of: file), key: "default_prompt_name",
        problem: "\"\(name)\" is not among the prompts")
    }
    return prompt
  }

  private static func read<Keys: Decodable>(
    _: Keys.Type, _ file: String, _ directory: ModelDirectory
  ) throws(BackboneError) -> Keys? {
    directory.contains(file) ? try directory.read(from: file) : nil
  }

  private static func checked(
    _ length: Int, _ key: String, _ file: String, _ directory: ModelDirectory
  ) throws(BackboneError) -> Int {
    guard length >= 2 else {
      throw .malformed(
        file: directory.path(of: file), key: key,
        problem: "is \(length), but a text needs its two special tokens")
    }
    return length
  }
}
