import Testing

@testable import Terminal

@Suite("A table")
struct TableTests {
  private var table: Table {
    var table = Table([.left("head"), .right("rows"), .left("what it is about")])
    table.add(["topics", "50,000", "The section of a package"])
    table.add(["漢字", "7", "Two characters, four columns"])
    table.add(["x"])
    return table
  }

  @Test("aligns words to the left and numbers to the right, without spaces at the end")
  func alignment() {
    #expect(
      table.text() == """
        head      rows  what it is about
        topics  50,000  The section of a package
        漢字         7  Two characters, four columns
        x

        """)
  }

  @Test("is cut to the terminal, its numbers never")
  func cutting() {
    #expect(
      table.text(width: 30) == """
        head      rows  what it is ab…
        topics  50,000  The section o…
        漢字         7  Two character…
        x

        """)
    #expect(
      table.text(width: 5) == """
        head      rows  what it…
        topics  50,000  The sec…
        漢字         7  Two cha…
        x

        """)
  }

  @Test("cuts all wide columns alike")
  func sharing() {
    var table = Table([.left("a"), .left("b"), .left("c")])
    table.add(["0123456789abcdef", "0123456789abcdef", "01"])
    #expect(table.text(width: 28) == "a            b            c\n0123456789…  0123456789…  01\n")
  }

  @Test("shows what hostile data would do to it")
  func hostile() {
    var table = Table([.left("a"), .left("b")])
    table.add(["\u{1B}[31m", "two\nlines", "one too many"])
    #expect(table.text() == "a      b\n␛[31m  two␊lines\n")
  }

  @Test("sets its header off only where that can be seen")
  func style() {
    #expect(Table([.left("a")]).text(style: Style(isEnabled: true)) == "\u{1B}[1ma\u{1B}[0m\n")
    #expect(Table([.left("a")]).text(style: .plain) == "a\n")
    #expect(Style(isEnabled: true).dim("a") == "\u{1B}[2ma\u{1B}[0m")
  }
}
