import Firn
import Testing

/// How a version of a head is written.
struct HeadReferenceTests {
  @Test(arguments: [
    ("section", HeadReference("section")), ("section@3", HeadReference("section", .number(3))),
    ("section@champion", HeadReference("section", .alias("champion"))), ("é x", HeadReference("é x")),
    ("a@3b", HeadReference("a", .alias("3b"))),
  ])
  func `A name, a name and a number, a name and an alias`(text: String, reference: HeadReference) throws {
    #expect(try HeadReference(parsing: text) == reference)
    #expect("\(reference)" == text)
  }

  @Test(arguments: ["", "@", "@3", "section@", "a@b@c"])
  func `Anything else is none`(text: String) {
    #expect(throws: FirnError.badReference(text)) { try HeadReference(parsing: text) }
  }

  @Test func `In a program it is a literal`() {
    let reference: HeadReference = "section@champion"
    #expect(reference == HeadReference("section", .alias("champion")))
  }
}
