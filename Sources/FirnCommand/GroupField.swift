import CommandLineArguments

/// What groups the items of a split.
enum GroupField {
  static let option = Option(
    "group", .name("FIELD"),
    """
    A metadata field, or label.TASK: items with the same value are all on one side of every split. One without a value is on \
    its own. Default: only equal texts stay together.
    """)
}
