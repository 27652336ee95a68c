internal import LinearAlgebra
internal import TensorFiles

/// A mapped safetensors file.
struct SafetensorsFile: Sendable {
  let path: String
  private let file: MappedFile
  private let header: SafetensorsHeader

  /// Maps the file and reads its header.
  init(_ path: String) throws(BackboneError) {
    self.path = path
    file = try .model(path)
    do {
      header = try SafetensorsHeader(of: file.bytes)
    } catch {
      throw BackboneError(error, in: path)
    }
  }

  /// Whether the file has a tensor of that name.
  func contains(_ name: String) -> Bool {
    header.tensors[name] != nil
  }

  /// A tensor of two dimensions, left where it is in the file.
  func tensor(_ name: String, rows: Int, columns: Int) throws(BackboneError) -> MappedTensor {
    try tensor(name, shape: [rows, columns])
  }

  /// A tensor of one dimension.
  func vector(_ name: String, count: Int) throws(BackboneError) -> [Float] {
    let tensor = try tensor(name, shape: [count])
    let elements = tensor.matrix().elements
    guard elements.allSatisfy(\.isFinite) else { throw tensor.unusable(MappedTensor.notFinite) }
    return elements
  }

  private func tensor(_ name: String, shape: [Int]) throws(BackboneError) -> MappedTensor {
    do throws(SafetensorsError) {
      let (tensor, format) = try header.tensor(name)
      guard tensor.shape == shape else {
        throw SafetensorsError.tensor(
          name: name, problem: "has the shape \(tensor.shape), but config.json asks for \(shape)")
      }
      return MappedTensor(
        file: file, name: name, offset: tensor.bytes.lowerBound, format: format,
        rows: shape.dropLast().first ?? 1,
        columns: shape.last ?? 1)
    } catch {
      throw BackboneError(error, in: path)
    }
  }
}

extension BackboneError {
  fileprivate init(_ error: SafetensorsError, in path: String) {
    self =
      switch error {
      case .header(let problem): .malformed(file: path, key: "(header)", problem: problem)
      case .tensor(let name, let problem): .tensor(file: path, name: name, problem: problem)
      }
  }
}
