internal import JSON

/// Reads items written as one JSON object a line.
struct JSONLinesReader: RowReader {
  private let stream: ByteStream
  private let decoder: ItemDecoder
  private var lines: RecordReader
  private var isAtFirstRow = true

  init(_ stream: ByteStream, _ decoder: ItemDecoder) throws(DatasetError) {
    self.stream = stream
    self.decoder = decoder
    lines = try RecordReader(stream, endingAt: .newlines)
  }

  var bytesRead: Int { lines.bytesRead }
  var totalBytes: Int? { stream.totalBytes }

  mutating func next() throws(DatasetError) -> Entry? {
    while let record = try lines.next() {
      let place = Place.line(lines.line)
      let line: ArraySlice<UInt8>
      do throws(RowFault) {
        line = try record.content()
      } catch {
        return .rejected(Rejection(place: place, reason: error.reason))
      }
      guard let first = line.first(where: { !$0.isJSONSpace }) else { continue }
      if isAtFirstRow, first == UInt8(ascii: "[") { throw .arrayInsteadOfLines(path: stream.name) }
      isAtFirstRow = false
      do throws(RowFault) {
        return .item(try item(line), at: place)
      } catch {
        return .rejected(Rejection(place: place, reason: error.reason))
      }
    }
    return nil
  }

  mutating func skip() throws(DatasetError) -> Bool {
    while let record = try lines.next() {
      if case .bytes(let line) = record, line.allSatisfy(\.isJSONSpace) { continue }
      return true
    }
    return false
  }

  private func item(_ line: ArraySlice<UInt8>) throws(RowFault) -> Item {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: line)
    } catch {
      throw RowFault(error.description)
    }
    guard case .object(let row) = value else { throw RowFault("is \(value.kind), not an object") }
    return try decoder.item(row)
  }
}
