internal import TensorFiles

/// The bytes of an archive and what its header says of them.
package struct ArchiveFile {
  private let bytes: [UInt8]
  private let header: SafetensorsHeader

  /// Reads the header. Throws ``HeadError/archive(key:problem:)``.
  package init(_ bytes: [UInt8]) throws(HeadError) {
    self.bytes = bytes
    do {
      header = try bytes.withUnsafeBytes { (file) throws(SafetensorsError) in try SafetensorsHeader(of: file)
      }
    } catch {
      throw .archive(key: "(header)", problem: "\(error)")
    }
  }

  /// The text that stands under `key`; empty where there is none.
  package func metadata(_ key: String) -> String { header.metadata[key] ?? "" }

  /// The tensor of a name, which must have so many dimensions.
  package func tensor(_ name: String, dimensions: Int) throws(HeadError) -> (shape: [Int], values: [Float]) {
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
