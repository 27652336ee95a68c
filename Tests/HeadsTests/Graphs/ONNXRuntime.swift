import Foundation
import LinearAlgebra
import ONNX
import Testing

/// What ONNX Runtime makes of a model, after ONNX's own library has read it, checked it and written the same bytes.
struct ONNXRuntime {
  /// The outputs of numbers by name, a row's values one behind another.
  let numbers: [String: [Float]]
  /// The output of texts, where there is one.
  let labels: [String]?

  private static let script = """
    import json, sys
    import numpy, onnx, onnxruntime
    rows, width = map(int, sys.argv[1:])
    model = onnx.load("model.onnx")
    onnx.checker.check_model(model, full_check=True)
    assert model.SerializeToString() == open("model.onnx", "rb").read(), "written otherwise"
    session = onnxruntime.InferenceSession("model.onnx", providers=["CPUExecutionProvider"])
    features = numpy.fromfile("features.f32", "<f4").reshape(rows, width)
    names = [output.name for output in session.get_outputs()]
    answers = dict(zip(names, session.run(names, {"features": features})))
    labels = answers.pop("label", None)
    for name, values in answers.items():
        values.astype("<f4").tofile(name + ".f32")
    print(json.dumps({"numbers": list(answers), "labels": None if labels is None else labels.tolist()}))
    """

  init(_ model: ONNXModel, on features: Matrix<Float>) throws {
    let python = try #require(
      ProcessInfo.processInfo.environment["FIRN_TEST_ONNX_PYTHON"],
      "FIRN_TEST_ONNX_PYTHON names no Python with ONNX Runtime: run the tests with tools/test, which makes one"
    )
    let folder = FileManager.default.temporaryDirectory.appending(path: "firn-onnx-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(model.bytes).write(to: folder.appending(path: "model.onnx"))
    try features.elements.withUnsafeBytes { Data($0) }.write(to: folder.appending(path: "features.f32"))

    let process = Process()
    process.executableURL = URL(filePath: python)
    process.arguments = ["-c", Self.script, "\(features.rows)", "\(features.columns)"]
    process.currentDirectoryURL = folder
    let output = Pipe()
    process.standardOutput = output
    try process.run()
    let bytes = try output.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    try #require(process.terminationStatus == 0, "ONNX Runtime did not take the model: see above")

    struct Answer: Decodable {
      let numbers: [String]
      let labels: [String]?
    }
    let answer = try JSONDecoder().decode(Answer.self, from: bytes)
    labels = answer.labels
    numbers = try Dictionary(
      uniqueKeysWithValues: answer.numbers.map { name in
        let values = try Data(contentsOf: folder.appending(path: "\(name).f32"))
        return (
          name,
          stride(from: 0, to: values.count, by: 4).map { place in
            Float(bitPattern: values[place..<place + 4].reversed().reduce(0) { $0 << 8 | UInt32($1) })
          }
        )
      })
  }
}
