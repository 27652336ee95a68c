import Firn

extension VersionFields {
  /// What was said of the version.
  var annotations: [(name: String, value: String)] {
    let (notes, tags) = (version.annotations.notes, version.annotations.tags)
    return (tags.isEmpty ? [] : [("tags", tags.joined(separator: ", "))])
      + notes.map { ("note", "\($0.created)  \($0.text)") }
  }
}
