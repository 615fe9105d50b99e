# Sluice: everything a person does with this repository. `make help` lists it.

PREFIX ?= /usr/local
DESTDIR ?=
PAGES ?= examples/pages
CORPORA ?= ../shared/corpora
FUZZ_SECONDS ?= 20

CARGO ?= cargo
TOOLS := $(notdir $(patsubst %/src/main.rs,%,$(wildcard crates/*/src/main.rs)))
BINARIES := $(TOOLS:%=target/release/%)
SHELLS := bash zsh fish

.PHONY: help build demo test test-large check fmt clippy doc deny fuzz-check fuzz bench docs install static clean

help:
	@echo "make build    release binaries in target/release"
	@echo "make demo     the whole pipeline on PAGES (default: examples/pages), results in build/demo"
	@echo "make test     every test"
	@echo "make check    formatting, clippy, documentation, licences"
	@echo "make bench    docs/BENCHMARKS.md anew, with text from CORPORA"
	@echo "make fuzz     every fuzz target for FUZZ_SECONDS"
	@echo "make docs     the option lists in the tools' README files, man pages in build/man"
	@echo "make install  binaries, man pages and completions below PREFIX (default: /usr/local)"
	@echo "make static   binaries that need no shared library"

build:
	$(CARGO) build --release --locked

demo: build
	scripts/demo target/release "$(PAGES)" build/demo

test:
	$(CARGO) test --workspace --locked

# One line of 512 MB, and what else takes gigabytes or minutes.
test-large: build
	$(CARGO) test --workspace --locked --release -- --ignored

check: fmt clippy doc deny fuzz-check

fmt:
	$(CARGO) fmt --all --check

clippy:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

doc:
	RUSTDOCFLAGS="-D warnings" $(CARGO) doc --workspace --no-deps --locked

deny:
	@if $(CARGO) deny --version >/dev/null 2>&1; then $(CARGO) deny check bans licenses sources; \
	else echo "skipped: cargo-deny is not installed (cargo install cargo-deny)"; fi

# That the fuzz targets still compile; running them wants a nightly compiler.
fuzz-check:
	$(CARGO) check --quiet --manifest-path fuzz/Cargo.toml --locked

fuzz:
	scripts/fuzz $(FUZZ_SECONDS)

bench: build
	scripts/bench --corpora "$(CORPORA)"

docs: build
	@mkdir -p build/man
	@for tool in $(TOOLS); do \
	  scripts/write-options crates/$$tool/README.md target/release/$$tool && \
	  target/release/$$tool --generate man > build/man/$$tool.1 || exit; \
	done

install: build
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(PREFIX)/share/man/man1" \
	  "$(DESTDIR)$(PREFIX)/share/bash-completion/completions" \
	  "$(DESTDIR)$(PREFIX)/share/zsh/site-functions" "$(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d"
	install -m 755 $(BINARIES) "$(DESTDIR)$(PREFIX)/bin"
	@set -e; share="$(DESTDIR)$(PREFIX)/share"; for tool in $(TOOLS); do \
	  target/release/$$tool --generate man > "$$share/man/man1/$$tool.1"; \
	  target/release/$$tool --generate complete-bash > "$$share/bash-completion/completions/$$tool"; \
	  target/release/$$tool --generate complete-zsh > "$$share/zsh/site-functions/_$$tool"; \
	  target/release/$$tool --generate complete-fish > "$$share/fish/vendor_completions.d/$$tool.fish"; \
	done

# Any target with a static C library does; musl is the usual one (rustup target add x86_64-unknown-linux-musl, and
# musl-gcc for the C parts of zstd and xz). Without it the GNU target is linked statically.
STATIC_TARGET ?= $(shell rustc -vV | sed -n 's/^host: //p')
static:
	RUSTFLAGS="-C target-feature=+crt-static" $(CARGO) build --release --locked --target $(STATIC_TARGET)
	@for tool in $(TOOLS); do file target/$(STATIC_TARGET)/release/$$tool; done

clean:
	$(CARGO) clean
	rm -rf build
