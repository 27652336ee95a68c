internal import Heads
internal import JSON

/// A Python program that answers with an exported head, of the features in `vectors.npy`: NumPy and the archive are all it needs. A head
/// of neighbours, which is no formula of a line, it runs as ONNX.
struct HeadProgram {
  /// What the exported files are called, but for their endings.
  let name: String
  let head: Head

  /// The ending of the file that it reads.
  var form: String {
    if case .neighbours = head.model { "onnx" } else { "safetensors" }
  }

  /// The program.
  var text: String {
    if case .neighbours = head.model { return ending(onnx) }
    return ending(loading + scores + answer)
  }

  private func ending(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  private func file(_ ending: String) -> String { JSONValue.string("\(name).\(ending)").canonicalText }

  private var loading: [String] {
    [
      "import json, numpy as np",
      "data, about = open(\(file("safetensors")), \"rb\").read(), json.load(open(\(file("json"))))",
      "start = 8 + int.from_bytes(data[:8], \"little\")",
      "def tensor(dtype, shape, data_offsets):",
      "    return np.frombuffer(data[start:], \"<f4\")[data_offsets[0] // 4:data_offsets[1] // 4].reshape(shape)",
      "head = {name: tensor(**entry) for name, entry in json.loads(data[8:start]).items() if name != \"__metadata__\"}",
    ]
  }

  private var scores: [String] {
    guard case .perceptron = head.model else {
      return ["scores = np.load(\"vectors.npy\") @ head[\"weight\"].T + head[\"bias\"]"]
    }
    return [
      "hidden = np.maximum(0, np.load(\"vectors.npy\") @ head[\"hidden_weight\"] + head[\"hidden_bias\"])",
      "scores = hidden @ head[\"output_weight\"] + head[\"output_bias\"]",
    ]
  }

  private var answer: [String] {
    switch head.answers {
    case .oneOf:
      [
        "odds = np.exp(head[\"sharpness\"] * (scores - scores.max(1, keepdims=True)))",
        "for row in odds / odds.sum(1, keepdims=True):",
        "    print(about[\"classes\"][row.argmax()], row.max())",
      ]
    case .anyOf:
      [
        "for row in 1 / (1 + np.exp(-head[\"sharpness\"] * scores)):",
        "    print([about[\"classes\"][tag] for tag in np.flatnonzero(row > 0.5)])",
      ]
    case .number: ["print(*scores[:, 0], sep=\"\\n\")"]
    }
  }

  private var onnx: [String] {
    [
      "import numpy as np, onnxruntime",
      "session = onnxruntime.InferenceSession(\(file("onnx")))",
      "names = [output.name for output in session.get_outputs()]",
      "print(dict(zip(names, session.run(names, {\"features\": np.load(\"vectors.npy\")}))))",
    ]
  }
}
