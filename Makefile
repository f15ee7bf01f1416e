# The one build file.  `make run` shows a working city; `make test` proves it; `make help` says the rest.
# Variants are out of tree: `make V=san …`, V=release, V=tsan, V=cov.
V      ?= debug
O      := build/$(V)
G      := build/gen
CC     := $(shell command -v ccache >/dev/null 2>&1 && echo ccache gcc || echo gcc)
CSTD   := -std=c11 -D_GNU_SOURCE -I. -Isrc -I$(G)
WARN   := -Wall -Wextra -Wpedantic -Wshadow -Wstrict-prototypes -Wmissing-prototypes -Wpointer-arith \
          -Wcast-qual -Wformat=2 -Wundef -Wvla -fvisibility=hidden -fno-common -Werror
FLAGS_debug   := -O1 -g
FLAGS_san     := -O1 -g -fsanitize=address,undefined -fno-omit-frame-pointer -Wno-format-overflow -Wno-format-truncation
FLAGS_tsan    := -O1 -g -fsanitize=thread
FLAGS_cov     := -O0 -g --coverage
FLAGS_release := -O2 -g -D_FORTIFY_SOURCE=2 -fstack-protector-strong -fPIE -pie -Wl,-z,relro,-z,now
PKGS   := sqlite3 libpq libcrypto libmicrohttpd jansson libcurl libxml-2.0 libzip xlsxwriter libqrencode zlib
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
CFLAGS  = $(CSTD) $(WARN) $(FLAGS_$(V)) $(PKG_CFLAGS)
LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -largon2 -lm -lpthread
obj     = $(patsubst %.c,$(O)/%.o,$(1))

SRC    := $(sort $(wildcard src/base/*.c src/store/*.c src/rules/*.c src/match/*.c src/feeds/*.c src/web/*.c \
            src/outside/*.c src/city/*.c src/city/*/*.c))
CLI    := $(sort $(wildcard src/cli/*.c))
SQL    := $(sort $(wildcard src/store/*.sql src/city/*/*.sql))
MIGR   := $(sort $(wildcard db/migrations/*.sql))
PAGES  := $(sort $(wildcard src/web/parts/*.html src/city/*/*.html))
DATA   := $(sort $(shell find data -type f 2>/dev/null))
ASSETS := $(sort $(wildcard assets/*.ts assets/css/*.css assets/*.txt assets/*.mjs assets/*.svg assets/*.json assets/*.webmanifest))
GENO   := $(O)/gen/sql.gen.o $(O)/gen/embed.gen.o
LIBOBJ := $(call obj,$(SRC)) $(GENO)
TESTLIB := $(call obj,$(filter-out $(wildcard tests/t_*.c),$(wildcard tests/*.c)))
UNITS  := $(patsubst tests/%.c,$(O)/%,$(sort $(wildcard tests/t_*.c)))

all: $(O)/yizhan
$(O)/yizhan: $(call obj,$(CLI)) $(LIBOBJ)
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $^ -o $@ $(LIBS)
$(O)/libyizhan.a: $(LIBOBJ)
	@rm -f $@ && ar qcs $@ $^
$(O)/libtest.a: $(TESTLIB)
	@rm -f $@ && ar qcs $@ $^
$(O)/t_%: $(O)/tests/t_%.o $(O)/libtest.a $(O)/libyizhan.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $^ -o $@ $(LIBS)
$(O)/%.o: %.c | $(G)/sql.gen.stamp
	@mkdir -p $(@D)
	@echo '  CC $(V) $<'
	@$(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(O)/gen/%.o: $(G)/%.c
	@mkdir -p $(@D)
	@$(CC) $(CFLAGS) -Wno-overlength-strings -MMD -MP -c $< -o $@

# Statements: every .sql file becomes typed functions, after each statement was prepared against the schema.
$(G)/sqlgen: tools/sqlgen.c
	@mkdir -p $(@D)
	gcc -std=c11 -Wall -Wextra -Werror -O1 $< -o $@ -lsqlite3
$(G)/sql.gen.stamp: $(G)/sqlgen $(SQL) $(MIGR)
	$(G)/sqlgen $(G) $(MIGR) -- $(SQL)
	@touch $@
$(G)/sql.gen.c: $(G)/sql.gen.stamp ;

# Everything the binary carries: pages, assets, catalogues, reference data.
$(G)/embed: tools/embed.c
	@mkdir -p $(@D)
	gcc -std=c11 -Wall -Wextra -Werror -O1 $< -o $@
$(G)/en.mo: locale/en.po
	@mkdir -p $(@D)
	msgfmt -o $@ $<
assets/node_modules/.stamp: assets/package.json assets/package-lock.json
	cd assets && PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD=1 npm ci --no-audit --no-fund --loglevel=error
	@touch $@
$(G)/assets.stamp: assets/node_modules/.stamp $(ASSETS)
	rm -rf $(G)/assets && cd assets && node build.mjs ../$(G)/assets
	@touch $@
$(G)/embed.gen.c: $(G)/embed $(PAGES) $(DATA) $(G)/en.mo $(G)/assets.stamp
	$(G)/embed $@ $(PAGES) $(DATA) $(G)/en.mo $(G)/assets/*

$(O)/writer: $(O)/tests/faults/writer.o $(O)/libyizhan.a
	@$(CC) $(CFLAGS) $^ -o $@ $(LIBS)

BENCHED := $(call obj,bench/ads.c $(filter-out src/base/embed.c,$(wildcard src/match/*.c src/base/*.c)))
$(O)/compare $(O)/match_bench: $(O)/%: $(O)/bench/%.o $(BENCHED)
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $^ -o $@ $(LIBS)

$(O)/titles: $(O)/bench/titles.o $(O)/libtest.a $(O)/libyizhan.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $^ -o $@ $(LIBS)

$(O)/ingest: $(O)/bench/ingest.o $(O)/bench/ads.o $(O)/libyizhan.a
	@echo "  LINK $@"
	@$(CC) $(CFLAGS) $^ -o $@ $(LIBS)

run: ## set up, build, fill a demo city in var/, serve it
	tools/setup run
	$(MAKE) --no-print-directory V=release all
	build/release/yizhan demo --data var
	build/release/yizhan serve --data var $(if $(DATABASE),--database $(DATABASE))
dev: all ## build, serve var/ from the source tree, rebuild and reload on a change
	tools/dev
check: ## layers, style, locale
	awk -f tools/layers.awk $$(find src -name '*.[ch]')
	tools/style.sh
	tools/locale check
units: $(UNITS) $(O)/yizhan ## the unit tests of this variant, on both databases
	tools/with-postgres tools/prove $(UNITS)
test: ## everything: checks, units with sanitizers, HTTP, every role on every route, faults, browser; both databases
	tools/setup test
	tools/test
doc: $(O)/yizhan ## docs/generated: routes, flows, manual page
	@mkdir -p docs/generated
	$(O)/yizhan doc routes >docs/generated/routes.md
	$(O)/yizhan doc flows >docs/generated/flows.md
	$(O)/yizhan doc man >docs/generated/yizhan.1
fuzz: ## each parser for a minute under libFuzzer
	tools/fuzz 60
bench: ## the match engine beside PostgreSQL, Groonga, Xapian and SQLite: same ads, same questions; writes docs/performance.md (ADS="10000 100000")
	tools/setup bench
	bench/run $(ADS)
help: ## this list
	@awk -F':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile
clean: ## remove what was built
	rm -rf build
-include $(shell find $(O) -name '*.d' 2>/dev/null)
.PHONY: all run dev check units test doc fuzz bench help clean
.SECONDARY:
.DELETE_ON_ERROR:
