import Testing

@testable import ONNX

/// The examples of the encoding guide of protocol buffers (protobuf.dev/programming-guides/encoding).
struct ProtocolBufferTests {
  private func bytes(_ fill: (inout ProtocolBuffer) -> Void) -> [UInt8] {
    var message = ProtocolBuffer()
    fill(&message)
    return message.bytes
  }

  @Test func `A number is written seven bits a byte, the lowest first`() {
    #expect(bytes { $0.add(150, field: 1) } == [0x08, 0x96, 0x01])
    #expect(bytes { $0.add(0, field: 1) } == [0x08, 0x00])
  }

  @Test func `A negative number takes ten bytes`() {
    #expect(bytes { $0.add(-2, field: 1) } == [0x08, 0xfe] + [UInt8](repeating: 0xff, count: 8) + [0x01])
  }

  @Test func `A text stands behind its length`() {
    #expect(bytes { $0.add("testing", field: 2) } == [0x12, 0x07] + Array("testing".utf8))
  }

  @Test func `A message within a message is written like a text`() {
    var inner = ProtocolBuffer()
    inner.add(150, field: 1)
    #expect(bytes { $0.add(inner, field: 3) } == [0x1a, 0x03, 0x08, 0x96, 0x01])
  }

  @Test func `A field above 15 takes two bytes`() {
    #expect(bytes { $0.add(1, field: 20) } == [0xa0, 0x01, 0x01])
  }
}
