internal import JSON

/// Makes items of rows by a `FieldMapping`, and says what is wrong with those that are none.
struct ItemDecoder {
  /// The most UTF-8 bytes an id may have.
  static let maximumIDLength = 1_024

  /// The field of the texts; nil where rows have none.
  let textField: String?
  /// The field of the ids, and whether every row must have it.
  let idField: (name: String, isRequired: Bool)
  /// The fields that hold an answer, by task.
  let labels: [(task: String, field: String)]
  /// The field that holds an object of answers by task.
  let labelsField: String?
  /// The fields that the mapping names: a table must have them.
  let namedFields: [String]
  /// Whether an item without a text has its id for one.
  private let textIsOptional: Bool

  private let identify: @Sendable (String) -> String
  /// The fields that do not become metadata.
  private let consumedFields: [String]

  /// `readsLabelObjects` is whether a field `labels` holds answers by task.
  init(
    _ mapping: FieldMapping, readsLabelObjects: Bool, identify: @escaping @Sendable (String) -> String
  ) throws(DatasetError) {
    let named = [mapping.textField, mapping.idField].compactMap(\.self) + mapping.labels.map(\.field)
    textField = mapping.textField
    textIsOptional = mapping.textIsOptional
    namedFields = named.filter { !mapping.textIsOptional || $0 != mapping.textField }
    // What has no text to be named after must have a name.
    idField = (mapping.idField ?? "id", isRequired: mapping.idField != nil || textField == nil)
    let claimsLabel = named.contains("label") || mapping.labels.contains { $0.task == "label" }
    labels = mapping.labels + (claimsLabel ? [] : [("label", "label")])
    labelsField = readsLabelObjects && !named.contains("labels") ? "labels" : nil
    self.identify = identify
    consumedFields = [textField, idField.name, labelsField].compactMap(\.self) + labels.map(\.field)
    try checkForContradictions(in: mapping)
  }

  private func checkForContradictions(in mapping: FieldMapping) throws(DatasetError) {
    if textField == idField.name {
      throw .contradictoryFields(reason: "the field \"\(idField.name)\" cannot be both the text and the id")
    }
    for (index, label) in mapping.labels.enumerated() {
      if label.field == textField || label.field == mapping.idField {
        throw .contradictoryFields(
          reason: "the field \"\(label.field)\" cannot be a label: it is the text or the id")
      }
      if label.task.isEmpty {
        throw .contradictoryFields(reason: "the field \"\(label.field)\" feeds a task without a name")
      }
      if mapping.labels[..<index].contains(where: { $0.task == label.task }) {
        throw .contradictoryFields(reason: "two fields feed the task \"\(label.task)\"; one is enough")
      }
    }
  }

  /// The item that a row's fields make.
  func item(_ row: JSONObject) throws(RowFault) -> Item {
    let own =
      switch textField {
      case let field? where row[field] == nil && textIsOptional: nil as String?
      case let field?: try self.text(of: row, in: field)
      case nil: ""
      }
    let id = try id(of: row)
    guard let text = own ?? id else { throw RowFault("has neither a text nor an id") }
    return Item(
      id: id ?? identify(text),
      text: text,
      labels: try labels(of: row),
      metadata: JSONValue.object(row.removing(consumedFields)).canonicalText)
  }

  private func text(of row: JSONObject, in textField: String) throws(RowFault) -> String {
    switch row[textField] {
    case .string(let text):
      try Self.check(text: text)
      return text
    case nil:
      let fields = row.members.prefix(8).map(\.name).joined(separator: ", ")
      throw RowFault("has no field \"\(textField)\"" + (fields.isEmpty ? "" : " (it has \(fields))"))
    case .some(let other):
      throw RowFault("the field \"\(textField)\" is \(other.kind), not a string")
    }
  }

  private func id(of row: JSONObject) throws(RowFault) -> String? {
    let id: String
    switch row[idField.name] {
    case .string(let text):
      id = text
    case .number(let digits) where !digits.contains { ".eE".contains($0) }:
      id = digits
    case nil where idField.isRequired, .null where idField.isRequired:
      throw RowFault("has no id in the field \"\(idField.name)\"")
    case nil, .null:
      return nil
    case .some(let other):
      throw RowFault("the id is \(other.kind), not a string or an integer")
    }
    try Self.check(id: id)
    return id
  }

  private func labels(of row: JSONObject) throws(RowFault) -> [String: Label?] {
    var answers: [String: Label?] = [:]
    func add(_ value: JSONValue, for task: String) throws(RowFault) {
      if answers.updateValue(try Self.label(value, task: task), forKey: task) != nil {
        throw RowFault("the task \"\(task)\" is answered twice")
      }
    }
    for (task, field) in labels {
      if let value = row[field] { try add(value, for: task) }
    }
    if let labelsField {
      switch row[labelsField] {
      case .object(let object):
        for member in object.members { try add(member.value, for: member.name) }
      case nil, .null:
        break
      case .some(let other):
        throw RowFault("the field \"\(labelsField)\" is \(other.kind), not an object of answers by task")
      }
    }
    return answers
  }
}

extension ItemDecoder {
  /// Throws unless `text` can be an item's text.
  static func check(text: String) throws(RowFault) {
    if text.utf8.contains(0) { throw RowFault("the text contains a NUL character") }
    if text.unicodeScalars.allSatisfy(\.properties.isWhitespace) { throw RowFault("the text is empty") }
  }

  /// Throws unless `id` can be an item's id.
  static func check(id: String) throws(RowFault) {
    if id.isEmpty { throw RowFault("the id is empty") }
    if id.utf8.contains(0) { throw RowFault("the id contains a NUL character") }
    if id.utf8.count > maximumIDLength {
      throw RowFault("the id has \(id.utf8.count) bytes, more than \(maximumIDLength)")
    }
  }

  /// The answer that a value is: a string is one class, an array of strings several, a number a number, null
  /// none.
  static func label(_ value: JSONValue, task: String) throws(RowFault) -> Label? {
    func className(_ name: String) throws(RowFault) -> String {
      if name.isEmpty { throw RowFault("the label of \"\(task)\" is empty") }
      if name.utf8.contains(0) { throw RowFault("the label of \"\(task)\" contains a NUL character") }
      return name
    }
    if task.isEmpty || task.utf8.contains(0) {
      throw RowFault("a label feeds a task whose name is empty or contains a NUL character")
    }
    switch value {
    case .null:
      return nil
    case .string(let name):
      return .single(try className(name))
    case .number(let digits):
      guard let number = Double(digits), number.isFinite else {
        throw RowFault("the label of \"\(task)\" is no finite number: \(digits.prefix(40))")
      }
      return .number(number)
    case .array(let values):
      var names: [String] = []
      for value in values {
        guard case .string(let name) = value else {
          throw RowFault("the label of \"\(task)\" is an array that holds \(value.kind), not only strings")
        }
        names.append(try className(name))
      }
      return .multiple(names.sortedByBytes())
    case .bool, .object:
      throw RowFault(
        "the label of \"\(task)\" is \(value.kind), not a string, an array of strings or a number")
    }
  }
}

extension [String] {
  /// The strings sorted by their UTF-8 bytes, each once.
  fileprivate func sortedByBytes() -> [String] {
    let sorted = self.sorted { $0.precedesByBytes($1) }
    return sorted.enumerated().filter { index, name in
      index == 0 || !name.hasSameBytes(as: sorted[index - 1])
    }.map(\.element)
  }
}
