import Foundation
import Heads
import LinearAlgebra

// usage: heads FEATURES WIDTH LABELS FOLDER JOB…
// Trains on features (float32, row after row) and labels (int32, one a row), both in memory, by each of the jobs; see Job. Prints a line of
// JSON for each, and writes its head to FOLDER under the job's number.

func values<Value: BitwiseCopyable>(of path: String, as _: Value.Type) throws -> [Value] {
  try Data(contentsOf: URL(filePath: path)).withUnsafeBytes { Array($0.bindMemory(to: Value.self)) }
}

let words = CommandLine.arguments
let features = try values(of: words[1], as: Float.self)
let width = Int(words[2]) ?? 1
let classes = try values(of: words[3], as: Int32.self)
let names = (0...Int(classes.max() ?? 0)).map { String(format: "%04d", $0) }
let data = try TrainingData(
  features: Matrix(rows: features.count / width, columns: width, elements: features),
  labels: ClassLabels(classes: names, indices: classes))
let encoder = JSONEncoder()
encoder.keyEncodingStrategy = .convertToSnakeCase
encoder.outputFormatting = .sortedKeys
for (number, word) in words.dropFirst(5).enumerated() {
  let (answer, trained) = try Job(word).run(on: data)
  print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  try Data(HeadArchive(trained.head, method: .logistic).bytes).write(
    to: URL(filePath: words[4]).appending(path: "\(number)"))
}
