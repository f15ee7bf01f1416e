/* house.h -- what the process holds for its whole life; read-only for requests. */
#ifndef CITY_HOUSE_H
#define CITY_HOUSE_H
#include "base/ctx.h"

struct store;
struct keyring;
struct city;  /* districts, streets, targets: city/reference.h */
struct rules; /* law as data: rules/rules.h */
struct match; /* the engine: match/match.h */
struct office; /* web/web.h */

#define HOUSE_BUILD_MAX 40
struct house {
    const char *data_dir;
    struct store *store;
    struct keyring *keys;
    const struct city *city;
    const struct rules *rules;
    struct match *match;
    const char *base_url; /* for links in mails and QR codes, without a slash at the end */
    const struct office *offices; /* all routes, for the page that describes them; set by the command line */
    const char *version;
    const char *build; /* tells this program from every other; at most HOUSE_BUILD_MAX bytes, never NULL */
    bool quick_passwords; /* tests only */
    bool demo;            /* the people and firms are made up: every page says so */
};

struct house_config {
    const char *data_dir;  /* keys, spool, the SQLite file; made when absent */
    const char *database;  /* NULL = sqlite:<data_dir>/yizhan.db */
    const char *city;      /* folder under data/cities; NULL = "tianjin" */
    const char *base_url;
    const char *build;     /* NULL = a test */
    bool create;           /* make what is absent; else E_NOTFOUND */
};

/* Opens keys, database (migrated and checked), reference data and the empty match engine; `cx` gets a database connection and the keys.
 * The house lives in an arena of its own until house_close(). */
err_t house_open(struct ctx *cx, const struct house_config *c, struct house **out) MUST_USE;
void house_close(struct ctx *cx, struct house *h);
/* Another connection for another thread of the same house. */
err_t house_connect(struct ctx *cx, const struct house *h) MUST_USE;
#endif
