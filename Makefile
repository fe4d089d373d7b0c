# What one does with harden's source; `make` alone lists it.

swift ?= swift
cuts ?= 40
# All parts of test-vm but `go`, which compiles Go on emulated processors: make test-vm parts=go.
parts ?= life image audit confirm ssh selinux package cuts
seconds ?= 60
binary := .build/release/harden
linker := -s --no-export-dynamic --icf=safe -z now
release := $(swift) build -c release --product harden --static-swift-stdlib --disable-local-rpath $(foreach flag,$(linker),-Xlinker $(flag))

.DEFAULT_GOAL := help
.PHONY: help setup plan build release deb test test-vm judge check format docs demo crash audit fuzz bench clean

help: ## list these verbs
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-9s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

setup: ## install what building needs, where it is missing
	@Sources/Tools/install-missing build

plan: release ## build, and show what Playbooks/go-build-host.yaml would change on this host (reads only)
	$(binary) plan Playbooks/go-build-host.yaml

build: setup ## build for development
	$(swift) build

release: setup ## build the stripped program with the Swift library inside: .build/release/harden
	$(release)

deb: release ## make the Debian package below .build/deb, and try it
	@Sources/Tools/install-missing deb
	Tests/Packaging/all $(binary)
	@Sources/Tools/deb $(binary) .build/deb

test: ## install what the tests need, and run them
	@Sources/Tools/install-missing build test
	$(swift) build --build-tests
	$(swift) test --skip-build

test-vm: release ## whole life of every kind and 40 power cuts, in a guest that boots (30 minutes)
	@Sources/Tools/install-missing deb guest
	Tests/Guest/all $(binary) $(cuts) $(parts)

judge: release ## what OpenSCAP, ssh and sudo say of server-baseline, in the guest (15 minutes)
	@Sources/Tools/install-missing deb guest
	Tests/Guest/judge $(binary)

check: setup ## formatting, forgotten imports, house rules, stale generated files
	$(swift) format lint --strict --recursive Sources Tests Package.swift
	$(swift) build --build-tests --explicit-target-dependency-import-check error
	$(swift) test --skip-build --filter HouseRulesTests

format: ## bring every Swift file into the project's form
	$(swift) format format --in-place --recursive Sources Tests Package.swift

docs: setup ## write the pages, the schema and the list of kinds from the code
	$(swift) build --build-tests
	RECORD=1 $(swift) test --skip-build --filter GeneratedFilesTests

demo: release ## plan, apply, kill, recover and compare, in private namespaces
	@Sources/Tools/demo $(binary)

crash: release ## end runs at every system call and journal write, recover, compare (15 minutes)
	$(swift) build -c release --static-swift-stdlib --product harden-crash
	.build/release/harden-crash $(binary)

audit: release ## 1,000 audit rules beside auditctl's, in this host's kernel and no file of it
	@Sources/Tools/install-missing test
	Tests/Audit/size $(binary)

fuzz: setup ## look for bytes that break a decoder or parser, a minute for each (seconds=60)
	Sources/Tools/fuzz $(seconds)

bench: release ## start-up, plan, apply, memory and size against their limits
	$(swift) build -c release --product harden-bench
	.build/release/harden-bench $(binary)

clean: ## remove everything that was built
	rm -rf .build
