// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "ridge",
  dependencies: [.package(name: "Firn", path: "../../..")],
  targets: [
    .executableTarget(name: "ridge", dependencies: [.product(name: "Firn", package: "Firn")], path: "Sources")
  ]
)
