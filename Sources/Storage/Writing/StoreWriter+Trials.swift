extension StoreWriter {
  /// Stores trials, all or none. One that is there for its head already stays as it is.
  ///
  /// - Throws: ``StoreError/badName(what:name:reason:)``.
  public func append(_ trials: [TrialRecord]) throws {
    try connection.transaction {
      for trial in trials {
        try NameRules.check(trial.head, of: "head")
        try connection.run(
          """
          INSERT INTO trial (head, task, specification, backbone, fingerprint, dataset, revision, rows_digest, measures,
            seconds, created)
          VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, \(now)) ON CONFLICT DO NOTHING
          """, .text(trial.head), .text(trial.task), .text(trial.specification), .text(trial.backbone),
          .digest(trial.fingerprint), .text(trial.dataset), .integer(trial.revision),
          .digest(trial.rowsDigest), .text(trial.measures), .real(trial.seconds))
      }
    }
  }
}
