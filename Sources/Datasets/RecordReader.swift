/// Cuts a stream of bytes into records, holding no more of it than the longest record.
struct RecordReader {
  /// The most bytes a record may have. A longer one is skipped without being held.
  static let maximumLength = 64 << 20

  enum Record {
    /// The record without its line break.
    case bytes(ArraySlice<UInt8>)
    /// Longer than `maximumLength`; nothing of it is kept.
    case tooLong
    /// The input ends within a quoted cell. Its quote stands on `quoteLine`, the input ends on `lastLine`.
    case unterminated(quoteLine: Int, lastLine: Int)

    /// The bytes of the record, or why it has none.
    func content() throws(RowFault) -> ArraySlice<UInt8> {
      switch self {
      case .bytes(let bytes):
        return bytes
      case .tooLong:
        throw RowFault("is longer than \(RecordReader.maximumLength >> 20) MiB")
      case .unterminated(let quoteLine, let lastLine):
        throw RowFault("the quote opened on line \(quoteLine) is not closed up to the end, line \(lastLine)")
      }
    }
  }

  /// The line the latest record begins on.
  private(set) var line = 0

  private let stream: ByteStream
  private let maximumLength: Int
  private var boundary: RecordBoundary
  /// `window[unread]` is what was read from the stream and not yet given out.
  private var window: [UInt8]
  private var unread = 0..<0
  private var nextLine = 1

  /// Skips a UTF-8 byte-order mark and refuses the marks of other encodings.
  init(
    _ stream: ByteStream, endingAt boundary: RecordBoundary,
    maximumLength: Int = RecordReader.maximumLength, pieceLength: Int = 1 << 20
  ) throws(DatasetError) {
    self.stream = stream
    self.boundary = boundary
    self.maximumLength = maximumLength
    window = [UInt8](repeating: 0, count: max(pieceLength, 4))
    while unread.count < 3, try readMore() {}
    switch ByteOrderMark(startOf: window[unread]) {
    case .utf8: unread = 3..<unread.upperBound
    case .other(let encoding): throw .wrongEncoding(path: stream.name, encoding: encoding)
    case nil: break
    }
  }

  /// The bytes of the stream up to the end of the latest record.
  var bytesRead: Int { stream.bytesRead - unread.count }

  /// The next record, or nil at the end of the stream.
  mutating func next() throws(DatasetError) -> Record? {
    line = nextLine
    boundary.restart(onLine: line)
    var scanned = 0
    var isTooLong = false
    while true {
      let end = boundary.end(in: window, unread.dropFirst(scanned))
      if let end {
        let record = window[unread.lowerBound..<end]
        unread = end + 1..<unread.upperBound
        nextLine = boundary.line + 1
        return isTooLong || record.count > maximumLength ? .tooLong : .bytes(record)
      }
      if isTooLong || unread.count > maximumLength {
        isTooLong = true
        unread = unread.upperBound..<unread.upperBound
      }
      scanned = unread.count
      guard try readMore() else { break }
    }
    let last = window[unread]
    unread = unread.upperBound..<unread.upperBound
    nextLine = boundary.line + 1
    if isTooLong { return .tooLong }
    if last.isEmpty { return nil }
    if let quoteLine = boundary.openQuoteLine {
      return .unterminated(quoteLine: quoteLine, lastLine: boundary.line)
    }
    return .bytes(last)
  }

  /// Reads another piece behind the unread bytes; false at the end of the stream.
  private mutating func readMore() throws(DatasetError) -> Bool {
    if unread.isEmpty { unread = 0..<0 }
    if unread.upperBound == window.count, unread.lowerBound > 0 {
      window.replaceSubrange(0..<unread.count, with: window[unread])
      unread = 0..<unread.count
    }
    if unread.upperBound == window.count {
      window.append(contentsOf: repeatElement(0, count: window.count))
    }
    let count = try stream.read(into: &window, from: unread.upperBound)
    unread = unread.lowerBound..<unread.upperBound + count
    return count > 0
  }
}

/// The mark some programs put before the first character of a file.
private enum ByteOrderMark {
  case utf8
  case other(encoding: String)

  init?(startOf bytes: ArraySlice<UInt8>) {
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
      self = .utf8
    } else if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      self = .other(encoding: "UTF-16")
    } else {
      return nil
    }
  }
}
