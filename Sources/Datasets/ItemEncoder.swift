internal import JSON

/// Writes items down as ``ItemReader`` reads them.
public enum ItemEncoder {
  /// The names that an item's own parts have in a row.
  private static let ownFields = ["id", "text", "label", "labels"]

  /// The item as a row of JSON Lines, without a line break.
  ///
  /// Its metadata become fields of their own. One that is called as a part of the item is gets `metadata.` put before its name, so often that it is no other's.
  public static func jsonLine(_ item: Item) -> String {
    var members = [
      JSONObject.Member(name: "id", value: .string(item.id)),
      JSONObject.Member(name: "text", value: .string(item.text)),
    ]
    let labels = item.labels.compactMap { task, label in
      label.map { JSONObject.Member(name: task, value: $0.json) }
    }
    if !labels.isEmpty {
      members.append(JSONObject.Member(name: "labels", value: .object(JSONObject(distinct: labels))))
    }
    if case .object(let metadata)? = try? JSONValue(parsing: Array(item.metadata.utf8)[...]) {
      for member in metadata.members {
        var name = member.name
        while ownFields.contains(name) || (name != member.name && metadata[name] != nil) {
          name = "metadata." + name
        }
        members.append(JSONObject.Member(name: name, value: member.value))
      }
    }
    return JSONValue.object(JSONObject(distinct: members)).canonicalText
  }

  /// The names of the columns of a table of items: `id`, `text`, `metadata`, the tasks.
  public static func header(tasks: [String], features: Int) -> String {
    row(["id", "text", "metadata"] + tasks + (0..<features).map { "f\($0)" })
  }

  /// The item as a row of that table. A label is a class, a JSON array of classes or a number, and empty where there is none.
  public static func tableRow(_ item: Item, tasks: [String], features: some Sequence<Float>) -> String {
    let labels = tasks.map { task in
      switch item.labels[task] ?? nil {
      case .single(let name)?: name
      case let label?: label.json.canonicalText
      case nil: ""
      }
    }
    return row([item.id, item.text, item.metadata] + labels + features.map { "\($0)" })
  }

  private static func row(_ cells: [String]) -> String {
    // By bytes: a quote with an accent above it is another character, and a quote all the same.
    let quote = UInt8(ascii: "\"")
    return cells.map { cell in
      guard cell.utf8.contains(where: { ",\"\r\n".utf8.contains($0) }) else { return cell }
      let doubled = cell.utf8.flatMap { $0 == quote ? [quote, quote] : [$0] }
      return String(decoding: [quote] + doubled + [quote], as: UTF8.self)
    }.joined(separator: ",")
  }
}
