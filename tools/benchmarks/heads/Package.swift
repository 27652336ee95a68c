// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "heads",
  dependencies: [.package(name: "Firn", path: "../../..")],
  targets: [
    .executableTarget(name: "heads", dependencies: [.product(name: "Firn", package: "Firn")], path: "Sources")
  ]
)
