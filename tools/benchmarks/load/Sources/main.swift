import Firn

// usage: load STORE DATASET BACKBONE RUNS
// Reads a dataset's features into one matrix, and prints how many vectors a second each run read.
let words = CommandLine.arguments
let store = Store(at: words[1])
let reader = try StoreReader(path: words[1])
let backbone = try reader.backbone(named: words[3])
let contents = try reader.itemNumbers(of: words[2]).map(\.content)
let clock = ContinuousClock()
for _ in 0..<(Int(words[4]) ?? 1) {
  let start = clock.now
  let features = try store.features(of: contents, by: backbone)
  print(Double(features.rows) / ((clock.now - start) / .seconds(1)))
}
