import Firn

/// What is said of a head version, as scripts read it.
struct AnnotationReport: Encodable {
  let head: String
  let version: Int
  let notes: [HeadAnnotations.Note]
  let tags: [String]

  /// Writes what is said of a version now.
  static func write(_ version: HeadVersion, to output: Output) throws {
    let (notes, tags) = (version.annotations.notes, version.annotations.tags)
    let report = AnnotationReport(head: version.head, version: version.number, notes: notes, tags: tags)
    try output.write(report) {
      output.line(
        "\(version.reference) has \(notes.count == 1 ? "1 note" : "\(notes.count) notes") and "
          + (tags.isEmpty ? "no tags" : "the tags \(tags.joined(separator: ", "))"))
    }
  }
}
