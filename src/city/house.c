#include "city/house.h"

#include "city/names.h"
#include "city/reference.h"
#include "match/match.h"
#include "rules/rules.h"
#include "store/store.h"

#include "base/embed.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct house_owned { /* the house and the arena it lives in */
    struct house house;
    struct arena arena;
};

static err_t make_dir(struct ctx *cx, const char *path, bool create)
{
    struct stat st;
    if (stat(path, &st) == 0 && S_ISDIR(st.st_mode))
        return E_OK;
    if (!create)
        return FAIL(cx, E_NOTFOUND, NULL, "%s is not there; `yizhan demo` or `yizhan migrate` makes it", path);
    return mkdir(path, 0700) == 0 ? E_OK : FAIL(cx, E_IO, NULL, "%s: %s", path, strerror(errno));
}

/* The engine takes every data file by its last name and ignores what it does not know. */
static err_t open_match(struct ctx *cx, struct match **out)
{
    struct match_source *src = ARENA_ARRAY(cx->arena, struct match_source, embedded_count);
    size_t n = 0;
    for (size_t i = 0; i < embedded_count; i++)
        if (strncmp(embedded[i].name, "data/reference/", 15) == 0 || strncmp(embedded[i].name, "data/match/", 11) == 0)
            src[n++] = (struct match_source){embedded[i].name, embedded[i].p, embedded[i].n};
    return match_open(cx, src, n, out);
}

/* The database names the keys it was written with: new keys are made for a new database only, and others than its own are refused. */
static err_t open_keys(struct ctx *cx, const struct house_config *c, struct keyring **out)
{
    const char *known, *have;
    TRY(setting_get(cx, "keys", &known));
    TRY(keyring_open(cx, arena_fmt(cx->arena, "%s/keys", c->data_dir), c->create && known == NULL, out));
    cx->keys = *out;
    have = keyring_marks(cx, *out);
    if (known != NULL && strncmp(have, known, strlen(known)) != 0)
        return FAIL(cx, E_INVALID, NULL, "%s/keys: not the keys of this database; nothing was changed", c->data_dir);
    return known != NULL && strcmp(have, known) == 0 ? E_OK : setting_set(cx, "keys", have);
}

static err_t furnish(struct ctx *cx, const struct house_config *c, struct house *h)
{
    struct city *city;
    struct rules *rules = ARENA_NEW(cx->arena, struct rules);
    const char *name = c->city != NULL ? c->city : "tianjin";
    const char *url = c->database != NULL ? c->database : arena_fmt(cx->arena, "sqlite:%s/yizhan.db", c->data_dir);
    h->data_dir = arena_fmt(cx->arena, "%s", c->data_dir);
    h->build = c->build != NULL ? arena_fmt(cx->arena, "%.*s", HOUSE_BUILD_MAX, c->build) : "test";
    h->base_url = c->base_url != NULL ? arena_fmt(cx->arena, "%s", c->base_url) : "";
    TRY(make_dir(cx, c->data_dir, c->create));
    TRY(make_dir(cx, arena_fmt(cx->arena, "%s/spool", c->data_dir), true));
    const char *keys = arena_fmt(cx->arena, "%s/keys", c->data_dir);
    if (!c->create && access(keys, F_OK) != 0)
        return FAIL(cx, E_INVALID, NULL, "%s is not there", keys);
    TRY(city_load(cx, name, &city));
    h->city = city;
    TRY(rules_embedded(cx, arena_fmt(cx->arena, "data/cities/%s/rules/", name), rules));
    h->rules = rules;
    TRY(open_match(cx, &h->match));
    TRY(store_start(cx, url, &h->store));
    TRY(store_connect(cx, h->store, &cx->db));
    TRY(store_migrate(cx));
    TRY(open_keys(cx, c, &h->keys));
    const char *demo;
    TRY(setting_get(cx, "demo", &demo));
    h->demo = demo != NULL;
    return E_OK;
}

err_t house_open(struct ctx *cx, const struct house_config *c, struct house **out)
{
    struct house_owned *o = calloc(1, sizeof *o);
    if (o == NULL)
        abort();
    arena_init(&o->arena, 0);
    struct arena *outer = cx->arena;
    cx->arena = &o->arena;
    *out = &o->house;
    cx->house = &o->house;
    cx->names = &city_names;
    err_t e = furnish(cx, c, &o->house);
    cx->arena = outer;
    return e;
}

void house_close(struct ctx *cx, struct house *h)
{
    if (h == NULL)
        return;
    store_close(cx->db);
    cx->db = NULL;
    store_stop(h->store);
    match_close(h->match);
    keyring_close(h->keys);
    struct house_owned *o = (struct house_owned *)h;
    arena_free(&o->arena);
    free(o);
}

err_t house_connect(struct ctx *cx, const struct house *h)
{
    cx->house = h;
    cx->keys = h->keys;
    cx->names = &city_names;
    return store_connect(cx, h->store, &cx->db);
}
