/* pages_impl.h -- what the pages of this office share. */
#ifndef CLAIMS_PAGES_IMPL_H
#define CLAIMS_PAGES_IMPL_H
#include "city/claims/claims.h"
#include "web/web.h"

const char *claims_base(const struct req *rq);                       /* "/district/claims", by role */
void claims_tag(struct req *rq, struct view *v, const char *label, const char *kind); /* kind and text for parts/tag.html */
const char *claim_tone(const char *status);                          /* kind of the tag of a claim or a line */

/* One claim (rq->scoped: its row): its page, what is done with it and with a line of it, on paper, as a table. */
struct claim_act {
    const char *action, *note;
};
struct claim_line_act {
    int64_t line;
    const char *action, *note;
};
extern const struct field claim_act_fields[], claim_line_fields[];
err_t claim_show(struct req *rq) MUST_USE;
err_t claim_do_act(struct req *rq) MUST_USE;
err_t claim_do_line(struct req *rq) MUST_USE;
err_t claim_paper(struct req *rq) MUST_USE;
err_t claim_table(struct req *rq) MUST_USE;
void claim_facts(struct req *rq, const struct q_claim_row *c); /* list "summary" and state of the claim */
/* List "sums": what goes to whom from which fund, of the lines that were not taken out. */
void claim_sums(struct req *rq, const struct line_view *l, size_t n);
/* All claims that the filter finds, as a table. */
err_t claims_table(struct req *rq, const struct claim_filter *f) MUST_USE;
#endif
