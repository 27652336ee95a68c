internal import Heads
internal import JSON
internal import LinearAlgebra
internal import Storage

/// Which rows leave a head's training and which come, between two revisions. A row whose text or class changed does both.
struct TrainingChange {
  /// Places of rows that were trained on.
  private(set) var removed: [Int] = []
  /// Places of rows that are to be trained on.
  private(set) var added: [Int] = []

  /// Compares rows in the order of the bytes of their ids, of each side those that are trained on. O(rows).
  init(
    from before: (rows: TrainingRows, training: [Int]), to after: (rows: TrainingRows, training: [Int])
  ) {
    var (old, new) = (before.training[...], after.training[...])
    while let place = old.first {
      let item = before.rows.items[place]
      while let next = new.first, after.rows.items[next].id.precedesByBytes(item.id) {
        added.append(new.removeFirst())
      }
      old.removeFirst()
      if let next = new.first, after.rows.items[next].id.hasSameBytes(as: item.id) {
        new.removeFirst()
        if after.rows.items[next].content == item.content,
          before.rows.className(of: place).hasSameBytes(as: after.rows.className(of: next))
        {
          continue
        }
        added.append(next)
      }
      removed.append(place)
    }
    added += new
  }
}

extension TrainingRows {
  /// The class of a row; empty where rows have none.
  fileprivate func className(of row: Int) -> String {
    if case .classes(let labels) = targets { labels.classes[Int(labels.indices[row])] } else { "" }
  }

  /// The classes of some rows.
  func classLabels(of places: [Int]) -> ClassLabels {
    ClassLabels(places.map(className))
  }
}
