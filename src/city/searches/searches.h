/* searches.h -- searches that people keep, and how they are told of new ads.
 *
 * With an account or with a mail address alone; an address is written to only after its owner opened the link of the first mail.
 * Every mail carries the link that ends it. The address is sealed. What ends is deleted, not kept.
 * The tick follows the change log: of what was published or changed the engine says which searches find it; each pair is told once.
 */
#ifndef SEARCHES_SEARCHES_H
#define SEARCHES_SEARCHES_H
#include "base/ctx.h"
#include "base/field.h"
#include "city/jobs/asked.h"
#include "searches.rows.h"

extern const struct choice search_every[];

struct search_in {
    const char *mail, *every;
};
/* Keeps a search for the signed-in seeker (mail optional) or for an address. The same search again is the same.
 * *confirm: a mail with a link was sent. E_INVALID "mail" without one; E_RATE: too many for this account or address. */
err_t search_save(struct ctx *cx, const struct find_in *asked, const struct search_in *in, int64_t *id, bool *confirm) MUST_USE;
/* What the link of a mail names. E_NOTFOUND: no such link, or ended. */
err_t search_by_link(struct ctx *cx, const char *link, struct q_search_get_row *out) MUST_USE;
const char *search_link(struct ctx *cx, int64_t id); /* "12-5f3a…" */
err_t search_mine(struct ctx *cx, struct q_search_mine_row **rows, size_t *n) MUST_USE;
err_t search_own(struct ctx *cx, int64_t id, struct q_search_get_row *out) MUST_USE; /* of the signed-in seeker: E_NOTFOUND */

err_t search_confirm(struct ctx *cx, int64_t id) MUST_USE;
err_t search_set_every(struct ctx *cx, int64_t id, const char *every) MUST_USE;
err_t search_end(struct ctx *cx, int64_t id) MUST_USE; /* deletes it */
/* All of a person's accounts: forgotten (inside a transaction), and as objects of a list for the copy of everything. */
err_t searches_forget(struct ctx *cx, int64_t person_id) MUST_USE;
err_t searches_export(struct ctx *cx, int64_t person_id, struct view *list) MUST_USE;

/* What was kept, as the search page takes it; E_BUG when it cannot be read any more. */
err_t search_asked(struct ctx *cx, const char *kept, struct find_in *out) MUST_USE;
const char *search_query(struct ctx *cx, const char *kept); /* "q=%E5%8F%89&pay=5000" */
const char *search_words(struct ctx *cx, const struct find_in *in); /* in words: "叉车 · 河东区 · 5000 元以上" */

/* The engine follows the database, like jobs_index_load() and jobs_index_follow(); loaded ones count after the next match_refresh(). */
struct match;
err_t searches_load(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE;
err_t searches_follow(struct ctx *cx, struct match *m, int64_t *seq) MUST_USE;
err_t searches_tick(struct ctx *cx) MUST_USE; /* the engine has ads and searches by now, or nothing is told yet */
#endif
