internal import Datasets
public import Storage

/// What was exported.
public struct ExportSummary: Sendable, Hashable, Codable {
  /// The dataset.
  public let dataset: String
  /// The revision.
  public let revision: Int
  /// How many items.
  public let items: Int
  /// The files that were written.
  public let files: [String]
}

extension Store {
  /// Writes a dataset's items, labels and features to files that other programs read.
  ///
  /// The name's extension is the form. `.npy` and `.safetensors` hold the features, rows × dimension in float32, and a `.jsonl` beside
  /// them the items of the rows in the same order; safetensors call the table `features`. `.csv` is one table: id, text, metadata, a
  /// column a task and, with a backbone, a column a feature. `.jsonl` alone holds the items. Items come in the order of the bytes of
  /// their ids. Memory does not grow with the dataset's vectors.
  ///
  /// - Parameters:
  ///   - dataset: The dataset.
  ///   - path: The file, which must not be there; it appears when all is written.
  ///   - backbone: Whose features.
  ///   - revision: The dataset's revision; nil for the newest.
  ///   - filter: Which items; nil for all.
  ///   - onProgress: Told after each block which share is written.
  /// - Returns: What was written.
  /// - Throws: ``FirnError/exportFormat(path:reason:)``, ``FirnError/exportExists(path:)``, `TensorFileError`; `StoreError` when features are missing.
  @discardableResult
  public func export(
    _ dataset: String, to path: String, with backbone: String? = nil, at revision: Int? = nil,
    where filter: ItemFilter? = nil, onProgress: (Double) -> Void = { _ in }
  ) throws -> ExportSummary {
    guard let form = ExportForm(extensionOf: path) else {
      throw FirnError.exportFormat(
        path: path, reason: "does not tell the form: use .npy, .safetensors, .csv or .jsonl")
    }
    switch form {
    case .features where backbone == nil:
      throw FirnError.exportFormat(path: path, reason: "holds features: name the backbone (--backbone)")
    case .items where backbone != nil:
      throw FirnError.exportFormat(
        path: path, reason: "holds items alone: use .npy, .safetensors or .csv for features")
    default: break
    }
    let reader = try reader()
    return try reader.snapshot {
      let export = DatasetExport(
        reader: reader, dataset: dataset, revision: try revision ?? reader.latestRevision(of: dataset).number,
        filter: filter, backbone: try backbone.map(reader.backbone(named:)))
      let written = try export.write(form, to: path, telling: onProgress)
      return ExportSummary(
        dataset: dataset, revision: export.revision, items: written.items, files: written.files)
    }
  }
}
