/* tell.c -- new ads held against the kept searches, and the mails about them. */
#include "city/searches/searches.h"

#include "city/house.h"
#include "city/jobs/jobs.h"
#include "store/store.h"

#include "base/day.h"

#include "searches.sql.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGES = 5000, ADS = 200 /* a transaction */, HITS = 200, MAILS = 100, ADS_IN_MAIL = 10 };
#define HOUR 3600000LL
#define UNCONFIRMED_MS (7 * 24 * HOUR)
#define HITS_MS (60 * 24 * HOUR)

/* ---- what is new ---- */

struct news { /* ads that changed, ascending */
    int64_t *ids;
    size_t n;
};

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static err_t mark_get(struct ctx *cx, const char *name, int64_t *seq)
{
    const char *s;
    TRY(setting_get(cx, name, &s));
    *seq = s != NULL ? strtoll(s, NULL, 10) : -1;
    return E_OK;
}

static err_t mark_set(struct ctx *cx, const char *name, int64_t seq)
{
    return setting_set(cx, name, arena_fmt(cx->arena, "%lld", (long long)seq));
}

static size_t unique(int64_t *v, size_t n)
{
    size_t k = 0;
    if (n > 0)
        qsort(v, n, sizeof *v, by_number);
    for (size_t i = 0; i < n; i++)
        if (k == 0 || v[k - 1] != v[i])
            v[k++] = v[i];
    return k;
}

/* The changes up to where the log stood one tick ago: the engine of this node follows within a second, so it shows them by now. */
static err_t news_since(struct ctx *cx, int64_t done, int64_t until, struct news *out, int64_t *reached)
{
    struct change *c;
    size_t n;
    *reached = until;
    TRY(change_since(cx, done, CHANGES, &c, &n));
    *out = (struct news){.ids = ARENA_ARRAY(cx->arena, int64_t, n + 1)};
    for (size_t i = 0; i < n && c[i].seq <= until; i++)
        if (strcmp(c[i].kind, "job") == 0)
            out->ids[out->n++] = c[i].object_id;
    if (n == CHANGES && c[n - 1].seq < until)
        *reached = c[n - 1].seq;
    out->n = unique(out->ids, out->n);
    return E_OK;
}

/* ---- who wants it ---- */

struct found { /* an ad and the searches that find it */
    int64_t ad;
    const int64_t *searches;
    size_t n;
};
struct batch {
    struct found v[ADS];
    size_t n;
};

static err_t note_tx(struct ctx *cx, void *arg)
{
    const struct batch *b = arg;
    for (size_t i = 0; i < b->n; i++)
        for (size_t k = 0; k < b->v[i].n; k++)
            TRY(q_search_hit(cx, &(struct q_search_hit_in){.search_id = b->v[i].searches[k], .job_id = b->v[i].ad, .at = cx->now}, NULL));
    return E_OK;
}

/* An ad that the view does not have has ended, or is named in the log again when it comes. */
static err_t who_finds(struct ctx *cx, const struct match_view *v, int64_t id, struct batch *b)
{
    struct match_ad ad;
    struct found f = {.ad = id};
    bool open;
    TRY(jobs_index_ad(cx, id, &ad, &open));
    err_t e = open ? match_searches_for(cx, v, &ad, match_day(day_of(cx->now, DAY_ZONE)), &f.searches, &f.n) : E_OK;
    if (e == E_OK && f.n > 0)
        b->v[b->n++] = f;
    if (e == E_NOTFOUND)
        cx->fail = (struct fail){0};
    return e == E_NOTFOUND ? E_OK : e;
}

static err_t hold(struct ctx *cx, const struct match_view *v, const int64_t *ids, size_t n)
{
    struct batch *b = ARENA_NEW(cx->arena, struct batch);
    for (size_t i = 0; i < n; i++)
        TRY(who_finds(cx, v, ids[i], b));
    return b->n > 0 ? store_tx(cx, STORE_WRITE, note_tx, b) : E_OK;
}

/* Some ads a transaction, in an arena of its own. */
static err_t hold_all(struct ctx *cx, const struct match_view *v, const struct news *w)
{
    struct arena *outer = cx->arena, own;
    err_t e = E_OK;
    arena_init(&own, 0);
    cx->arena = &own;
    for (size_t at = 0; e == E_OK && at < w->n; at += ADS) {
        e = hold(cx, v, w->ids + at, w->n - at < ADS ? w->n - at : ADS);
        if (e == E_OK)
            arena_reset(&own);
    }
    e = ctx_back(cx, outer, e);
    arena_free(&own);
    return e;
}

static err_t find_news(struct ctx *cx)
{
    const struct match_view *v;
    struct news w;
    int64_t done, seen, last, reached;
    if (!match_ready(cx->house->match)) /* ads and searches are still being read */
        return E_OK;
    TRY(mark_get(cx, "searches.done", &done));
    TRY(mark_get(cx, "searches.seen", &seen));
    TRY(change_last(cx, &last));
    bool first = done < 0 || seen < 0; /* what is there already is no news */
    if (!first && last < seen) /* the log was emptied: it begins anew */
        done = seen = 0;
    if (first) {
        TRY(mark_set(cx, "searches.done", last));
        done = seen = last;
    }
    TRY(news_since(cx, done, seen, &w, &reached));
    if (w.n > 0) {
        TRY(match_pin(cx, cx->house->match, &v));
        err_t e = hold_all(cx, v, &w);
        match_unpin(v);
        TRY(e);
    }
    if (reached != done)
        TRY(mark_set(cx, "searches.done", reached));
    return last != seen || first ? mark_set(cx, "searches.seen", last) : E_OK;
}

/* ---- mails ---- */

static int64_t pause_of(const char *every) { return strcmp(every, "now") == 0 ? HOUR : strcmp(every, "day") == 0 ? 24 * HOUR : 7 * 24 * HOUR; }

static err_t letter(struct ctx *cx, const struct q_search_to_tell_row *s, const struct q_search_found_row *found, size_t n, const char **out)
{
    struct buf b = {.a = cx->arena};
    size_t k = 0;
    buf_fmt(&b, tr(cx, N_("您好：\n\n您要找的“%s”有新岗位：\n")), s->label);
    for (size_t i = 0; i < n && k < ADS_IN_MAIL; i++) {
        struct q_job_get_row j;
        err_t e = job_find(cx, found[i].job_id, &j);
        if (e != E_OK && e != E_NOTFOUND)
            return e;
        if (e == E_NOTFOUND || strcmp(j.status, "open") != 0)
            continue;
        struct wage w = job_wage(&j);
        buf_fmt(&b, "\n%s · %s\n%s · %s\n%s/jobs/%s\n", j.title, wage_text(cx, &w), j.employer_name, j.place, cx->house->base_url, j.code);
        k++;
    }
    buf_fmt(&b, tr(cx, N_("\n全部结果：%s/jobs?%s\n\n求职全程免费，谁收钱都是骗子。有问题打 12333。\n\n不想再收这样的信，或者改成每周一封：%s/saved/%s\n")), cx->house->base_url,
            search_query(cx, s->asked), cx->house->base_url, search_link(cx, s->id));
    cx->fail = (struct fail){0};
    *out = k > 0 ? buf_text(&b) : NULL;
    return E_OK;
}

static err_t tell_tx(struct ctx *cx, void *arg)
{
    const struct q_search_to_tell_row *s = arg;
    struct q_search_found_row *found;
    const char *mail, *body;
    size_t n;
    TRY(q_search_found(cx, &(struct q_search_found_in){.search_id = s->id, .lim = HITS}, &found, &n));
    TRY(letter(cx, s, found, n, &body));
    TRY(unseal(cx, "saved_search.mail", s->mail, &mail));
    TRY(q_search_told(cx, &(struct q_search_told_in){.told_at = cx->now, .search_id = s->id}, NULL));
    TRY(q_search_due(cx, &(struct q_search_due_in){.due = cx->now + pause_of(s->every), .id = s->id}, NULL));
    return body == NULL ? E_OK : outbox_add(cx, "mail", mail, arena_fmt(cx->arena, tr(cx, N_("新岗位：%s")), s->label), body);
}

static err_t tell_due(struct ctx *cx)
{
    struct q_search_to_tell_row *rows;
    size_t n;
    TRY(q_search_to_tell(cx, &(struct q_search_to_tell_in){.now = cx->now, .lim = MAILS}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(store_tx(cx, STORE_WRITE, tell_tx, &rows[i]));
    return E_OK;
}

static err_t clean(struct ctx *cx)
{
    struct q_search_stale_row *rows;
    size_t n;
    TRY(q_search_stale(cx, &(struct q_search_stale_in){.before = cx->now - UNCONFIRMED_MS}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        TRY(search_end(cx, rows[i].id));
    return E_OK;
}

static err_t forget_old_tx(struct ctx *cx, void *arg)
{
    (void)arg;
    return q_search_hits_old(cx, &(struct q_search_hits_old_in){.before = cx->now - HITS_MS}, NULL);
}

static err_t clean_up(struct ctx *cx)
{
    TRY(clean(cx));
    return store_tx(cx, STORE_WRITE, forget_old_tx, NULL);
}

static err_t work(struct ctx *cx)
{
    TRY(find_news(cx));
    return tell_due(cx);
}

err_t searches_tick(struct ctx *cx)
{
    TRY(task_run(cx, "searches", 5000, work));
    return task_run(cx, "searches.clean", HOUR, clean_up);
}
