/// How a value is written on the command line: what help calls it, and how a word is read.
///
///     Option("k", .integer(1...), default: 10, "How many neighbours to give.")
public struct ValueSyntax<Value: Sendable>: Sendable {
  /// What stands for the value in help: `FILE`.
  let placeholder: String
  /// What a word must be, behind "is not": `an integer of at least 1`.
  let expected: String
  /// All the words there are, when they are few.
  let choices: [String]
  let read: @Sendable (String) -> Value?
  let write: @Sendable (Value) -> String

  /// A syntax of one's own.
  /// - Parameters:
  ///   - placeholder: What stands for the value in help.
  ///   - expected: What a word must be, to go behind "is not".
  ///   - write: How help writes a default.
  ///   - read: The value of a word, or nil when it is none.
  public init(
    _ placeholder: String, expected: String,
    write: @escaping @Sendable (Value) -> String = { "\($0)" },
    read: @escaping @Sendable (String) -> Value?
  ) {
    self.init(placeholder, expected: expected, choices: [], write: write, read: read)
  }

  private init(
    _ placeholder: String, expected: String, choices: [String],
    write: @escaping @Sendable (Value) -> String,
    read: @escaping @Sendable (String) -> Value?
  ) {
    self.placeholder = placeholder
    self.expected = expected
    self.choices = choices
    self.write = write
    self.read = read
  }
}

extension ValueSyntax where Value == String {
  /// Any text, the empty one included.
  public static func text(_ placeholder: String = "TEXT") -> ValueSyntax {
    ValueSyntax(placeholder, expected: "a text") { $0 }
  }

  /// A name: any text but the empty one.
  public static func name(_ placeholder: String = "NAME") -> ValueSyntax {
    ValueSyntax(placeholder, expected: "a name") { $0.isEmpty ? nil : $0 }
  }

  /// The path of a file or folder; `-` is a path too, by which a command may mean standard input.
  public static func path(_ placeholder: String = "FILE") -> ValueSyntax {
    ValueSyntax(placeholder, expected: "a path") { $0.isEmpty ? nil : $0 }
  }
}

extension ValueSyntax where Value == Int {
  /// An integer in decimal digits.
  public static func integer(_ range: ClosedRange<Int>, _ placeholder: String = "N") -> ValueSyntax {
    let expected = "an integer from \(range.lowerBound) to \(range.upperBound)"
    return ValueSyntax(placeholder, expected: expected) { Int($0).flatMap { range.contains($0) ? $0 : nil } }
  }

  /// An integer in decimal digits, no smaller than the bound.
  public static func integer(_ range: PartialRangeFrom<Int>, _ placeholder: String = "N") -> ValueSyntax {
    ValueSyntax(placeholder, expected: "an integer of at least \(range.lowerBound)") {
      Int($0).flatMap { range.contains($0) ? $0 : nil }
    }
  }
}

extension ValueSyntax where Value == Double {
  /// Any finite number in decimal or scientific notation.
  public static func number(_ placeholder: String = "X") -> ValueSyntax {
    ValueSyntax(placeholder, expected: "a number", write: \.short) { word in
      word.decimal.flatMap { $0.isFinite ? $0 : nil }
    }
  }

  /// A finite number in decimal or scientific notation.
  public static func number(_ range: ClosedRange<Double>, _ placeholder: String = "X") -> ValueSyntax {
    .number(placeholder, "from \(range.lowerBound.short) to \(range.upperBound.short)", range.contains)
  }

  /// A finite number below the upper bound.
  public static func number(_ range: Range<Double>, _ placeholder: String = "X") -> ValueSyntax {
    .number(
      placeholder, "of at least \(range.lowerBound.short) and below \(range.upperBound.short)", range.contains
    )
  }

  /// A finite number of at least the bound.
  public static func number(_ range: PartialRangeFrom<Double>, _ placeholder: String = "X") -> ValueSyntax {
    .number(placeholder, "of at least \(range.lowerBound.short)", range.contains)
  }

  /// A finite number above the bound.
  public static func number(above bound: Double, _ placeholder: String = "X") -> ValueSyntax {
    .number(placeholder, "above \(bound.short)") { $0 > bound }
  }

  /// A finite number above the lower bound and below the upper one.
  public static func number(between low: Double, and high: Double, _ placeholder: String = "X") -> ValueSyntax
  {
    .number(placeholder, "above \(low.short) and below \(high.short)") { $0 > low && $0 < high }
  }

  private static func number(
    _ placeholder: String, _ bounds: String, _ isAllowed: @escaping @Sendable (Double) -> Bool
  ) -> ValueSyntax {
    ValueSyntax(placeholder, expected: "a number \(bounds)", write: \.short) { word in
      word.decimal.flatMap { $0.isFinite && isAllowed($0) ? $0 : nil }
    }
  }
}

extension StringProtocol {
  /// The number in decimal or scientific notation: `Double` alone would take "nan", "infinity" and hexadecimal digits.
  public var decimal: Double? {
    utf8.allSatisfy { "+-.0123456789eE".utf8.contains($0) } ? Double(self) : nil
  }
}

extension ValueSyntax where Value: CaseIterable & RawRepresentable<String> {
  /// One of an enumeration's cases, by its raw value.
  public static func choice(
    _ placeholder: String, among values: [Value] = Array(Value.allCases)
  ) -> ValueSyntax {
    let choices = values.map(\.rawValue)
    return ValueSyntax(
      placeholder, expected: "one of \(choices.joined(separator: ", "))", choices: choices, write: \.rawValue
    ) { word in
      values.first { $0.rawValue == word }
    }
  }
}

extension Double {
  /// The number without a needless `.0`.
  fileprivate var short: String {
    let text = "\(self)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
