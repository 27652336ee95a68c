import Firn

extension VersionFields {
  /// What the version was made from, and what was said of it.
  var annotations: [(name: String, value: String)] {
    let (notes, tags) = (version.annotations.notes, version.annotations.tags)
    return (version.parent.map { [("parent", "\(version.head)@\($0)")] } ?? [])
      + (tags.isEmpty ? [] : [("tags", tags.joined(separator: ", "))])
      + notes.map { ("note", "\($0.created)  \($0.text)") }
  }
}
