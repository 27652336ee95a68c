import CommandLineArguments
import Firn
import Terminal

enum BackboneShow: Verb {
  private static let name = Argument(.name(), "The backbone.")

  static let description = CommandDescription("show", "Show what a backbone consists of.", takes: [name])

  static func run(_ command: ParsedCommand, in session: Session) throws {
    try write(session.store.backbone(named: command[name]), in: session)
  }

  /// A backbone as scripts read it.
  struct Report: Encodable {
    let name: String
    let fingerprint: SHA256Digest
    let dimension: Int
    let location: String
    let created: String
    /// Nil for one that is only declared.
    let manifest: BackboneManifest?
    /// What makes the features of one that is only declared.
    let source: String?

    init(_ record: BackboneRecord, in store: Store) throws {
      (name, fingerprint, dimension) = (record.name, record.fingerprint, record.dimension)
      (location, created) = (record.location, record.created)
      manifest = record.isDeclared ? nil : try record.manifest(in: store.path)
      source = record.isDeclared ? try record.declaration(in: store.path).source : nil
    }
  }

  private static func rule(_ manifest: BackboneManifest) -> String {
    switch manifest.options.longTexts {
    case .truncate: "are cut"
    case .window: "are read in windows that overlap by \(manifest.windowOverlap ?? 0) tokens"
    case .error: "are rejected"
    }
  }

  static func write(_ record: BackboneRecord, in session: Session) throws {
    let report = try Report(record, in: session.store)
    try session.output.write(report) {
      session.output.fields(
        [("name", record.name)]
          + (report.manifest.map(fields) ?? [("made elsewhere by", report.source ?? "")]) + [
            ("dimension", "\(record.dimension)"),
            ("fingerprint", record.fingerprint.hex),
          ] + (record.isDeclared ? [] : [("location", record.location)]) + [("added", record.created)])
    }
  }

  private static func fields(_ manifest: BackboneManifest) -> [(name: String, value: String)] {
    [
      ("architecture", manifest.architecture),
      ("layer", "\(manifest.layer)"),
      ("pooling", (manifest.pooling.map(\.rawValue) + manifest.steps).joined(separator: ", ")),
      ("prompt", manifest.prompt.isEmpty ? "none" : "“\(manifest.prompt)”"),
      ("reads up to", "\(manifest.maximumLength) tokens"),
      ("longer texts", Self.rule(manifest)),
      ("arithmetic", "\(manifest.numericMode.rawValue), kernels \(manifest.kernels)"),
      ("files", manifest.files.map { "\($0.name) (\(Readable.bytes($0.bytes)))" }.joined(separator: ", ")),
    ]
  }
}
