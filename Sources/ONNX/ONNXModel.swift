/// A model as programs for neural networks exchange it: the bytes of an ONNX file, `ModelProto`. Equal models are equal bytes.
///
/// The numbers of fields are those of the format's own definition, `onnx.proto`. Version 8 of it with the operators of set 17 is read by
/// every runtime since 2022.
public struct ONNXModel: Sendable {
  private let graph: ONNXGraph
  private let description: String
  private let metadata: [String: String]

  private static let formatVersion = 8
  private static let operatorSet = 17

  /// A model of a graph, with what people and programs are told of it.
  public init(_ graph: ONNXGraph, description: String, metadata: [String: String]) {
    (self.graph, self.description, self.metadata) = (graph, description, metadata)
  }

  /// The bytes of the file.
  public var bytes: [UInt8] {
    var operators = ProtocolBuffer()
    operators.add("", field: 1)
    operators.add(Self.operatorSet, field: 2)
    var message = ProtocolBuffer()
    message.add(Self.formatVersion, field: 1)
    message.add("firn", field: 2)
    message.add(description, field: 6)
    message.add(graph.message, field: 7)
    message.add(operators, field: 8)
    for (key, value) in metadata.sorted(by: { $0.key < $1.key }) {
      var property = ProtocolBuffer()
      property.add(key, field: 1)
      property.add(value, field: 2)
      message.add(property, field: 14)
    }
    return message.bytes
  }
}
