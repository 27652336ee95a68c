internal import JSON
internal import LinearAlgebra
internal import TensorFiles

/// A head as the bytes of a safetensors file, for the store and for other tools.
///
/// Tensors, all float32: `weight` [classes, features], `bias` [classes], `sharpness` [1]. Metadata, all text: `format`
/// "firn-head", `format_version` "1", `method`, and `classes`, a JSON array. Probabilities are
/// softmax(sharpness · (x·weightᵀ + bias)). Equal heads are equal bytes.
public struct HeadArchive: Sendable {
  /// The head.
  public let head: LinearHead
  /// The method it was trained by.
  public let method: HeadMethod

  private static let format = "firn-head"
  private static let version = "1"

  /// An archive of a head.
  public init(_ head: LinearHead, method: HeadMethod) {
    self.head = head
    self.method = method
  }

  /// Reads an archive. Throws `HeadError.archive` when the bytes are not one, naming the key that is wrong.
  public init(bytes: [UInt8]) throws(HeadError) {
    let file = try ArchiveFile(bytes)
    guard file.metadata["format"] == Self.format else {
      throw .archive(key: "format", problem: "it is not “\(Self.format)”")
    }
    guard file.metadata["format_version"] == Self.version else {
      throw .archive(
        key: "format_version",
        problem:
          "this program reads version \(Self.version); a newer one wrote \(file.metadata["format_version"] ?? "none")"
      )
    }
    guard let method = HeadMethod(rawValue: file.metadata["method"] ?? "") else {
      throw .archive(
        key: "method", problem: "“\(file.metadata["method"] ?? "")” is not a method this program knows")
    }
    let classes = try Self.classes(file.metadata["classes"] ?? "")
    let weights = try file.tensor("weight", dimensions: 2)
    let bias = try file.tensor("bias", dimensions: 1)
    let sharpness = try file.tensor("sharpness", dimensions: 1)
    guard weights.shape[0] == classes.count, bias.shape[0] == classes.count else {
      throw .archive(
        key: "classes",
        problem: "\(classes.count) names, \(weights.shape[0]) rows of weights, \(bias.shape[0]) biases")
    }
    guard sharpness.values.count == 1 else {
      throw .archive(key: "sharpness", problem: "it has \(sharpness.values.count) values, not one")
    }
    let matrix = Matrix(rows: weights.shape[0], columns: weights.shape[1], elements: weights.values)
    do {
      head = try LinearHead(
        classes: classes, weights: matrix, bias: bias.values, sharpness: sharpness.values[0])
    } catch {
      throw .archive(key: "weight", problem: "the values are not those of a head: \(error)")
    }
    self.method = method
  }

  /// The bytes of the safetensors file.
  public var bytes: [UInt8] {
    SafetensorsHeader.file(
      metadata: [
        "format": Self.format, "format_version": Self.version, "method": method.rawValue,
        "classes": JSONValue.array(head.classes.map { .string($0) }).canonicalText,
      ],
      tensors: [
        "bias": ([head.bias.count], head.bias),
        "sharpness": ([1], [head.sharpness]),
        "weight": ([head.weights.rows, head.weights.columns], head.weights.elements),
      ])
  }

  /// The names in a JSON array.
  private static func classes(_ text: String) throws(HeadError) -> [String] {
    guard let value = try? JSONValue(parsing: Array(text.utf8)[...]), case .array(let values) = value else {
      throw .archive(key: "classes", problem: "they are not a JSON array of texts")
    }
    var classes: [String] = []
    for value in values {
      guard case .string(let name) = value else {
        throw .archive(key: "classes", problem: "one of them is \(value.kind)")
      }
      classes.append(name)
    }
    return classes
  }
}

/// The bytes of an archive and what its header says of them.
private struct ArchiveFile {
  private let bytes: [UInt8]
  private let header: SafetensorsHeader

  var metadata: [String: String] { header.metadata }

  init(_ bytes: [UInt8]) throws(HeadError) {
    self.bytes = bytes
    do {
      header = try bytes.withUnsafeBytes { (file) throws(SafetensorsError) in try SafetensorsHeader(of: file)
      }
    } catch {
      throw .archive(key: "(header)", problem: "\(error)")
    }
  }

  /// The tensor of a name, which must have so many dimensions.
  func tensor(_ name: String, dimensions: Int) throws(HeadError) -> (shape: [Int], values: [Float]) {
    do throws(SafetensorsError) {
      let (tensor, format) = try header.tensor(name)
      guard tensor.shape.count == dimensions else {
        throw SafetensorsError.tensor(
          name: name, problem: "it has \(tensor.shape.count) dimensions, not \(dimensions)")
      }
      let values = bytes.withUnsafeBytes {
        format.numbers(tensor.bytes.count / format.size, in: $0, at: tensor.bytes.lowerBound)
      }
      return (tensor.shape, values)
    } catch {
      throw .archive(key: name, problem: "\(error)")
    }
  }
}
