import Heads
import LinearAlgebra
import Testing

@Suite struct ClassLabelsTests {
  @Test func classesAreSortedByTheirBytes() {
    let labels = ClassLabels(["b", "Z", "é", "a", "b", ""])
    #expect(labels.classes == ["", "Z", "a", "b", "é"])
    #expect(labels.indices == [3, 1, 4, 2, 3, 0])
    #expect(labels.counts == [1, 1, 1, 2, 1])
    #expect(labels.mostFrequentClass == "b")
  }

  @Test func spellingsThatUnicodeCallsEqualAreTwoClasses() {
    let labels = ClassLabels(["caf\u{e9}", "cafe\u{301}"])
    #expect(labels.classes.count == 2)
    #expect(labels.indices == [1, 0])
  }

  @Test func theFirstOfEquallyFrequentClassesIsMostFrequent() {
    #expect(ClassLabels(["b", "a", "c"]).mostFrequentClass == "a")
    #expect(ClassLabels([]).mostFrequentClass == nil)
  }

  @Test func oneAnswerForAllIsRightAsOftenAsItsClassOccurs() {
    let labels = ClassLabels(["a", "b", "a", "a"])
    #expect(labels.accuracy(ofAlwaysAnswering: "a") == 0.75)
    #expect(labels.accuracy(ofAlwaysAnswering: "never seen") == 0)
  }

  @Test func numberedLabelsAreChecked() {
    #expect(throws: HeadError.self) { try ClassLabels(classes: ["b", "a"], indices: [0]) }
    #expect(throws: HeadError.self) { try ClassLabels(classes: ["a", "a"], indices: [0]) }
    #expect(throws: HeadError.self) { try ClassLabels(classes: ["a", "b"], indices: [0, 2]) }
    #expect(throws: HeadError.self) { try ClassLabels(classes: ["a", "b"], indices: [-1]) }
  }
}

@Suite struct TrainingDataTests {
  private let features = Matrix<Float>(rows: 3, columns: 2, elements: [1, 2, 3, 4, 5, 6])

  @Test func countsMustAgree() {
    #expect(throws: HeadError.rowCount(features: 3, labels: 2)) {
      try TrainingData(features: features, labels: ClassLabels(["a", "b"]))
    }
  }

  @Test(arguments: [Float.nan, .infinity, -.infinity])
  func aRowThatIsNotFiniteIsNamed(value: Float) {
    var features = features
    features[1, 1] = value
    #expect(throws: HeadError.notFinite(row: 1)) {
      try TrainingData(features: features, labels: ClassLabels(["a", "b", "a"]))
    }
  }

  @Test func oneRowAndOneClassAreTooFew() {
    #expect(throws: HeadError.tooFewRows(1)) {
      try TrainingData(features: Matrix(rows: 1, columns: 2), labels: ClassLabels(["a"]))
    }
    #expect(throws: HeadError.tooFewClasses(1)) {
      try TrainingData(features: features, labels: ClassLabels(["a", "a", "a"]))
    }
  }

  @Test func aClassWithoutRowsIsLeftOut() throws {
    let labels = try ClassLabels(classes: ["a", "b", "c"], indices: [0, 2, 2])
    #expect(try TrainingData(features: features, labels: labels).targets.answers == .oneOf(["a", "c"]))
  }
}
