internal import JSON
internal import LinearAlgebra
internal import TensorFiles

/// A head as the bytes of a safetensors file, for the store and for other tools.
///
/// Metadata, all text: `format` "firn-head", `format_version`, `method`, and `classes`, a JSON array with the names of the scores. The
/// tensors are float32: `sharpness` [1] and those of the model. Version "1" holds a linear model, `weight` [classes, features] and
/// `bias` [classes], whose probabilities are softmax(sharpness · (x·weightᵀ + bias)). Version "2" says besides what is answered,
/// `answers` "one-of", "any-of" or "number", and by which `model`: "linear", or "neighbours" or "perceptron", whose tensors stand in the files of their
/// names. Equal heads are equal bytes.
public struct HeadArchive: Sendable {
  /// The head.
  public let head: Head
  /// The method it was trained by.
  public let method: HeadMethod

  private static let format = "firn-head"

  /// An archive of a head.
  public init(_ head: Head, method: HeadMethod) {
    self.head = head
    self.method = method
  }

  /// Reads an archive. Throws `HeadError.archive` when the bytes are not one, naming the key that is wrong.
  public init(bytes: [UInt8]) throws(HeadError) {
    let file = try ArchiveFile(bytes)
    guard file.metadata("format") == Self.format else {
      throw .archive(key: "format", problem: "it is not “\(Self.format)”")
    }
    let version = file.metadata("format_version")
    guard version == "1" || version == "2" else {
      throw .archive(
        key: "format_version", problem: "this program reads versions 1 and 2, but it is “\(version)”")
    }
    guard let method = HeadMethod(rawValue: file.metadata("method")) else {
      throw .archive(
        key: "method", problem: "“\(file.metadata("method"))” is not a method this program knows")
    }
    let names = try Self.names(file.metadata("classes"))
    let answers = try Answers(
      kind: version == "1" ? "one-of" : file.metadata("answers"), names: names)
    let sharpness = try file.tensor("sharpness", dimensions: 1)
    guard sharpness.values.count == 1 else {
      throw .archive(key: "sharpness", problem: "it has \(sharpness.values.count) values, not one")
    }
    do {
      let model = try HeadModel(
        kind: version == "1" ? "linear" : file.metadata("model"), answers: answers, in: file)
      head = try Head(answers: answers, model: model, sharpness: sharpness.values[0])
    } catch .archive(let key, let problem) {
      throw .archive(key: key, problem: problem)
    } catch {
      throw .archive(key: "weight", problem: "the values are not those of a head: \(error)")
    }
    self.method = method
  }

  /// The bytes of the safetensors file.
  public var bytes: [UInt8] {
    var metadata = [
      "format": Self.format, "format_version": "1", "method": method.rawValue,
      "classes": JSONValue.array(head.answers.names.map { .string($0) }).canonicalText,
    ]
    if head.answers.archiveKind != "one-of" || head.model.archiveKind != "linear" {
      metadata["format_version"] = "2"
      metadata["answers"] = head.answers.archiveKind
      metadata["model"] = head.model.archiveKind
    }
    let tensors = head.model.tensors.merging(["sharpness": ([1], [head.sharpness])]) { $1 }
    return SafetensorsHeader.file(metadata: metadata, tensors: tensors)
  }

  /// The names in a JSON array.
  private static func names(_ text: String) throws(HeadError) -> [String] {
    guard let value = try? JSONValue(parsing: Array(text.utf8)[...]), case .array(let values) = value else {
      throw .archive(key: "classes", problem: "they are not a JSON array of texts")
    }
    var names: [String] = []
    for value in values {
      guard case .string(let name) = value else {
        throw .archive(key: "classes", problem: "one of them is \(value.kind)")
      }
      names.append(name)
    }
    return names
  }
}

extension Answers {
  /// How archives name the kind: `one-of`, `any-of` or `number`.
  public var archiveKind: String {
    switch self {
    case .oneOf: "one-of"
    case .anyOf: "any-of"
    case .number: "number"
    }
  }

  fileprivate init(kind: String, names: [String]) throws(HeadError) {
    switch kind {
    case "one-of": self = .oneOf(names)
    case "any-of": self = .anyOf(names)
    case "number": self = .number
    default: throw .archive(key: "answers", problem: "“\(kind)” is not a kind this program knows")
    }
  }
}

extension HeadModel {
  /// How archives name the kind: `linear`, `neighbours` or `perceptron`.
  public var archiveKind: String {
    switch self {
    case .linear: "linear"
    case .neighbours: "neighbours"
    case .perceptron: "perceptron"
    }
  }

  fileprivate var tensors: [String: (shape: [Int], values: [Float])] {
    switch self {
    case .linear(let model): model.tensors
    case .neighbours(let model): model.tensors
    case .perceptron(let model): model.tensors
    }
  }

  fileprivate init(kind: String, answers: Answers, in file: ArchiveFile) throws(HeadError) {
    switch kind {
    case "linear": self = .linear(try LinearModel(in: file))
    case "neighbours": self = .neighbours(try NeighbourModel(answers: answers, in: file))
    case "perceptron": self = .perceptron(try PerceptronModel(in: file))
    default: throw .archive(key: "model", problem: "“\(kind)” is not a model this program knows")
    }
  }
}

extension LinearModel {
  fileprivate var tensors: [String: (shape: [Int], values: [Float])] {
    ["weight": ([weights.rows, weights.columns], weights.elements), "bias": ([bias.count], bias)]
  }

  fileprivate init(in file: ArchiveFile) throws(HeadError) {
    let weights = try file.tensor("weight", dimensions: 2)
    try self.init(
      weights: Matrix(rows: weights.shape[0], columns: weights.shape[1], elements: weights.values),
      bias: file.tensor("bias", dimensions: 1).values)
  }
}
