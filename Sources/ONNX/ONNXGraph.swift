/// Operations that make outputs of inputs, in an order in which each finds its inputs made: `GraphProto`. Values are known by name.
public struct ONNXGraph: Sendable {
  /// A value that goes in or comes out: `ValueInfoProto`.
  public struct Value: Sendable {
    let name: String
    let type: ONNXTensor.ElementType
    let shape: [Size]

    /// How many values stand along one dimension.
    public enum Size: Sendable {
      case fixed(Int)
      /// Any number, the same wherever the name stands.
      case any(String)
    }

    /// A value.
    public init(_ name: String, _ type: ONNXTensor.ElementType, _ shape: [Size]) {
      (self.name, self.type, self.shape) = (name, type, shape)
    }
  }

  /// What an operation is told beside its inputs: `AttributeProto`.
  public enum Attribute: Sendable, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral {
    /// A whole number.
    case integer(Int)
    /// Whole numbers.
    case integers([Int])

    /// A type of values.
    public static func type(_ type: ONNXTensor.ElementType) -> Attribute { .integer(type.rawValue) }

    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// Whole numbers.
    public init(arrayLiteral values: Int...) { self = .integers(values) }
  }

  private let name: String
  private let inputs: [Value]
  private var outputs: [Value] = []
  private var nodes: [ProtocolBuffer] = []
  private var initializers: [ProtocolBuffer] = []

  /// A graph that does nothing yet with `inputs`.
  public init(_ name: String, inputs: [Value]) {
    (self.name, self.inputs) = (name, inputs)
  }

  /// Adds values that are part of the model.
  ///
  /// - Returns: Their name.
  public mutating func constant(_ name: String, _ tensor: ONNXTensor) -> String {
    initializers.append(tensor.message(named: name))
    return name
  }

  /// Adds an operation with one output.
  ///
  /// - Parameters:
  ///   - operation: Its name in ONNX.
  ///   - inputs: The names of its inputs.
  ///   - attributes: What it is told beside them.
  ///   - name: The name of its output.
  /// - Returns: The name of its output.
  public mutating func apply(
    _ operation: String, to inputs: String..., with attributes: KeyValuePairs<String, Attribute> = [:],
    as name: String
  ) -> String {
    apply(operation, to: inputs, with: attributes, as: [name])
    return name
  }

  /// Adds an operation with several outputs.
  public mutating func apply(
    _ operation: String, to inputs: [String], with attributes: KeyValuePairs<String, Attribute> = [:],
    as outputs: [String]
  ) {
    var node = ProtocolBuffer()
    for input in inputs { node.add(input, field: 1) }
    for output in outputs { node.add(output, field: 2) }
    node.add(operation, field: 4)
    for (name, attribute) in attributes { node.add(attribute.message(named: name), field: 5) }
    nodes.append(node)
  }

  /// Says that a value comes out.
  public mutating func output(_ value: Value) {
    outputs.append(value)
  }

  var message: ProtocolBuffer {
    var message = ProtocolBuffer()
    for node in nodes { message.add(node, field: 1) }
    message.add(name, field: 2)
    for initializer in initializers { message.add(initializer, field: 5) }
    for input in inputs { message.add(input.message, field: 11) }
    for output in outputs { message.add(output.message, field: 12) }
    return message
  }
}

extension ONNXGraph.Attribute {
  fileprivate func message(named name: String) -> ProtocolBuffer {
    var message = ProtocolBuffer()
    message.add(name, field: 1)
    // Behind the value, its kind by the number in `AttributeProto.AttributeType`.
    switch self {
    case .integer(let value):
      message.add(value, field: 3)
      message.add(2, field: 20)
    case .integers(let values):
      for value in values { message.add(value, field: 8) }
      message.add(7, field: 20)
    }
    return message
  }
}

extension ONNXGraph.Value {
  fileprivate var message: ProtocolBuffer {
    var shapeMessage = ProtocolBuffer()
    for size in shape {
      var dimension = ProtocolBuffer()
      switch size {
      case .fixed(let count): dimension.add(count, field: 1)
      case .any(let name): dimension.add(name, field: 2)
      }
      shapeMessage.add(dimension, field: 1)
    }
    var tensorType = ProtocolBuffer()
    tensorType.add(type.rawValue, field: 1)
    tensorType.add(shapeMessage, field: 2)
    var typeMessage = ProtocolBuffer()
    typeMessage.add(tensorType, field: 1)
    var message = ProtocolBuffer()
    message.add(name, field: 1)
    message.add(typeMessage, field: 2)
    return message
  }
}
