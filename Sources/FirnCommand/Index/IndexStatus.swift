import CommandLineArguments
import Firn
import Terminal

enum IndexStatus: Verb {
  static let description = CommandDescription(
    "status", "List the indexes of the store.",
    discussion: """
      An index that is current is used by firn nearest. One that is outdated, unfinished or damaged is not: searches are exact until firn \
      index build mends it.
      """)

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let indexes = try session.store.searchIndexes()
    try session.output.write(indexes) {
      session.output.table(
        [
          .left("dataset"), .left("backbone"), .left("state"), .right("revision"), .right("texts"),
          .right("size"),
          .right("candidates"), .right("inside"), .right("outside"),
        ],
        indexes.map { index in
          [
            index.dataset, index.backbone, index.state.rawValue, index.revision.map { "\($0)" } ?? "",
            index.contents.map { Readable.count($0) } ?? "", index.bytes.map { Readable.bytes($0) } ?? "",
            index.candidates.map { Readable.count($0) } ?? "", index.recallInside?.fixed(3) ?? "",
            index.recallOutside?.fixed(3) ?? "",
          ]
        })
    }
  }
}
