/// A table of numbers in a `.npy` or safetensors file: one feature vector a row. It is mapped, not read, so it may be larger than
/// memory.
public struct FeatureFile: Sendable {
  /// Where it lies.
  public let path: String
  /// How many vectors there are.
  public let rows: Int
  /// How many values each has.
  public let dimension: Int
  /// Whether the file has one vector and no rows: an array of one dimension.
  public let isOneVector: Bool
  private let file: MappedFile
  private let format: NumberFormat
  private let offset: Int

  /// Opens a file, of the format that its name tells.
  ///
  /// - Parameters:
  ///   - path: A `.npy` or `.safetensors` file.
  ///   - tensor: Which tensor of a safetensors file; nil for the only one of two dimensions.
  ///   - mayBeOneVector: Whether an array of one dimension is taken for a table of one row.
  /// - Throws: ``TensorFileError``, unless it holds a table whose size fits the file's, of float64, float32, float16 or (in
  ///   safetensors) bfloat16.
  public init(
    _ path: String, tensor: String? = nil, mayBeOneVector: Bool = false
  ) throws(TensorFileError) {
    func wrong(_ problem: String) -> TensorFileError { .malformed(path: path, problem: problem) }
    let kind = FeatureFormat(extensionOf: path)
    guard let kind else { throw wrong("the name does not tell its format; use .npy or .safetensors") }
    let file = try MappedFile(path)
    var shape: [Int]
    switch kind {
    case .numPy:
      guard tensor == nil else { throw wrong("holds one array; only safetensors have names") }
      let header = try NumPyHeader(of: file.bytes, path: path)
      (shape, format, offset) = (header.shape, header.format, header.offset)
    case .safetensors:
      do throws(SafetensorsError) {
        let header = try SafetensorsHeader(of: file.bytes)
        let name = if let tensor { tensor } else { try Self.onlyTable(in: header) }
        let found = try header.tensor(name)
        (shape, format, offset) = (found.tensor.shape, found.format, found.tensor.bytes.lowerBound)
      } catch {
        throw wrong("\(error)")
      }
    }
    isOneVector = mayBeOneVector && shape.count == 1
    if isOneVector { shape.insert(1, at: 0) }
    guard shape.count == 2, shape[1] > 0 else { throw wrong("has the shape \(shape), not rows × dimension") }
    let (row, rowOverflow) = shape[1].multipliedReportingOverflow(by: format.size)
    let (size, overflow) = shape[0].multipliedReportingOverflow(by: row)
    guard !rowOverflow, !overflow, size <= file.bytes.count - offset else {
      throw wrong("is shorter than its shape, \(shape), takes")
    }
    guard kind == .safetensors || size == file.bytes.count - offset else {
      throw wrong("is longer than its shape, \(shape), takes")
    }
    (self.path, self.file, rows, dimension) = (path, file, shape[0], shape[1])
  }

  private static func onlyTable(in header: SafetensorsHeader) throws(SafetensorsError) -> String {
    let tables = header.tensors.filter { $0.value.shape.count == 2 }.keys.sorted()
    guard tables.count == 1 else {
      throw .header(
        problem: tables.isEmpty
          ? "no tensor has two dimensions"
          : "several tensors have two dimensions: name one of \(tables.prefix(10).joined(separator: ", "))")
    }
    return tables[0]
  }

  /// The values of some rows, one row behind another, as single precision. `range` must lie within the rows.
  public func values(of range: Range<Int>) -> [Float] {
    let row = dimension * format.size
    return format.numbers(range.count * dimension, in: file.bytes, at: offset + range.lowerBound * row)
  }
}

/// The formats of a table of feature vectors.
public enum FeatureFormat: String, CaseIterable, Sendable {
  /// An array of NumPy.
  case numPy = "npy"
  /// Tensors by name.
  case safetensors

  /// The format that the extension of a file's name tells.
  public init?(extensionOf path: String) {
    guard let dot = path.lastIndex(of: ".") else { return nil }
    self.init(rawValue: path[path.index(after: dot)...].lowercased())
  }

  /// The name of the table in a safetensors file that Firn writes.
  public static let tensorName = "features"

  /// The bytes that stand before a table of float32 values, which follow row by row.
  public func head(rows: Int, dimension: Int) -> [UInt8] {
    switch self {
    case .numPy: NumPyHeader.bytes(shape: [rows, dimension])
    case .safetensors: SafetensorsHeader.head(metadata: [:], shapes: [Self.tensorName: [rows, dimension]])
    }
  }
}
