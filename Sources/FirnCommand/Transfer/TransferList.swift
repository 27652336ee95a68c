import CommandLineArguments
import Firn
import Terminal

enum TransferList: Verb {
  static let description = CommandDescription("list", "List every version of every transform.")

  static func run(_ command: ParsedCommand, in session: Session) throws {
    let transforms = try session.store.transforms()
    try session.output.write(transforms.map(TransformReport.init)) {
      session.output.table(
        [
          .left("transform"), .left("method"), .left("source"), .left("target"), .left("backbone"),
          .left("digest"), .left("created"),
        ],
        transforms.map { transform in
          let own = transform.specification
          return [
            "\(transform.reference)",
            TransformReport.method(of: own),
            "\(own.source.dataset) revision \(own.source.revision)",
            "\(own.target.dataset) revision \(own.target.revision)",
            transform.fromBackbone == transform.toBackbone
              ? transform.toBackbone : "\(transform.fromBackbone) to \(transform.toBackbone)",
            transform.digest.short, transform.created,
          ]
        })
    }
  }
}
