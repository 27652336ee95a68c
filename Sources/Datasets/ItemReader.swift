/// Reads an input's items one after another, in memory that does not grow with the input.
///
///     var reader = try ItemReader(.path("reviews.jsonl")) { text in digest(of: text) }
///     while let entry = try reader.next() {
///       switch entry {
///       case .item(let item, _): store(item)
///       case .rejected(let rejection): complain(rejection)
///       }
///     }
///
/// **JSON Lines.** One JSON object a line:
///
///     {"id": "7", "text": "Firn", "label": "snow", "labels": {"tags": ["old", "dense"], "depth": 2.5}, "year": 1994}
///
/// A label that is a string is one class, an array of strings several, a number a number, null none. An id is
/// a string or an integer. Fields with no other role become the metadata, whose numbers keep all their digits.
///
/// **CSV, TSV.** The first row names the fields. RFC 4180: cells may stand in double quotes and then hold
/// delimiters, newlines and doubled quotes. Every cell is a string, so a label that looks like a number is a
/// class; an empty label cell is no label.
///
/// **A folder.** Each regular file below it is a text; its id is its path relative to the folder, its label
/// the first subfolder. Files come sorted by the bytes of that path. What begins with a dot is skipped;
/// symbolic links are rejected, not followed.
///
/// An item's text is never empty or only white space; neither text nor id holds NUL; everything is valid
/// UTF-8. Rows that break this are rejected, as are rows longer than 64 MiB and ids longer than 1,024 bytes.
/// A byte-order mark is skipped, CRLF is a line break, blank lines mean nothing. Ids are not held against
/// each other: a repeated one is the store's to decide.
public struct ItemReader: ~Copyable {
  private var rows: any RowReader

  /// Opens `source`.
  /// - Parameters:
  ///   - source: What is read.
  ///   - format: How it is written; nil goes by the path, and is JSON Lines for standard input.
  ///   - fields: Which fields are text, id and labels.
  ///   - identify: Gives the id of an item whose row has none, from its text.
  /// - Throws: `DatasetError` when nothing can be read there, or a table's header lacks a field that `fields`
  ///   names.
  public init(
    _ source: ItemSource, format: InputFormat? = nil, fields: FieldMapping = FieldMapping(),
    identify: @escaping @Sendable (String) -> String
  ) throws(DatasetError) {
    let format = if let format { format } else { try InputFormat(of: source) }
    switch (format, source) {
    case (.folder, .path(let path)) where fields.textField == nil:
      throw .wrongKind(path: path, expected: "a file")
    case (.folder, .path(let path)):
      rows = try FolderReader(path)
    case (.folder, .standardInput):
      throw .wrongKind(path: "standard input", expected: "a folder")
    case (_, .path(let path)) where FileKind(following: path) == .folder:
      throw .wrongKind(path: path, expected: "a file")
    case (.jsonLines, _):
      let decoder = try ItemDecoder(fields, readsLabelObjects: true, identify: identify)
      rows = try JSONLinesReader(try ByteStream(source), decoder)
    case (.csv, _), (.tsv, _):
      let decoder = try ItemDecoder(fields, readsLabelObjects: false, identify: identify)
      rows = try TableReader(
        try ByteStream(source), decoder,
        delimiter: format == .csv ? UInt8(ascii: ",") : UInt8(ascii: "\t"))
    }
  }

  /// The next item or rejected row; nil at the end.
  /// - Throws: `DatasetError.unreadable` when the operating system fails to read on.
  public mutating func next() throws(DatasetError) -> Entry? {
    try rows.next()
  }

  /// Goes past the next row without looking into it; false at the end.
  /// - Throws: `DatasetError.unreadable` when the operating system fails to read on.
  public mutating func skip() throws(DatasetError) -> Bool {
    try rows.skip()
  }

  /// How many bytes of the input are behind the latest entry.
  public var bytesRead: Int { rows.bytesRead }

  /// The size of the input in bytes; nil for a folder, a pipe or a terminal.
  public var totalBytes: Int? { rows.totalBytes }
}

/// One way of writing items down, being read.
protocol RowReader {
  var bytesRead: Int { get }
  var totalBytes: Int? { get }
  mutating func next() throws(DatasetError) -> Entry?
  mutating func skip() throws(DatasetError) -> Bool
}

extension InputFormat {
  /// The format that a source's kind and name tell.
  fileprivate init(of source: ItemSource) throws(DatasetError) {
    switch source {
    case .standardInput:
      self = .jsonLines
    case .path(let path):
      switch FileKind(following: path) {
      case nil: throw .noInput(path: path)
      case .folder: self = .folder
      case .regular, .link, .other:
        guard let format = InputFormat(extensionOf: path) else { throw .unknownFormat(path: path) }
        self = format
      }
    }
  }
}
