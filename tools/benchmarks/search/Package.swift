// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "search",
  dependencies: [.package(name: "Firn", path: "../../..")],
  targets: [
    .executableTarget(name: "search", dependencies: [.product(name: "Firn", package: "Firn")], path: "Sources")
  ]
)
