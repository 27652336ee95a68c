import Foundation
import Heads
import LinearAlgebra
import Testing

@Suite struct HeadArchiveTests {
  private func head() throws -> Head {
    try Head(
      answers: .oneOf(["Zebra", "a\"b\\c\n", "café", "雪"]),
      model: .linear(
        LinearModel(
          weights: Matrix(rows: 4, columns: 3, elements: (0..<12).map { Float($0) / 8 - 1 }),
          bias: [0.5, -0.25, 0, 1e-30])),
      sharpness: 2.5)
  }

  /// The golden file was read by the safetensors library when it was made.
  @Test func theBytesAreThoseThatTheLibraryReads() throws {
    #expect(try HeadArchive(head(), method: .ridge).bytes == Golden.bytes("head-by-firn.safetensors"))
  }

  @Test(arguments: ["head-by-firn.safetensors", "head-by-library.safetensors"])
  func aHeadIsReadAsItWasWritten(file: String) throws {
    let (expected, archive) = (try head(), try HeadArchive(bytes: Golden.bytes(file)))
    #expect(archive.method == .ridge)
    #expect(
      archive.head.answers.names.map { Array($0.utf8) } == expected.answers.names.map { Array($0.utf8) })
    #expect(try archive.head.linear.weights == expected.linear.weights)
    #expect(try archive.head.linear.bias == expected.linear.bias)
    #expect(archive.head.sharpness == expected.sharpness)
  }

  @Test func everyShorterFileIsRefused() throws {
    let bytes = try HeadArchive(head(), method: .logistic).bytes
    for length in 0..<bytes.count {
      #expect(throws: HeadError.self) { try HeadArchive(bytes: Array(bytes[..<length])) }
    }
  }

  @Test func anyByteMayBeWrongWithoutHarm() throws {
    let bytes = try HeadArchive(head(), method: .logistic).bytes
    var refused = 0
    for index in bytes.indices {
      for flip in [0x01, 0x80, 0xff] as [UInt8] {
        var damaged = bytes
        damaged[index] ^= flip
        do {
          let head = try HeadArchive(bytes: damaged).head
          #expect(try head.linear.weights.rows == head.answers.count)
        } catch {
          refused += 1
        }
      }
    }
    #expect(refused > bytes.count)
  }

  @Test(arguments: [
    ("[0,16]", "[0,99]"), ("[0,16]", "[9,16]"), ("[0,16]", "[16,0]"), ("[4,3]", "[3,4]"), ("[4,3]", "[4,9]"),
    ("\"F32\",\"shape\":[1]", "\"I32\",\"shape\":[1]"), ("firn-head", "firm-head"),
    ("version\":\"1\"", "version\":\"2\""),
    ("\"ridge\"", "\"fridge\""), ("Zebra", "zebra"), ("\"bias\"", "\"bios\""), ("[4,3]", "[12]"),
    ("[4,3]", "[-4,-3]"), ("[4,3]", "[4611686018427387904,4]"),
  ])
  func aHeaderThatContradictsItselfIsRefused(part: String, replacement: String) throws {
    let bytes = try HeadArchive(head(), method: .ridge).bytes
    let length = Int(bytes[0]) | Int(bytes[1]) << 8
    let header = String(decoding: bytes[8..<8 + length], as: UTF8.self)
    #expect(header.contains(part))
    let changed = Array(header.replacing(part, with: replacement).utf8)
    let size = [UInt8(changed.count & 255), UInt8(changed.count >> 8), 0, 0, 0, 0, 0, 0]
    #expect(throws: HeadError.self) { try HeadArchive(bytes: size + changed + bytes[(8 + length)...]) }
  }

  @Test func valuesThatAreNotFiniteAreRefused() throws {
    var bytes = try HeadArchive(head(), method: .ridge).bytes
    bytes.replaceSubrange(bytes.count - 4..<bytes.count, with: [0, 0, 0xc0, 0x7f])
    #expect(throws: HeadError.self) { try HeadArchive(bytes: bytes) }
  }
}

@Suite struct HeadSpecificationTests {
  @Test func equalSpecificationsAreEqualText() throws {
    let specification = HeadSpecification(method: .ridge, seed: .max, holdout: 0.25)
    #expect(
      try specification.canonicalJSON() == #"{"holdout":0.25,"method":"ridge","seed":18446744073709551615}"#)
    let other = HeadSpecification(method: .logistic, penalty: 0.1)
    #expect(try other.canonicalJSON() == #"{"holdout":0.2,"method":"logistic","penalty":0.1,"seed":0}"#)
  }

  @Test func settingsStandInTheTextWhereTheyAreSet() throws {
    let specification = HeadSpecification(
      method: .logistic, penalty: 2, classWeights: .given(["spam": 3, "ham": 0.5]), standardises: true,
      smoothing: 0.1)
    let text = try specification.canonicalJSON()
    #expect(
      text
        == #"{"class_weights":{"ham":0.5,"spam":3},"holdout":0.2,"method":"logistic","penalty":2,"seed":0,"#
        + #""smoothing":0.1,"standardise":true}"#)
    let balanced = HeadSpecification(method: .svm, classWeights: .balanced)
    #expect(
      try balanced.canonicalJSON() == #"{"class_weights":"balanced","holdout":0.2,"method":"svm","seed":0}"#)
    for specification in [specification, balanced] {
      let read = try JSONDecoder().decode(
        HeadSpecification.self, from: Data(specification.canonicalJSON().utf8))
      #expect(read == specification)
    }
    let unknown = #"{"class_weights":"even","holdout":0.2,"method":"svm","seed":0}"#
    #expect(throws: DecodingError.self) {
      try JSONDecoder().decode(HeadSpecification.self, from: Data(unknown.utf8))
    }
    var unset = HeadSpecification(method: .ridge, standardises: true)
    unset.standardises = false
    #expect(unset == HeadSpecification(method: .ridge))
  }

  /// Every method takes the settings that it says it takes, and refuses the others.
  @Test(arguments: HeadMethod.allCases)
  func aMethodTakesItsSettingsAndNoOthers(method: HeadMethod) throws {
    let settings: [(Bool, HeadSpecification)] = [
      (method.hasClassWeights, HeadSpecification(method: method, classWeights: .balanced)),
      (method.standardises, HeadSpecification(method: method, standardises: true)),
      (method.smoothsLabels, HeadSpecification(method: method, smoothing: 0.1)),
    ]
    for (isTaken, specification) in settings {
      guard !isTaken else {
        #expect(throws: Never.self) { try specification.trainer() }
        continue
      }
      let error = try #require(throws: HeadError.self) { try specification.trainer() }
      #expect("\(error)".contains("the method \(method.rawValue) has") && "\(error)".contains("leave it out"))
    }
  }

  @Test func aPenaltyThatIsNoneIsRefused() {
    #expect(throws: HeadError.penalty(0)) { try HeadSpecification(method: .logistic, penalty: 0).trainer() }
    #expect(throws: HeadError.holdoutShare(1)) { try HeadSpecification(method: .ridge, holdout: 1).split() }
  }
}
