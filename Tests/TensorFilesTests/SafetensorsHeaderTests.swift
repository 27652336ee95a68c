import Foundation
import TensorFiles
import Testing

/// Whole files by the original library are read by the tests of Backbones and Heads; here it is about single rules.
struct SafetensorsHeaderTests {
  private func header(_ file: [UInt8]) throws -> SafetensorsHeader {
    try file.withUnsafeBytes { try SafetensorsHeader(of: $0) }
  }

  private func file(header json: String, payload: Int = 16) -> [UInt8] {
    withUnsafeBytes(of: UInt64(json.utf8.count).littleEndian) { Array($0) } + Array(json.utf8)
      + [UInt8](repeating: 0, count: payload)
  }

  @Test func `What is written is read`() throws {
    let file = SafetensorsHeader.file(
      metadata: ["note": "é \"quoted\"\n"],
      tensors: ["b": ([3], [1, 2, 3]), "a": ([2, 1], [-0.5, .infinity])])
    let header = try header(file)
    #expect(header.metadata == ["note": "é \"quoted\"\n"])
    for (name, expected) in [("a", [-0.5, .infinity]), ("b", [1, 2, 3])] as [(String, [Float])] {
      let (tensor, format) = try header.tensor(name)
      let values = file.withUnsafeBytes {
        format.numbers(expected.count, in: $0, at: tensor.bytes.lowerBound)
      }
      #expect(values == expected)
    }
    #expect((file.count - 20) % 8 == 0)
  }

  @Test(arguments: [
    (UInt16(0x3c00), Float(1)), (0xc000, -2), (0x7bff, 65504), (0x0001, 0x1p-24), (0x03ff, 0x1.ff8p-15),
    (0x0400, 0x1p-14),
    (0x8000, -0.0), (0x7c00, .infinity), (0xfc00, -.infinity), (0x3555, 0.33325195),
  ])
  func `Half precision is IEEE 754's`(bits: UInt16, value: Float) {
    let values = withUnsafeBytes(of: bits.littleEndian) { NumberFormat.float16.numbers(1, in: $0, at: 0) }
    #expect(values.map(\.bitPattern) == [value.bitPattern])
  }

  @Test func `Brain floats are the upper half of a single`() {
    let values = withUnsafeBytes(of: UInt16(0x3fc0).littleEndian) {
      NumberFormat.bfloat16.numbers(1, in: $0, at: 0)
    }
    #expect(values == [1.5])
  }

  @Test func `Tensors that nobody asks for may be of any type`() throws {
    let header = try header(
      file(header: #"{"ids": {"dtype": "I64", "shape": [2], "data_offsets": [0, 16]}}"#))
    #expect(throws: SafetensorsError.self) { try header.tensor("ids") }
    #expect(throws: SafetensorsError.tensor(name: "x", problem: "is missing")) { try header.tensor("x") }
  }

  @Test(arguments: [
    "", "[]", "{", #"{"a": 1}"#, #"{"__metadata__": 1}"#, #"{"__metadata__": {"a": 1}}"#,
    #"{"a": {"dtype": "F32", "shape": [4]}}"#, #"{"a": {"dtype": 1, "shape": [4], "data_offsets": [0, 16]}}"#,
    #"{"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 17]}}"#,
    #"{"a": {"dtype": "F32", "shape": [4], "data_offsets": [-1, 15]}}"#,
    #"{"a": {"dtype": "F32", "shape": [4], "data_offsets": [16, 0]}}"#,
    #"{"a": {"dtype": "F32", "shape": [4], "data_offsets": [0, 1e1]}}"#,
    #"{"a": {"dtype": "F32", "shape": [4.0], "data_offsets": [0, 16]}}"#,
  ])
  func `A header that says nothing usable is refused`(json: String) {
    #expect(throws: SafetensorsError.self) { try header(file(header: json)) }
  }

  @Test(arguments: ["[3]", "[2, 3]", "[-4]", "[-2, -2]", "[4611686018427387904, 4]", "[]"])
  func `A shape that does not fit the bytes is refused`(shape: String) throws {
    let header = try header(
      file(header: #"{"a": {"dtype": "F32", "shape": \#(shape), "data_offsets": [0, 16]}}"#))
    #expect(throws: SafetensorsError.self) { try header.tensor("a") }
  }

  @Test func `A length beyond the file is refused`() {
    for length in [UInt64(17), 1 << 40, .max] {
      let bytes = withUnsafeBytes(of: length.littleEndian) { Array($0) } + [UInt8](repeating: 32, count: 16)
      #expect(throws: SafetensorsError.self) { try header(bytes) }
    }
    #expect(throws: SafetensorsError.self) { try header([1, 2, 3]) }
  }

  @Test func `A header that fills a file of holes is refused before it takes memory`() throws {
    // Pages that nobody touches are not there.
    let size = 1 << 40
    let pages = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0)
    let file = try #require(pages == MAP_FAILED ? nil : pages)
    defer { munmap(file, size) }
    file.storeBytes(of: UInt64(size - 8).littleEndian, as: UInt64.self)
    #expect(throws: SafetensorsError.self) {
      try SafetensorsHeader(of: UnsafeRawBufferPointer(start: file, count: size))
    }
  }
}
