// swift-tools-version: 6.2

import PackageDescription

let package = Package(
  name: "load",
  dependencies: [.package(name: "Firn", path: "../../..")],
  targets: [
    .executableTarget(name: "load", dependencies: [.product(name: "Firn", package: "Firn")], path: "Sources")
  ]
)
