import Foundation
import Testing

@testable import Datasets

@Suite("Opening an input")
struct ItemReaderTests {
  @Test(
    "the format goes by the extension",
    arguments: [
      ("a.jsonl", .jsonLines), ("a.b.ndjson", .jsonLines), ("x/a.JSON", .jsonLines), ("a.csv", .csv),
      ("a.tsv", .tsv), ("a.txt", nil), ("csv", nil), ("a.csv/b", nil), ("a.csv.gz", nil), ("", nil),
    ] as [(String, InputFormat?)])
  func format(path: String, format: InputFormat?) {
    #expect(InputFormat(extensionOf: path) == format)
  }

  @Test("the word - is standard input")
  func dash() {
    #expect(ItemSource("-") == .standardInput)
    #expect(ItemSource("a.csv") == .path("a.csv"))
  }

  @Test("a format that is named overrides the extension")
  func override() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("text\tid\nSnow\t1\n", to: "a.csv")
    #expect(try Entries(path, format: .tsv).items.map(\.text) == ["Snow"])
  }

  @Test(
    "a missing file is no input, whatever the format",
    arguments: [nil, .csv, .jsonLines, .folder] as [InputFormat?])
  func missing(format: InputFormat?) throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/none.csv"
    #expect(throws: DatasetError.noInput(path: path)) { try Entries(path, format: format) }
  }

  @Test("a name without a known extension needs a format")
  func unknown() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("{\"text\":\"a\"}", to: "a.txt")
    #expect(throws: DatasetError.unknownFormat(path: path)) { try Entries(path) }
    #expect(try Entries(path, format: .jsonLines).items.count == 1)
  }

  @Test("a folder is no file and a file no folder")
  func kinds() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("text\n", to: "a.csv")
    #expect(throws: DatasetError.wrongKind(path: path, expected: "a folder")) {
      try Entries(path, format: .folder)
    }
    #expect(throws: DatasetError.wrongKind(path: folder.path, expected: "a file")) {
      try Entries(folder.path, format: .csv)
    }
  }

  @Test(
    "UTF-16 is named",
    arguments: [[0xFF, 0xFE], [0xFE, 0xFF, 0, 0x7B], [0xFF, 0xFE, 0x7B, 0]] as [[UInt8]])
  func encoding(bytes: [UInt8]) throws {
    let folder = try TemporaryFolder()
    for name in ["a.jsonl", "a.csv"] {
      let path = try folder.write(bytes, to: name)
      #expect(throws: DatasetError.wrongEncoding(path: path, encoding: "UTF-16")) { try Entries(path) }
    }
  }

  @Test("a mapping must not contradict itself")
  func contradictions() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("{}", to: "a.jsonl")
    for fields in [
      FieldMapping(textField: "id"), FieldMapping(textField: "a", idField: "a"),
      FieldMapping(labels: [("t", "text")]), FieldMapping(idField: "a", labels: [("t", "a")]),
      FieldMapping(labels: [("t", "a"), ("t", "b")]), FieldMapping(labels: [("", "a")]),
    ] {
      #expect(throws: DatasetError.self) { try Entries(path, fields: fields) }
    }
  }

  @Test("bytes read grow to the size of the file")
  func progress() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("\u{FEFF}{\"text\":\"a\"}\n{\"text\":\"b\"}\n\n", to: "a.jsonl")
    var reader = try ItemReader(.path(path)) { $0 }
    #expect(reader.totalBytes == 30 && reader.bytesRead == 3)
    _ = try reader.next()
    #expect(reader.bytesRead == 16)
    while try reader.next() != nil {}
    #expect(reader.bytesRead == 30)
  }

  @Test("a pipe is read as it comes, its size unknown")
  func pipe() async throws {
    let folder = try TemporaryFolder()
    let path = folder.path + "/pipe"
    #expect(mkfifo(path, 0o600) == 0)
    async let writing: Void = Task.detached {
      let file = try FileHandle(forWritingTo: URL(filePath: path))
      for line in ["{\"text\":\"a", "\"}\n{\"te", "xt\":\"b\"}"] {
        try file.write(contentsOf: Data(line.utf8))
      }
      try file.close()
    }.value
    let reading = Task.detached {
      var reader = try ItemReader(.path(path), format: .jsonLines) { $0 }
      var texts: [String] = []
      while let entry = try reader.next() {
        if case .item(let item, _) = entry { texts.append(item.text) }
      }
      return (texts, reader.totalBytes)
    }
    let (texts, totalBytes) = try await reading.value
    try await writing
    #expect(texts == ["a", "b"])
    #expect(totalBytes == nil)
  }

  @Test("every error says what happened, where and the mend")
  func descriptions() {
    #expect(DatasetError.noInput(path: "a").description == "a: there is no such file or folder")
    #expect(
      DatasetError.wrongEncoding(path: "a", encoding: "UTF-16").description
        == "a: is UTF-16, only UTF-8 is read; convert it with iconv -f UTF-16 -t UTF-8")
  }
}
