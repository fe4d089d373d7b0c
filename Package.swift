// swift-tools-version: 6.2
import PackageDescription

/// One set of settings for every Swift target: the language at its strictest.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .strictMemorySafety(),
  .treatAllWarnings(as: .error),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  // harden has one thread, so counting references needs no locked instructions.
  .unsafeFlags(["-assume-single-threaded"], .when(configuration: .release)),
]

let argumentParser = Target.Dependency.product(
  name: "ArgumentParser", package: "swift-argument-parser")
let system = Target.Dependency.product(name: "SystemPackage", package: "swift-system")

/// A library target; the arrows of the architecture are its dependencies.
func library(
  _ name: String, _ dependencies: [Target.Dependency] = []
) -> Target {
  .target(name: name, dependencies: dependencies, swiftSettings: strict)
}

/// The test target that mirrors a source target by name.
func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
  .testTarget(
    name: "\(name)Tests", dependencies: dependencies + ["HardenTestSupport"],
    swiftSettings: [.swiftLanguageMode(.v6)])
}

let package = Package(
  name: "harden",
  products: [.executable(name: "harden", targets: ["harden"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", exact: "1.8.2"),
    .package(url: "https://github.com/apple/swift-system", exact: "1.8.1"),
  ],
  targets: [
    // C: headers of system libraries, and what Swift cannot express.
    .target(name: "CHarden"),
    .target(name: "CHardenStart"),
    .systemLibrary(name: "CYAML"),
    .systemLibrary(name: "CAudit"),
    .systemLibrary(name: "CNettle"),

    // Leaves: values, text, the operating system.
    library("HardenModel"),
    .target(
      name: "HardenYAML", dependencies: ["CYAML", "HardenModel"], swiftSettings: strict,
      linkerSettings: [.linkedLibrary(":libyaml.a")]),
    .target(
      name: "HardenSystem", dependencies: ["CAudit", "CHarden", "CNettle", "HardenModel", system],
      swiftSettings: strict,
      linkerSettings: [
        .linkedLibrary(":libaudit.a"), .linkedLibrary(":libcap-ng.a"),
        .linkedLibrary(":libnettle.a"),
      ]),

    // The contract of a resource, and the two siblings that share only `Step`.
    library("HardenCore", ["HardenModel", "HardenSystem"]),
    library("HardenResources", ["HardenCore", "HardenModel", "HardenSystem"]),
    library("HardenActuators", ["HardenModel", "HardenSystem"]),

    library(
      "HardenPlaybook", ["HardenCore", "HardenModel", "HardenSystem", "HardenYAML"]),
    library(
      "HardenEngine", ["HardenActuators", "HardenCore", "HardenModel", "HardenSystem"]),
    library("HardenViews", ["HardenModel"]),

    .executableTarget(
      name: "harden",
      dependencies: [
        "CHardenStart", "HardenCore", "HardenEngine", "HardenModel", "HardenPlaybook",
        "HardenResources", "HardenSystem", "HardenViews", argumentParser,
      ],
      swiftSettings: strict),

    // `make bench`.
    .executableTarget(
      name: "harden-bench", dependencies: ["HardenTestSupport"], path: "Tests/HardenBench",
      swiftSettings: [.swiftLanguageMode(.v6)]),

    // `make crash`.
    .executableTarget(
      name: "harden-crash",
      dependencies: [
        "HardenEngine", "HardenModel", "HardenResources", "HardenSystem", "HardenTestSupport",
      ],
      path: "Tests/HardenCrash", swiftSettings: [.swiftLanguageMode(.v6)]),

    // Tries what a sealed planner must not be able to do.
    .executableTarget(
      name: "harden-seal", dependencies: ["HardenSystem"], path: "Tests/HardenSeal",
      swiftSettings: [.swiftLanguageMode(.v6)]),

    // What `make fuzz` and the tests of its findings share.
    .target(
      name: "HardenFuzzing",
      dependencies: [
        "HardenEngine", "HardenModel", "HardenPlaybook", "HardenResources", "HardenSystem",
        "HardenViews",
      ],
      path: "Tests/HardenFuzzing", swiftSettings: [.swiftLanguageMode(.v6)]),
    tests("Fuzz", ["HardenFuzzing"]),

    // Tests mirror sources.
    .target(
      name: "HardenTestSupport", dependencies: ["CHarden", "HardenModel", "HardenSystem"],
      path: "Tests/HardenTestSupport", swiftSettings: [.swiftLanguageMode(.v6)]),
    tests("HardenModel", ["HardenModel"]),
    tests("HardenSystem", ["HardenModel", "HardenSystem", system]),
    tests(
      "HardenResources",
      ["HardenCore", "HardenModel", "HardenResources", "HardenSystem", "HardenYAML"]),
    tests("HardenYAML", ["HardenModel", "HardenYAML"]),
    tests("HardenCore", ["HardenCore", "HardenModel", "HardenSystem"]),
    tests(
      "HardenPlaybook",
      [
        "HardenCore", "HardenModel", "HardenPlaybook", "HardenResources", "HardenSystem",
        "HardenViews", "HardenYAML",
      ]),
    tests("HardenActuators", ["HardenActuators", "HardenModel", "HardenSystem"]),
    tests(
      "HardenEngine",
      [
        "HardenActuators", "HardenCore", "HardenEngine", "HardenModel", "HardenResources",
        "HardenSystem", system,
      ]),
    tests("HardenViews", ["HardenModel", "HardenViews"]),
    // Drives the built program: a test bundle that linked it would be scrubbed at its start, too.
    tests("Harden", []),
    tests("Acceptance", []),
    tests("RoundTrip", []),
    tests("HouseRules", ["HardenCore", "HardenPlaybook", "HardenResources", "HardenViews"]),
  ]
)

// libFuzzer brings the main function of its program along, so that is only built for it.
if Context.environment["HARDEN_FUZZ"] != nil {
  package.targets.append(
    .executableTarget(
      name: "harden-fuzz", dependencies: ["HardenFuzzing"], path: "Tests/HardenFuzz",
      swiftSettings: [.swiftLanguageMode(.v6)]))
}
