import Testing

@testable import Storage

/// What breaks the grammar of `--where` is said by its place and by what would be right there.
@Suite struct FilterSyntaxTests {
  @Test(arguments: [
    ("", 1, "the end", "a field, NOT or “(”"),
    ("year", 5, "the end", "an operator"),
    ("year =", 7, "the end", "a text in quotes, a number, true or false"),
    ("year = x", 8, "“x”", "a text in quotes, a number, true or false"),
    ("year = null", 8, "“null”", "a value (nothing equals null: write IS NULL)"),
    ("year = 1 year = 2", 10, "“year”", "AND, OR or the end"),
    ("(year = 1", 10, "the end", "AND, OR or “)”"),
    ("year = 1)", 9, "“)”", "AND, OR or the end"),
    ("year IN 1", 9, "a number", "“(”"),
    ("year IN ()", 10, "“)”", "a text in quotes, a number, true or false"),
    ("year IN (1 2)", 12, "a number", "“,” or “)”"),
    ("year LIKE 1", 11, "a number", "a pattern in quotes"),
    ("year IS 1", 9, "a number", "NULL or NOT NULL"),
    ("year NOT = 1", 10, "“=”", "LIKE or IN"),
    ("year = 'x", 8, "a text without an end", "the closing '"),
    ("year = 1x", 8, "“1x”", "a number"),
    ("year = 0x10", 8, "“0x10”", "a number"),
    ("year = 1e999", 8, "“1e999”", "a number"),
    ("year = -", 8, "“-”", "a number"),
    ("year; DROP TABLE item", 5, "“;”", "a field, a value or an operator"),
    ("label. = 1", 8, "“=”", "a name after “.”"),
    ("AND year = 1", 1, "“AND”", "a field, NOT or “(”"),
  ])
  func saysWhereItsGrammarIsBroken(filter: String, position: Int, found: String, expected: String) {
    #expect(throws: FilterError.syntax(position: position, found: found, expected: expected)) {
      try ItemFilter(filter)
    }
  }
}
