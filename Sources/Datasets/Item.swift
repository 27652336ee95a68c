/// A named entry of a dataset, as it is read from an input and before it is stored.
public struct Item: Hashable, Sendable {
  /// The name by which the dataset knows the item.
  public var id: String
  /// What is embedded: never empty, valid UTF-8, without NUL.
  public var text: String
  /// The answers by task name. A task that is there with nil has no answer, or none any more; one that is not there says
  /// nothing: an item that the dataset has already keeps its answer, if its text is the same.
  public var labels: [String: Label?]
  /// Every other field of the input, as a JSON object with sorted keys.
  public var metadata: String

  /// An item; `metadata` must be a JSON object.
  public init(id: String, text: String, labels: [String: Label?] = [:], metadata: String = "{}") {
    self.id = id
    self.text = text
    self.labels = labels
    self.metadata = metadata
  }
}
