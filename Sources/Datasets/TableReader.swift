internal import JSON

/// Reads items written as rows of a table with a header (RFC 4180).
struct TableReader: RowReader {
  private let stream: ByteStream
  private let decoder: ItemDecoder
  private let delimiter: UInt8
  private let columns: [Column]
  private var records: RecordReader

  private struct Column {
    let name: String
    let holdsLabels: Bool
  }

  /// Reads the header, which must name every field that the decoder's mapping names.
  init(_ stream: ByteStream, _ decoder: ItemDecoder, delimiter: UInt8) throws(DatasetError) {
    self.stream = stream
    self.decoder = decoder
    self.delimiter = delimiter
    records = try RecordReader(stream, endingAt: .table(delimiter: delimiter))
    var names: [String]?
    while names == nil {
      guard let record = try records.next() else {
        throw .badHeader(path: stream.name, reason: "there is none; the first row must name the fields")
      }
      do throws(RowFault) {
        names = try record.cells(delimiter: delimiter)
      } catch {
        throw .badHeader(path: stream.name, reason: error.reason)
      }
    }
    do throws(RowFault) {
      columns = try Self.columns(names ?? [], for: decoder)
    } catch {
      throw .badHeader(path: stream.name, reason: error.reason)
    }
  }

  private static func columns(_ names: [String], for decoder: ItemDecoder) throws(RowFault) -> [Column] {
    for field in decoder.namedFields where !names.contains(where: field.hasSameBytes) {
      throw RowFault(
        "has no field \"\(field)\"; it has \(names.prefix(20).joined(separator: ", "))"
          + (names.count > 20 ? " and \(names.count - 20) more" : ""))
    }
    if let name = names.repeated { throw RowFault("names the field \"\(name)\" twice") }
    let labelFields = decoder.labels.map(\.field)
    return names.map { name in
      Column(name: name, holdsLabels: labelFields.contains(where: name.hasSameBytes))
    }
  }

  var bytesRead: Int { records.bytesRead }
  var totalBytes: Int? { stream.totalBytes }

  mutating func next() throws(DatasetError) -> Entry? {
    while let record = try records.next() {
      let place = Place.line(records.line)
      do throws(RowFault) {
        guard let cells = try record.cells(delimiter: delimiter) else { continue }
        return .item(try item(cells), at: place)
      } catch {
        return .rejected(Rejection(place: place, reason: error.reason))
      }
    }
    return nil
  }

  mutating func skip() throws(DatasetError) -> Bool {
    while let record = try records.next() {
      if case .bytes(let row) = record, row.isEmpty || row.elementsEqual([UInt8(ascii: "\r")]) { continue }
      return true
    }
    return false
  }

  private func item(_ cells: [String]) throws(RowFault) -> Item {
    guard cells.count == columns.count else {
      throw RowFault("has \(cells.count) fields, the header \(columns.count)")
    }
    return try decoder.item(
      JSONObject(
        distinct: zip(columns, cells).map { column, cell in
          let value = column.holdsLabels && cell.isEmpty ? JSONValue.null : .string(cell)
          return JSONObject.Member(name: column.name, value: value)
        }))
  }
}
