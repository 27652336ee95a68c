/// What stands at the head of a `.npy` file: a magic number, a version, a length, and a Python dictionary with the numbers' type
/// and the array's shape. The array's bytes follow.
///
/// Source: NumPy, “The .npy format” (NEP 1), versions 1.0 to 3.0.
struct NumPyHeader {
  private static let magic: [UInt8] = [0x93] + Array("NUMPY".utf8)
  /// The types that are read, by NumPy's names for them.
  private static let formats: [String: NumberFormat] = ["<f8": .float64, "<f4": .float32, "<f2": .float16]

  /// The format of the numbers.
  let format: NumberFormat
  /// How many values each dimension has; row-major.
  let shape: [Int]
  /// Where the numbers begin.
  let offset: Int

  /// Reads the header of a file's bytes. What it says is not yet held against the file's size.
  ///
  /// - Throws: ``TensorFileError/malformed(path:problem:)``.
  init(of file: UnsafeRawBufferPointer, path: String) throws(TensorFileError) {
    func wrong(_ problem: String) -> TensorFileError { .malformed(path: path, problem: problem) }
    guard file.count >= 10, file.starts(with: Self.magic) else { throw wrong("is not a .npy file") }
    let version = file[6]
    guard (1...3).contains(version) else {
      throw wrong("has the .npy version \(version); 1, 2 and 3 are read")
    }
    let lengthBytes = version == 1 ? 2 : 4
    guard file.count >= 8 + lengthBytes else { throw wrong("ends within its header") }
    let length = (0..<lengthBytes).reduce(0) { $0 | Int(file[8 + $1]) << (8 * $1) }
    let start = 8 + lengthBytes
    guard length <= file.count - start else { throw wrong("ends within its header") }
    guard let text = String(validating: file[start..<start + length], as: UTF8.self) else {
      throw wrong("its header is not text")
    }
    var entries = PythonDictionary(text)
    guard let found = entries.read(), let type = found["descr"], let order = found["fortran_order"],
      let shape = found["shape"], found.count == 3
    else { throw wrong("its header is not a dictionary of descr, fortran_order and shape") }
    guard let format = Self.formats[type] else {
      throw wrong("holds numbers of the type \(type); save them by .astype(numpy.float32)")
    }
    guard order == "False" else {
      throw wrong("holds its columns one after another; save it by numpy.ascontiguousarray")
    }
    let sizes = shape.split(separator: ",").map { Int($0) }
    let dimensions = sizes.compactMap(\.self)
    guard dimensions.count == sizes.count, dimensions.allSatisfy({ $0 >= 0 }) else {
      throw wrong("has the shape (\(shape))")
    }
    (self.format, self.shape, offset) = (format, dimensions, start + length)
  }

  /// The head of a file of float32 numbers of a shape, up to a multiple of 64 bytes, as NumPy writes it.
  static func bytes(shape: [Int]) -> [UInt8] {
    let sizes = shape.map { "\($0)" }.joined(separator: ", ") + (shape.count == 1 ? "," : "")
    var text = Array("{'descr': '<f4', 'fortran_order': False, 'shape': (\(sizes)), }".utf8)
    // NumPy leaves room for the first size to grow to 21 digits.
    text += [UInt8](
      repeating: UInt8(ascii: " "), count: max(0, 21 - (shape.first.map { "\($0)".count } ?? 1)))
    let unpadded = magic.count + 4 + text.count + 1
    text += [UInt8](repeating: UInt8(ascii: " "), count: (64 - unpadded % 64) % 64) + [UInt8(ascii: "\n")]
    return magic + [1, 0, UInt8(text.count & 0xff), UInt8(text.count >> 8)] + text
  }
}

/// Reads a Python dictionary whose names are texts and whose values are texts, words, or tuples of numbers: what a `.npy` header is.
private struct PythonDictionary {
  private var rest: Substring

  init(_ text: String) {
    rest = text[...]
  }

  /// The entries, tuples without their brackets and spaces; nil when the text is something else.
  mutating func read() -> [String: String]? {
    var entries: [String: String] = [:]
    guard take("{") else { return nil }
    while !take("}") {
      guard let name = quoted(), entries[name] == nil, take(":"), let value = value() else { return nil }
      entries[name] = value
      guard take(",") || peek() == "}" else { return nil }
    }
    return peek() == nil ? entries : nil
  }

  private mutating func value() -> String? {
    switch peek() {
    case "'", "\"": return quoted()
    case "(":
      rest = rest.dropFirst()
      guard let end = rest.firstIndex(of: ")") else { return nil }
      defer { rest = rest[rest.index(after: end)...] }
      return rest[..<end].filter { !$0.isWhitespace }
    default:
      let word = rest.prefix { $0.isLetter }
      rest = rest.dropFirst(word.count)
      return word.isEmpty ? nil : String(word)
    }
  }

  private mutating func quoted() -> String? {
    guard let quote = peek(), quote == "'" || quote == "\"" else { return nil }
    rest = rest.dropFirst()
    guard let end = rest.firstIndex(of: quote) else { return nil }
    defer { rest = rest[rest.index(after: end)...] }
    return String(rest[..<end])
  }

  /// The next character that is not white space.
  private mutating func peek() -> Character? {
    rest = rest.drop { $0.isWhitespace }
    return rest.first
  }

  private mutating func take(_ character: Character) -> Bool {
    guard peek() == character else { return false }
    rest = rest.dropFirst()
    return true
  }
}
