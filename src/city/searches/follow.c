/* follow.c -- the engine knows the kept searches, as it knows the ads: all of them once, then what the change log names. */
#include "city/searches/searches.h"

#include "city/house.h"
#include "city/jobs/jobs.h"
#include "store/store.h"

#include "searches.sql.h"

#include <string.h>

enum { PAGE = 1000 };

static err_t put(struct ctx *cx, struct match *m, int64_t id, const char *kept)
{
    struct find_in in;
    struct job_asked asked;
    if (search_asked(cx, kept, &in) != E_OK) { /* kept by an older version: nothing to tell, and no reason to stop */
        cx->fail = (struct fail){0};
        return match_watch_remove(cx, m, id);
    }
    job_ask(cx, &in, &asked);
    return match_watch_put(cx, m, id, &asked.q);
}

static err_t load_page(struct ctx *cx, struct match *m, int64_t *after, size_t *n)
{
    struct q_search_active_row *rows;
    TRY(q_search_active(cx, &(struct q_search_active_in){.id = *after, .lim = PAGE}, &rows, n));
    for (size_t i = 0; i < *n; i++)
        TRY(put(cx, m, rows[i].id, rows[i].asked));
    if (*n > 0)
        *after = rows[*n - 1].id;
    return E_OK;
}

err_t searches_load(struct ctx *cx, struct match *m, int64_t *seq) { return index_pages(cx, m, PAGE, load_page, seq); }

static err_t follow_one(struct ctx *cx, struct match *m, int64_t id)
{
    struct q_search_get_row *row;
    size_t n;
    TRY(q_search_get(cx, &(struct q_search_get_in){.id = id}, &row, &n));
    return n > 0 && strcmp(row->status, "active") == 0 ? put(cx, m, id, row->asked) : match_watch_remove(cx, m, id);
}

err_t searches_follow(struct ctx *cx, struct match *m, int64_t *seq)
{
    struct change *c;
    size_t n, ours = 0;
    TRY(change_since(cx, *seq, PAGE, &c, &n));
    for (size_t i = 0; i < n; i++) {
        if (strcmp(c[i].kind, "search") != 0)
            continue;
        ours++;
        TRY(follow_one(cx, m, c[i].object_id));
    }
    if (n > 0)
        *seq = c[n - 1].seq;
    return ours > 0 ? match_refresh(cx, m) : E_OK;
}
