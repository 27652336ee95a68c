internal import Storage

/// The texts of chosen items, each once, by its first item.
struct DistinctTexts {
  let dataset: String
  let revision: Int
  let items: [ItemNumbers]

  init(of selection: ItemSelection, from reader: StoreReader) throws {
    dataset = selection.dataset
    revision = try selection.revision ?? reader.latestRevision(of: dataset).number
    let all = try reader.itemNumbers(of: dataset, at: revision, where: selection.filter)
    items = all.map(\.content).firstPlaces.map { all[$0] }
  }
}
