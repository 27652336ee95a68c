public import Datasets
public import Digests
public import Heads

/// What can go wrong where the parts meet.
public enum FirnError: Error, Hashable, Sendable {
  /// A backbone's model directory no longer gives what was added.
  case backboneChanged(name: String, location: String, expected: SHA256Digest, found: SHA256Digest)
  /// A backbone's model directory cannot be read where it was.
  case backboneGone(name: String, location: String, reason: String)
  /// A backbone whose features are imported was to embed a text.
  case backboneDeclared(name: String)
  /// Features were to be imported under a backbone that makes its own.
  case notDeclared(name: String)
  /// A file's features are not one for each item, of the backbone's dimension.
  case featureShape(path: String, rows: Int, dimension: Int, items: Int, backbone: String, expected: Int)
  /// The items of features are not in a file that stays as it is.
  case itemsNotAFile(path: String)
  /// A file to be written has a name that tells no format, or not one that can hold what is asked for.
  case exportFormat(path: String, reason: String)
  /// A file to be written is there already.
  case exportExists(path: String)
  /// A file cannot be imported as a head version.
  case headFile(path: String, problem: String)
  /// Nothing says which backbone's features a head that is to be imported reads.
  case backboneUnnamed(path: String, description: String)
  /// A backbone gave a vector with a value that is not finite.
  case vectorNotFinite(backbone: String, text: String)
  /// A head was given features of another backbone than its own.
  case otherBackbone(head: HeadReference, needs: String, fingerprint: SHA256Digest, given: String)
  /// A head answers another task than the one in question.
  case otherTask(head: HeadReference, answers: String, asked: String)
  /// The backbone that a head needs is not in the store.
  case backboneMissing(head: HeadReference, needs: String, fingerprint: SHA256Digest)
  /// A search was given queries of another backbone than its vectors'.
  case otherSpace(dataset: String, needs: String, given: SHA256Digest)
  /// A row was rejected, and the caller asked to stop there.
  case rejected(Rejection)
  /// No item of a dataset answers the task.
  case noLabels(task: String, dataset: String)
  /// All labelled texts of a source are a target's too, so that nothing is left to learn from.
  case sourceInTarget(source: String, target: String)
  /// No item of a dataset has the metadata field that is to group them.
  case noGroups(field: String, dataset: String, fields: [String])
  /// A measure that heads of a task are not measured by.
  case noMeasure(String, measures: [String])
  /// The solver stopped early in all trials of a sweep, or when the best of them was to become a head.
  case sweepNotConverged(head: String)
  /// What is stored of a trial is not what Firn wrote.
  case damagedTrial(head: String, created: String)
  /// A dataset has no item of that name.
  case noItem(id: String, dataset: String)
  /// Clusters were to be the labels of a task of another kind.
  case clusterTaskKind(task: String, TaskKind)
  /// Clusters were to replace labels of a task that are no clusters.
  case clusterTaskTaken(task: String, dataset: String, labels: Int)
  /// A dataset got a new revision while labels for its items were worked out.
  case datasetMoved(dataset: String)
  /// No item of a dataset has a class or tag for a task.
  case noClass(label: String, task: String, dataset: String)
  /// A file's vectors are not as long as those that are searched.
  case queryShape(path: String, dimension: Int, backbone: String, expected: Int)
  /// A row of a file of vectors, counted from 0, holds a value that is not finite.
  case queryNotFinite(path: String, row: Int)
  /// A head version holds no rows out, from which a coverage or a threshold could be learnt.
  case nothingHeldOut(head: HeadReference, target: String?)
  /// All of the items that may have drifted have texts that a head version was trained on, or there are none.
  case nothingNew(head: HeadReference, dataset: String)
  /// A version is worse than what it must not be worse than, or cannot be compared with it.
  case gateRefused(version: HeadReference, GateVerdict)
  /// Something needs to know what a head version was trained on that was imported.
  case trainingUnknown(head: HeadReference)
  /// A head version that was not made in a way that can follow changed labels.
  case notUpdatable(head: HeadReference, method: HeadMethod)
  /// A ridge head version that keeps no statistics to follow changed labels by, for it reads standardised features.
  case standardised(head: HeadReference)
  /// A head version that was adapted to another dataset, which cannot follow changed labels.
  case adapted(head: HeadReference)
  /// What is stored of a transform is not what Firn wrote.
  case damagedTransform(TransformReference, reason: String)
  /// A head was trained through a transform that is not in the store.
  case transformMissing(digest: String)
  /// A transform leads from or to other rows or features than a head is to be trained on.
  case otherTransform(TransformReference, leads: String, asked: String)
  /// Two backbones have too few texts of a dataset in common to be stitched.
  case tooFewInCommon(dataset: String, texts: Int, least: Int, old: String, new: String)
  /// A head was trained on all of the labelled texts that are held out of a stitch, or there are none.
  case nothingToCompare(head: HeadReference, dataset: String)
  /// A version is worse for its target than what could be had without a transfer.
  case transferHurts(version: HeadReference, TransferVerdict.Comparison)
  /// The solver stopped before it was done.
  case notConverged(iterations: Int, gradientNorm: Double)
  /// What is stored of a head version is not what Firn wrote.
  case damagedHead(head: String, version: Int, reason: String)
  /// A reference to a head version that cannot be read as one.
  case badReference(String)
}

extension FirnError: CustomStringConvertible {
  /// What happened, to what, and what mends it.
  public var description: String {
    switch self {
    case .backboneChanged(let name, let location, let expected, let found):
      "the backbone “\(name)” is not what it was: its files in \(location) now have the fingerprint \(found.short), but "
        + "\(expected.short) was added; restore the files, or add them under another name"
    case .backboneGone(let name, let location, let reason):
      "the backbone “\(name)” cannot be read in \(location): \(reason); move it back, or say where it is now: "
        + "firn backbone relink \(name) DIR"
    case .backboneDeclared(let name):
      "the backbone “\(name)” is only declared: its features are made elsewhere and imported, so it reads no text; search by "
        + "--id, or by the --vectors of what you ask about"
    case .notDeclared(let name):
      "the backbone “\(name)” makes its own features; import those made elsewhere under one of another name, from "
        + "firn backbone declare"
    case .featureShape(let path, let rows, let dimension, let items, let backbone, let expected):
      rows != items
        ? "\(path) has \(rows) rows, but there are \(items) items: row and item must go together"
        : "\(path) has vectors of dimension \(dimension), but the backbone “\(backbone)” is declared with \(expected)"
    case .itemsNotAFile(let path):
      "the items in “\(path)” must be a file that stays as it is while it is read twice: write them to one first"
    case .exportFormat(let path, let reason):
      "“\(path)” \(reason)"
    case .exportExists(let path):
      "“\(path)” is there already, and is not overwritten: choose another name, or remove it"
    case .headFile(let path, let problem):
      "“\(path)” cannot be imported as a head: \(problem)"
    case .backboneUnnamed(let path, let description):
      "“\(path)” does not say whose features it reads, and there is no “\(description)” beside it that does: name the "
        + "backbone (--backbone)"
    case .vectorNotFinite(let backbone, let text):
      "the backbone “\(backbone)” gives a vector that is not finite for the text “\(text.prefix(60))”; nothing of this batch "
        + "was stored"
    case .otherBackbone(let head, let needs, let fingerprint, let given):
      "the head “\(head)” reads features of the backbone “\(needs)” (\(fingerprint.short)) and no others; it was given "
        + "those of “\(given)”"
    case .otherTask(let head, let answers, let asked):
      "the head “\(head)” answers the task “\(answers)”, not “\(asked)”; name a head of that task, or none"
    case .backboneMissing(let head, let needs, let fingerprint):
      "the head “\(head)” reads features of the backbone “\(needs)” (\(fingerprint.short)), which is not in the store; "
        + "add it again"
    case .otherSpace(let dataset, let needs, let given):
      "the vectors searched in “\(dataset)” are of the backbone “\(needs)”; the query's are of another one (\(given.short))"
    case .rejected(let rejection):
      "\(rejection)"
    case .noLabels(let task, let dataset):
      "no item of the dataset “\(dataset)” has a label for the task “\(task)”; label some (firn label), or name another "
        + "dataset or task"
    case .sourceInTarget(let source, let target):
      "every labelled text of “\(source)” is one of “\(target)” too, by which the head would be measured, so nothing is left to learn from; "
        + "name another source, or train on “\(target)” itself (--dataset)"
    case .noGroups(let field, let dataset, let fields):
      "no item of the dataset “\(dataset)” has the field “\(field)” to group by; "
        + (fields.isEmpty
          ? "they have none; a task groups as label.TASK"
          : "their fields are " + fields.map { "“\($0)”" }.joined(separator: ", ")
            + ", and a task groups as label.TASK")
    case .noMeasure(let key, let measures):
      "“\(key)” is no measure of this task; its measures are \(measures.joined(separator: ", "))"
    case .sweepNotConverged(let head):
      "the solver stopped early, in all trials or with all rows of the best, so no version of “\(head)” was made; the trials are "
        + "kept (firn head trials \(head)); try larger penalties"
    case .damagedTrial(let head, let created):
      "the trial of \(created) for the head “\(head)” is damaged: it cannot be read; restore a backup, or remove the head and "
        + "sweep again"
    case .noItem(let id, let dataset):
      "the dataset “\(dataset)” has no item “\(id)”; its ids are told apart by every byte, and firn dataset export writes them"
    case .clusterTaskKind(let task, let kind):
      "the task “\(task)” is \(kind.rawValue) in this store, and clusters are \(TaskKind.singleLabel.rawValue): name another task"
    case .clusterTaskTaken(let task, let dataset, let labels):
      "\(labels) items of the dataset “\(dataset)” have labels for the task “\(task)” that are no clusters: name another task, or let "
        + "the clusters replace them (--replace); revisions before this one keep them"
    case .datasetMoved(let dataset):
      "the dataset “\(dataset)” changed meanwhile, and no label was written: try again"
    case .noClass(let label, let task, let dataset):
      "no item of the dataset “\(dataset)” has the label “\(label)” for the task “\(task)”; labels are told apart by every byte"
    case .queryShape(let path, let dimension, let backbone, let expected):
      "\(path) has vectors of dimension \(dimension), but those of the backbone “\(backbone)” have \(expected)"
    case .queryNotFinite(let path, let row):
      "\(path): row \(row), counted from 0, holds a value that is not finite"
    case .nothingHeldOut(let head, let target?):
      "“\(head)” was not measured, for “\(target)” had no labels of its task; label some of it, and train again"
    case .nothingHeldOut(let head, nil):
      "the head “\(head)” holds no rows out to learn from how sure it may be; train it with --holdout"
    case .nothingNew(let head, let dataset):
      "of the items of “\(dataset)” that were asked for none has a text that the head “\(head)” was not trained on; name items that came "
        + "later"
    case .gateRefused(let version, let verdict):
      "“\(version)” is not promoted: \(verdict); see firn head compare, or promote it with --override and a reason"
    case .trainingUnknown(let head):
      "the head “\(head)” was imported, so which rows it was trained on is not known here; this takes a head that was "
        + "trained in this store"
    case .notUpdatable(let head, let method):
      "the head “\(head)” was trained by the method \(method.rawValue); only ridge heads of classes follow changed labels: "
        + "train it anew"
    case .standardised(let head):
      "the head “\(head)” was trained on standardised features; what standardises them changes with every row, so there are no "
        + "statistics that follow changed labels: train it anew, or train one without --standardise to update"
    case .adapted(let head):
      "the head “\(head)” was adapted from one dataset to another; only heads for the dataset that they were trained on follow changed "
        + "labels: train it anew"
    case .damagedTransform(let transform, let reason):
      "the transform “\(transform)” is damaged: \(reason); restore a backup, or learn it again (firn transfer)"
    case .transformMissing(let digest):
      "the transform \(digest.prefix(12)), through which the head was trained, is not in the store: learn it again (firn transfer align)"
    case .otherTransform(let transform, let leads, let asked):
      "the transform “\(transform)” leads \(leads), not \(asked); name another, or learn one (firn transfer align, firn transfer stitch)"
    case .tooFewInCommon(let dataset, let texts, let least, let old, let new):
      "of the texts of “\(dataset)” both “\(old)” and “\(new)” have embedded \(texts), and at least \(least) are needed: extract more by "
        + "both (firn extract FILE --dataset \(dataset) --backbone \(old) --backbone \(new))"
    case .nothingToCompare(let head, let dataset):
      "of the texts of “\(dataset)” that are held out of the stitch none has a label that “\(head)” was not trained on; give the --holdout and "
        + "--seed that it was trained with, or a dataset that it does not know"
    case .transferHurts(let version, let comparison):
      "“\(version)” is not promoted, for its transfer hurts: \(comparison); train without it, or promote it with --override and a reason"
    case .notConverged(let iterations, let gradientNorm):
      "the solver did not converge in \(iterations) iterations (gradient norm \(gradientNorm)), so nothing was saved; "
        + "use a larger penalty, or accept the head as it is (--accept-unconverged)"
    case .damagedHead(let head, let version, let reason):
      "version \(version) of the head “\(head)” is damaged: \(reason); restore a backup, or train it again"
    case .badReference(let text):
      "“\(text)” names no head version: write HEAD, HEAD@VERSION or HEAD@ALIAS"
    }
  }
}
