import Firn

/// A revision as scripts read it.
struct RevisionReport: Encodable {
  let revision: Int
  let state: String
  let added: Int
  let changed: Int
  let removed: Int
  let created: String
  let command: String

  init(_ revision: Revision) {
    (self.revision, state) = (revision.number, revision.state.rawValue)
    (added, changed, removed) = (revision.added, revision.changed, revision.removed)
    (created, command) = (revision.created, revision.command)
  }
}
