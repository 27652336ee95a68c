/// Which fields of a row are the item's text, id and labels. Every other field becomes metadata.
///
///     FieldMapping(textField: "body", labels: [("section", "category")])
///
/// Beside the mapping two names have a meaning of their own: a field `label` feeds the task `label`, and in
/// JSON Lines a field `labels` is an object of answers by task. Naming such a field in the mapping, or the
/// task `label`, takes that meaning away.
public struct FieldMapping: Sendable {
  /// The field that holds the text. Without one, rows carry an id and answers alone, and the text of their items is empty.
  public var textField: String?
  /// The field that holds the id and must then be in every row. Without one, a field `id` is used where there
  /// is one, and a row without it is named after its text.
  public var idField: String?
  /// The fields that hold answers, by the task they feed.
  public var labels: [(task: String, field: String)]

  /// Whether an item without a text is known by its id, which then is its text.
  public var textIsOptional: Bool

  /// A mapping; by default `text`, `id`, `label` and `labels` are what their names say.
  public init(
    textField: String? = "text", idField: String? = nil, labels: [(task: String, field: String)] = [],
    textIsOptional: Bool = false
  ) {
    self.textField = textField
    self.idField = idField
    self.labels = labels
    self.textIsOptional = textIsOptional
  }
}
