// swift-tools-version: 6.2

import PackageDescription

let checked: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// A Swift module under `Sources/` (or `path`).
func module(
  _ name: String, knows dependencies: [Target.Dependency] = [], path: String? = nil,
  resources: [Resource] = []
) -> Target {
  .target(
    name: name, dependencies: dependencies, path: path, resources: resources,
    swiftSettings: checked)
}

/// The tests of `module`, in the folder that mirrors it; golden files are read from where they lie.
func tests(
  of module: String, alsoKnows dependencies: [Target.Dependency] = [], goldens: [String] = []
) -> Target {
  .testTarget(
    name: "\(module)Tests", dependencies: [.target(name: module)] + dependencies, exclude: goldens,
    swiftSettings: checked)
}

let package = Package(
  name: "Firn",
  products: [
    .library(name: "Firn", targets: ["Firn"]),
    .executable(name: "firn", targets: ["FirnCommand"]),
  ],
  targets: [
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
    .target(
      name: "CKernels",
      exclude: [
        "arithmetic.inc", "attention.inc", "avx512.inc", "byte_products.inc", "byte_tiles.inc",
        "code_scan.inc",
        "double_products.inc", "float_products.inc", "functions.inc", "integer_products.inc", "lanes.inc",
        "products.inc",
        "vector_sums.inc",
      ],
      cSettings: [.treatAllWarnings(as: .error)]),

    module("Digests", knows: ["CKernels"]),
    module("LinearAlgebra", knows: ["CKernels", "COpenBLAS"]),
    module("JSON"),
    module("Tokenization", knows: ["JSON"]),
    module("TensorFiles", knows: ["JSON"]),
    module("ONNX"),
    module("Backbones", knows: ["Tokenization", "LinearAlgebra", "TensorFiles", "Digests"]),
    module("Datasets", knows: ["JSON"]),
    module(
      "Migrations", knows: ["Digests"], path: "migrations",
      resources: [
        .embedInCode("V0001__initial.sql"), .embedInCode("V0002__versions.sql"),
        .embedInCode("V0003__trials.sql"), .embedInCode("V0004__statistics.sql"),
        .embedInCode("V0005__words.sql"), .embedInCode("V0006__search_index.sql"),
        .embedInCode("V0007__transforms.sql"),
      ]),
    module("Storage", knows: ["Datasets", "Migrations", "JSON", "Digests", "CSQLite"]),
    module("Search", knows: ["LinearAlgebra"]),
    module("Heads", knows: ["Search", "LinearAlgebra", "TensorFiles", "ONNX", "JSON"]),
    module("Transfer", knows: ["LinearAlgebra"]),
    module(
      "Firn",
      knows: [
        "Backbones", "Datasets", "Storage", "Heads", "Search", "Transfer", "LinearAlgebra", "TensorFiles",
        "ONNX",
        "JSON", "Digests",
      ]),
    module("CommandLineArguments"),
    module("Terminal"),
    .executableTarget(
      name: "FirnCommand", dependencies: ["Firn", "CommandLineArguments", "Terminal", "JSON"],
      swiftSettings: checked),

    .target(
      name: "CFaultyFiles", dependencies: ["CSQLite"], path: "Tests/CFaultyFiles",
      cSettings: [.treatAllWarnings(as: .error)]),
    tests(of: "Digests", alsoKnows: ["CKernels"], goldens: ["Goldens"]),
    tests(of: "LinearAlgebra", alsoKnows: ["CKernels"]),
    tests(of: "JSON", goldens: ["Goldens"]),
    tests(of: "TensorFiles"),
    tests(of: "ONNX"),
    tests(of: "Tokenization", goldens: ["Goldens"]),
    tests(of: "Backbones", alsoKnows: ["LinearAlgebra", "Digests"], goldens: ["Goldens"]),
    tests(of: "Datasets", goldens: ["Goldens"]),
    tests(of: "Storage", alsoKnows: ["Datasets", "Digests", "Migrations"]),
    tests(of: "Heads", alsoKnows: ["LinearAlgebra", "ONNX"], goldens: ["Goldens"]),
    tests(of: "Search", alsoKnows: ["LinearAlgebra"], goldens: ["Goldens"]),
    tests(of: "Transfer", alsoKnows: ["LinearAlgebra"], goldens: ["Goldens"]),
    tests(of: "Firn", alsoKnows: ["JSON", "CFaultyFiles"]),
    tests(of: "CommandLineArguments", goldens: ["Goldens"]),
    tests(of: "Terminal", goldens: ["Goldens"]),
    tests(of: "FirnCommand", goldens: ["Fixtures"]),
    .testTarget(
      name: "FuzzTests", dependencies: ["Firn", "Tokenization", "TensorFiles", "CSQLite"],
      swiftSettings: checked),
  ]
)
