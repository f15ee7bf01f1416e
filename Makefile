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
PKGS   := sqlite3 libpq libcrypto libmicrohttpd jansson libcurl libxml-2.0 libzip zlib xlsxwriter libqrencode
CFLAGS  = $(CSTD) $(WARN) $(FLAGS_$(V)) $(PKG_CFLAGS)
PKG_CFLAGS := $(shell pkg-config --cflags $(PKGS) 2>/dev/null)
LIBS   := $(shell pkg-config --libs $(PKGS) 2>/dev/null) -largon2 -lm -lpthread
obj     = $(patsubst %.c,$(O)/%.o,$(1))

SRC    := $(sort $(wildcard src/base/*.c src/store/*.c src/rules/*.c src/match/*.c src/feeds/*.c src/web/*.c \
            src/outside/*.c src/city/*.c src/city/*/*.c))
SQL    := $(sort $(wildcard src/store/*.sql src/city/*.sql src/city/*/*.sql))
MIGR   := $(sort $(wildcard db/migrations/*.sql))
PAGES  := $(sort $(wildcard src/web/parts/*.html src/city/*/*.html))
DATA   := $(sort $(wildcard data/reference/* data/cities/*/*))
GENC   := $(G)/sql.gen.c $(G)/embed.gen.c
GENO   := $(O)/gen/sql.gen.o $(O)/gen/embed.gen.o
LIBOBJ := $(call obj,$(SRC)) $(GENO)
TESTS  := $(patsubst tests/%.c,$(O)/%,$(sort $(wildcard tests/t_*.c)))

all: $(O)/yizhan
$(O)/yizhan: $(call obj,src/main.c) $(LIBOBJ)
	$(CC) $(CFLAGS) $^ -o $@ $(LIBS)
$(O)/t_%: $(O)/tests/t_%.o $(O)/tests/world.o $(LIBOBJ)
	$(CC) $(CFLAGS) $^ -o $@ $(LIBS)
$(O)/%.o: %.c | $(G)/sql.gen.stamp
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c $< -o $@
$(O)/gen/%.o: $(G)/%.c
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) -MMD -MP -c $< -o $@

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
	msgfmt --check-format -o $@ $<
$(G)/assets.stamp: $(wildcard assets/*.ts assets/css/*.css assets/*.txt assets/*.mjs assets/*.svg) assets/package.json
	cd assets && { [ -d node_modules ] || npm ci --no-audit --no-fund; } && node build.mjs ../$(G)/assets
	@touch $@
$(G)/embed.gen.c: $(G)/embed $(PAGES) $(DATA) $(G)/en.mo $(G)/assets.stamp
	$(G)/embed $@ $(PAGES) $(DATA) $(G)/en.mo $(wildcard $(G)/assets/*)

clean:
	rm -rf build
-include $(shell find $(O) -name '*.d' 2>/dev/null)
-include tools/make/*.mk
.PHONY: all clean
.SECONDARY:
.DELETE_ON_ERROR:
