import Foundation
import Heads
import LinearAlgebra

// usage: heads FEATURES WIDTH LABELS FOLDER JOB…
// Trains on features (float32, row after row) and labels (int32, one a row), both in memory, by each of the jobs: `logistic:λ`,
// `logistic:λ,λ,…` (each from the head before) or `ridge:λ,λ,…` (the best of them). Prints a line of JSON for each, and writes its head to
// FOLDER under the job's number.

struct Answer: Encodable {
  let job: String
  let seconds: Double
  let penalty: Double
  let objective: Double
  let gradientNorm: Double
  let iterations: Int
  let converged: Bool
}

func values<Value: BitwiseCopyable>(of path: String, as _: Value.Type) throws -> [Value] {
  try Data(contentsOf: URL(filePath: path)).withUnsafeBytes { Array($0.bindMemory(to: Value.self)) }
}

func trained(_ job: String, on data: TrainingData) throws -> TrainedHead {
  let words = job.split(separator: ":")
  let penalties = words[1].split(separator: ",").compactMap { Double($0) }
  if words[0] == "ridge" { return try RidgeTrainer(penalties: penalties).train(on: data) }
  var trained = try LogisticTrainer(penalty: penalties[0]).train(on: data)
  for penalty in penalties.dropFirst() {
    trained = try LogisticTrainer(penalty: penalty, warmStart: trained.head).train(on: data)
  }
  return trained
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
for (number, job) in words.dropFirst(5).enumerated() {
  let clock = ContinuousClock()
  let start = clock.now
  let trained = try trained(job, on: data)
  let report = trained.report
  let answer = Answer(
    job: job, seconds: (clock.now - start) / .seconds(1), penalty: report.penalty,
    objective: report.objective,
    gradientNorm: report.gradientNorm, iterations: report.iterations, converged: report.converged)
  print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  try Data(HeadArchive(trained.head, method: .logistic).bytes).write(
    to: URL(filePath: words[4]).appending(path: "\(number)"))
}
