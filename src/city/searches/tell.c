/* tell.c -- new ads held against the kept searches, and the mails about them. */
#include "city/searches/searches.h"

#include "city/house.h"
#include "city/jobs/jobs.h"
#include "store/store.h"

#include "searches.sql.h"

#include <stdlib.h>
#include <string.h>

enum { CHANGES = 5000, SEARCHES = 500, HITS = 200, MAILS = 100, ADS_IN_MAIL = 10, FIRMS = 64, LOOKED_AT = 2000 };
#define HOUR 3600000LL
#define UNCONFIRMED_MS (7 * 24 * HOUR)
#define HITS_MS (60 * 24 * HOUR)

/* ---- what is new ---- */

struct news { /* ads that changed and are open, ascending, and whose they are: the search is narrowed to these firms */
    int64_t *ids, *firms;
    size_t n, n_firms;
};

static int by_number(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return x < y ? -1 : x > y;
}

static bool is_news(const struct news *w, int64_t id) { return w->n > 0 && bsearch(&id, w->ids, w->n, sizeof id, by_number) != NULL; }

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

static err_t add_news(struct ctx *cx, struct news *w, int64_t id)
{
    struct q_search_firm_row *rows;
    size_t n;
    TRY(q_search_firm(cx, &(struct q_search_firm_in){.id = id}, &rows, &n));
    if (n == 0)
        return E_OK;
    w->ids[w->n++] = id;
    w->firms[w->n_firms++] = rows->employer_id;
    return E_OK;
}

/* The changes up to where the log stood one tick ago: the engine of this node follows within a second, so it shows them by now. */
static err_t news_since(struct ctx *cx, int64_t done, int64_t until, struct news *out, int64_t *reached)
{
    struct change *c;
    size_t n;
    *reached = until;
    TRY(change_since(cx, done, CHANGES, &c, &n));
    *out = (struct news){.ids = ARENA_ARRAY(cx->arena, int64_t, n + 1), .firms = ARENA_ARRAY(cx->arena, int64_t, n + 1)};
    for (size_t i = 0; i < n && c[i].seq <= until; i++)
        if (strcmp(c[i].kind, "job") == 0)
            TRY(add_news(cx, out, c[i].object_id));
    if (n == CHANGES && c[n - 1].seq < until)
        *reached = c[n - 1].seq;
    out->n = unique(out->ids, out->n);
    out->n_firms = unique(out->firms, out->n_firms);
    return E_OK;
}

/* ---- who wants it ---- */

static err_t hold_against(struct ctx *cx, const struct match_view *v, const struct news *w, const struct q_search_active_row *s)
{
    struct find_in in;
    struct job_asked asked;
    struct match_result r;
    if (search_asked(cx, s->asked, &in) != E_OK) /* kept by an older version: nothing to tell, and no reason to stop */
        return E_OK;
    job_ask(cx, &in, &asked);
    asked.q.sort = MATCH_NEWEST;
    asked.q.limit = LOOKED_AT;
    bool one_firm = asked.q.employers.n > 0;
    for (size_t at = 0; at < w->n_firms; at += FIRMS) {
        if (!one_firm)
            asked.q.employers = (struct match_list){w->firms + at, w->n_firms - at < FIRMS ? w->n_firms - at : FIRMS};
        TRY(match_search(cx, v, &asked.q, &r));
        for (size_t i = 0; i < r.n; i++)
            if (is_news(w, r.hits[i].id))
                TRY(q_search_hit(cx, &(struct q_search_hit_in){.search_id = s->id, .job_id = r.hits[i].id, .at = cx->now}, NULL));
    }
    return E_OK;
}

struct round {
    const struct match_view *v;
    const struct news *news;
    int64_t after;
    size_t n;
};

static err_t round_tx(struct ctx *cx, void *arg)
{
    struct round *r = arg;
    struct q_search_active_row *rows;
    TRY(q_search_active(cx, &(struct q_search_active_in){.id = r->after, .lim = SEARCHES}, &rows, &r->n));
    for (size_t i = 0; i < r->n; i++)
        TRY(hold_against(cx, r->v, r->news, &rows[i]));
    return E_OK;
}

/* A page of searches a transaction, in an arena of its own. */
static err_t all_rounds(struct ctx *cx, const struct match_view *v, const struct news *w)
{
    struct arena *outer = cx->arena, page;
    struct round r = {.v = v, .news = w, .n = SEARCHES};
    err_t e = E_OK;
    arena_init(&page, 0);
    cx->arena = &page;
    while (e == E_OK && r.n == SEARCHES) {
        struct q_search_active_row *rows;
        size_t n;
        e = store_tx(cx, STORE_WRITE, round_tx, &r);
        if (e == E_OK)
            e = q_search_active(cx, &(struct q_search_active_in){.id = r.after, .lim = SEARCHES}, &rows, &n);
        if (e == E_OK && n > 0)
            r.after = rows[n - 1].id;
        arena_reset(&page);
    }
    e = ctx_back(cx, outer, e);
    arena_free(&page);
    return e;
}

static err_t find_news(struct ctx *cx)
{
    const struct match_view *v;
    struct news w;
    int64_t done, seen, last, reached;
    TRY(mark_get(cx, "searches.done", &done));
    TRY(mark_get(cx, "searches.seen", &seen));
    TRY(change_last(cx, &last));
    bool first = done < 0 || seen < 0; /* what is there already is no news */
    if (first) {
        TRY(mark_set(cx, "searches.done", last));
        done = seen = last;
    }
    TRY(news_since(cx, done, seen, &w, &reached));
    if (w.n > 0) {
        TRY(match_pin(cx, cx->house->match, &v));
        err_t e = all_rounds(cx, v, &w);
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
