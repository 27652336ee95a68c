import Foundation
import Testing

@testable import Datasets

@Suite("A folder of text files")
struct FolderReaderTests {
  @Test("files come sorted by the bytes of their path, labelled by the first subfolder")
  func order() throws {
    let folder = try TemporaryFolder()
    let names = ["b.txt", "a/x.txt", "a.txt", "a-b", "a/deep/er.md", "é.txt", "Z", "a0/y"]
    for name in names { try folder.write("text of \(name)", to: name) }
    let entries = try Entries(folder.path)
    let sorted = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    #expect(entries.items.map(\.id) == sorted)
    #expect(entries.items.map(\.text) == sorted.map { "text of \($0)" })
    #expect(entries.places == sorted.map { .file($0) })
    #expect(
      entries.items.filter { !$0.labels.isEmpty }.map(\.labels)
        == [["label": .single("a")], ["label": .single("a")], ["label": .single("a0")]])
    #expect(entries.items.allSatisfy { $0.metadata == "{}" })
    #expect(entries.rejections == [])
  }

  @Test("what begins with a dot is skipped, a byte-order mark too")
  func skips() throws {
    let folder = try TemporaryFolder()
    try folder.write("no", to: ".hidden")
    try folder.write("no", to: ".git/config")
    try folder.write("no", to: "a/.b/c")
    try folder.write("\u{FEFF}yes\n", to: "a/b")
    #expect(try Entries(folder.path).items.map(\.text) == ["yes\n"])
  }

  @Test("what cannot be an item is rejected with its path")
  func rejects() throws {
    let folder = try TemporaryFolder()
    try folder.write([0x66, 0xFF], to: "a/invalid")
    try folder.write("", to: "empty")
    try folder.write("a\0b", to: "nul")
    try folder.write("yes", to: "ok")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/link", withDestinationPath: "ok")
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/loop", withDestinationPath: ".")
    #expect(mkfifo(folder.path + "/pipe", 0o600) == 0)
    let entries = try Entries(folder.path)
    #expect(entries.items.map(\.id) == ["ok"])
    #expect(
      entries.rejections == [
        "a/invalid: is not valid UTF-8", "empty: the text is empty",
        "link: is a symbolic link; only regular files are read",
        "loop: is a symbolic link; only regular files are read",
        "nul: the text contains a NUL character", "pipe: is not a regular file",
      ])
  }

  @Test("a name that is not UTF-8 is rejected")
  func invalidName() throws {
    let folder = try TemporaryFolder()
    let file = fopen(Array(folder.path.utf8CString.dropLast()) + [0x2F, -1, 0], "w")
    #expect(file != nil)
    if let file { fclose(file) }
    let entries = try Entries(folder.path)
    #expect(entries.items == [])
    #expect(entries.rejections == ["\u{FFFD}: is gone, or its name is not valid UTF-8"])
  }

  @Test("a file longer than 64 MiB is rejected")
  func tooLong() throws {
    let folder = try TemporaryFolder()
    let path = try folder.write("", to: "long")
    #expect(truncate(path, (64 << 20) + 1) == 0)
    #expect(try Entries(folder.path).rejections == ["long: is longer than 64 MiB"])
  }
}
