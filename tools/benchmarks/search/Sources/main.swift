import Foundation
import LinearAlgebra
import Search

// usage: search [approximate] VECTORS WIDTH QUERIES COUNT FILE [--threads N] [--candidates N]
// Finds the COUNT nearest rows of VECTORS to each row of QUERIES (float32, row after row), all of them in memory: one query after the
// other, then all together. Prints the seconds as a line of JSON, and writes the neighbours' rows to FILE (int32, COUNT a query). With
// `approximate` by an approximate search, whose own measurement of what it finds is printed too; it scores so many candidates, or as many as that
// measurement says.

struct Answer: Encodable {
  /// Until the first question can be asked.
  let buildSeconds: Double
  /// Of one query, of all asked alone: the median and the 99th percentile.
  let aloneMedian, aloneWorst: Double
  /// Of all queries together.
  let togetherSeconds: Double
}

func matrix(of path: String, width: Int) throws -> Matrix<Float> {
  let values = try Data(contentsOf: URL(filePath: path)).withUnsafeBytes {
    Array($0.bindMemory(to: Float.self))
  }
  return Matrix(rows: values.count / width, columns: width, elements: values)
}

func seconds<Value>(_ work: () throws -> Value) rethrows -> (Value, Double) {
  let start = ContinuousClock.now
  let value = try work()
  return (value, (ContinuousClock.now - start) / .seconds(1))
}

func write(_ answer: some Encodable, _ rows: [Int32], to path: String) throws {
  let encoder = JSONEncoder()
  encoder.keyEncodingStrategy = .convertToSnakeCase
  encoder.outputFormatting = .sortedKeys
  print(String(decoding: try encoder.encode(answer), as: UTF8.self))
  try rows.withUnsafeBytes { try Data($0).write(to: URL(filePath: path)) }
}

/// Takes the number behind an option out of the words.
func number(of option: String, in words: inout [String]) -> Int? {
  guard let place = words.firstIndex(of: option), place + 1 < words.count else { return nil }
  defer { words.removeSubrange(place...place + 1) }
  guard let number = Int(words[place + 1]) else { fatalError("\(option): \(words[place + 1]) is no number") }
  return number
}

var words = CommandLine.arguments
let threads = number(of: "--threads", in: &words).map { Threads($0) } ?? .available
let candidates = number(of: "--candidates", in: &words)
let isApproximate = words[1] == "approximate"
if isApproximate { words.remove(at: 1) }
let (width, count) = (Int(words[2]) ?? 1, Int(words[4]) ?? 10)
let (vectors, queries) = (try matrix(of: words[1], width: width), try matrix(of: words[3], width: width))
if isApproximate {
  let (times, rows) = try approximate(
    vectors, queries, count: count, candidates: candidates, threads: threads)
  try write(times, rows, to: words[5])
  exit(0)
}
let (search, buildSeconds) = seconds { ExactSearch(vectors, threads: threads) }
var (rows, alone): ([Int32], [Double]) = ([], [])
for query in 0..<queries.rows {
  let (found, time) = try seconds { try search.nearest(Wanted(count), to: queries.rows(at: [query])) }
  rows += found[0].map { Int32($0.row) }
  alone.append(time)
}
// A search that was asked before has its vectors in bytes already.
let (together, togetherSeconds) = try seconds {
  try ExactSearch(vectors, threads: threads).nearest(Wanted(count), to: queries)
}
precondition(
  together.flatMap { $0.map { Int32($0.row) } } == rows, "queries together have the answers of each alone")
alone.sort()
let answer = Answer(
  buildSeconds: buildSeconds, aloneMedian: alone[alone.count / 2], aloneWorst: alone[alone.count * 99 / 100],
  togetherSeconds: togetherSeconds)
try write(answer, rows, to: words[5])
