import CommandLineArguments
import Firn

/// The exit statuses: those of failures by the numbers of BSD's sysexits.h, and before them those of work that was done and found what whoever
/// asked will want to act on.
enum ExitStatus: Int32, Error {
  case done = 0
  /// A head was trained whose transfer hurts, or a stitch was learnt that does.
  case transferHurts = 3
  /// What arrives is not what a head was trained on.
  case drifted = 4
  case usage = 64
  case badData = 65
  case noInput = 66
  case missing = 69
  case internalError = 70
  case inputOutput = 74
  case tryAgain = 75

  /// The status that tells a script what kind of error this is.
  init(of error: any Error) {
    self =
      switch error {
      case is ArgumentError: .usage
      case let error as FilterError: ExitStatus(error)
      case let error as DatasetError: ExitStatus(error)
      case let error as BackboneError: ExitStatus(error)
      case let error as StoreError: ExitStatus(error)
      case let error as FirnError: ExitStatus(error)
      case TensorFileError.unreadable: .noInput
      case TensorFileError.unwritable: .inputOutput
      case is TensorFileError: .badData
      case TransferError.setting: .usage
      case is HeadError, is SearchError, is LongTextError, is TransferError: .badData
      default: .internalError
      }
  }

  private init(_ error: FilterError) {
    self =
      switch error {
      case .syntax: .usage
      case .unknownField, .unknownTask: .missing
      }
  }

  private init(_ error: DatasetError) {
    self =
      switch error {
      case .noInput: .noInput
      case .unreadable: .inputOutput
      case .unknownFormat, .wrongKind, .contradictoryFields: .usage
      case .wrongEncoding, .arrayInsteadOfLines, .badHeader: .badData
      }
  }

  private init(_ error: BackboneError) {
    self =
      switch error {
      case .unreadable: .noInput
      case .noLayer, .noRoomForWindows: .usage
      case .malformed, .unsupported, .tensor, .tokenizer: .badData
      }
  }

  private init(_ error: StoreError) {
    self =
      switch error {
      case .locked, .aliasMoved: .tryAgain
      case .badName, .badMatch: .usage
      case .notFound, .noRevision, .missingVectors, .nothingToRollBackTo: .missing
      case .versionPruned: .missing
      case .aliasProtected, .headProtected: .badData
      case .cannotOpen: .noInput
      case .sqlite(let code, _, _): ExitStatus(sqliteCode: code)
      case .notAStore, .newer, .older, .changedMigration, .damaged, .damagedVector, .damagedIndex, .labelKind,
        .backboneNameTaken, .backboneKnown, .headTask, .datasetNeeded, .conflicts, .vectorConflict,
        .unfinished, .transformNeeded:
        .badData
      case .revisionNotOpen, .embeddingShape: .internalError
      }
  }

  /// SQLite's codes: busy and locked, then corrupt and not a database, by their lowest byte.
  private init(sqliteCode code: Int) {
    self =
      switch code & 0xff {
      case 5, 6: .tryAgain
      case 11, 26: .badData
      default: .inputOutput
      }
  }

  private init(_ error: FirnError) {
    self =
      switch error {
      case .badReference, .exportFormat, .exportExists, .backboneUnnamed, .noMeasure: .usage
      case .datasetMoved: .tryAgain
      case .transformMissing, .backboneMissing, .backboneGone, .backboneDeclared, .noLabels, .noItem,
        .noClass, .noGroups, .nothingHeldOut, .nothingNew, .tooFewInCommon, .nothingToCompare:
        .missing
      case .backboneChanged, .otherBackbone, .otherTask, .otherSpace, .rejected, .vectorNotFinite,
        .notConverged, .sweepNotConverged, .trainingUnknown, .notUpdatable, .standardised, .gateRefused,
        .damagedHead, .adapted, .sourceInTarget, .damagedTransform, .otherTransform, .transferHurts,
        .damagedTrial, .headFile, .notDeclared, .clusterTaskKind, .clusterTaskTaken, .featureShape,
        .itemsNotAFile, .queryShape, .queryNotFinite:
        .badData
      }
  }
}
