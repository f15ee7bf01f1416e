/* before.c -- what a reviewer wants to know beside the lines: what its people had before, and which way the claim came. */
#include "city/claims/claims_impl.h"

#include "base/text.h"
#include "city/accounts/accounts.h"
#include "city/history/history.h"
#include "store/store.h"

#include "claims.sql.h"

#include <jansson.h>
#include <string.h>

struct finding { /* what is being put together */
    const struct q_claim_row *claim;
    struct before_view *rows;
    size_t n, room;
};

static void put(struct ctx *cx, struct finding *f, struct before_view v)
{
    if (f->n == f->room) {
        struct before_view *more = ARENA_ARRAY(cx->arena, struct before_view, f->room * 2 + 64);
        if (f->n > 0)
            memcpy(more, f->rows, f->n * sizeof *more);
        f->rows = more;
        f->room = f->room * 2 + 64;
    }
    v.same = v.level == f->claim->level && strcmp(v.occupation, f->claim->occupation) == 0 && strcmp(v.item, "allowance") != 0;
    f->rows[f->n++] = v;
}

static err_t from_before(struct ctx *cx, struct finding *f, const struct q_claim_people_row *p, const char *name)
{
    struct q_history_of_row *h;
    const char *idno;
    size_t n;
    TRY(unseal(cx, "person.idno", p->idno, &idno));
    if (idno == NULL)
        return E_OK;
    TRY(history_of(cx, idno, &h, &n));
    for (size_t i = 0; i < n; i++)
        put(cx, f, (struct before_view){p->code, name, h[i].item, h[i].line, h[i].occupation, h[i].fund, h[i].code, h[i].state, h[i].district, h[i].level, h[i].year,
                                        h[i].amount != NULL ? *h[i].amount : 0, true, false});
    return E_OK;
}

err_t claim_before(struct ctx *cx, const struct q_claim_row *c, struct before_view **rows, size_t *n)
{
    struct q_claim_people_row *p;
    struct q_claim_elsewhere_row *e;
    struct finding f = {.claim = c};
    size_t people, m;
    TRY(q_claim_people(cx, &(struct q_claim_people_in){.claim_id = c->id}, &p, &people));
    TRY(q_claim_elsewhere(cx, &(struct q_claim_elsewhere_in){.claim_id = c->id}, &e, &m));
    for (size_t i = 0; i < people; i++) {
        const char *name;
        TRY(unseal(cx, "person.name", p[i].name, &name));
        name = name != NULL ? text_mask_name(cx->arena, name) : "";
        for (size_t k = 0; k < m; k++)
            if (e[k].person_id == p[i].person_id)
                put(cx, &f, (struct before_view){p[i].code, name, e[k].item, e[k].line, e[k].occupation, e[k].fund, e[k].code, e[k].status, e[k].district, e[k].level,
                                                 e[k].starts_on / 10000, e[k].amount, false, false});
        TRY(from_before(cx, &f, &p[i], name));
    }
    *rows = f.rows;
    *n = f.n;
    return E_OK;
}

err_t claim_way(struct ctx *cx, int64_t claim_id, struct way_view **rows, size_t *n)
{
    struct q_claim_way_row *w;
    TRY(q_claim_way(cx, &(struct q_claim_way_in){.claim_id = claim_id}, &w, n));
    *rows = ARENA_ARRAY(cx->arena, struct way_view, *n + 1);
    for (size_t i = 0; i < *n; i++) {
        json_t *o = json_loads(w[i].detail, 0, NULL);
        const char *reason = json_string_value(json_object_get(o, "reason"));
        (*rows)[i] = (struct way_view){w[i].at, strncmp(w[i].action, "claim.", 6) == 0 ? w[i].action + 6 : w[i].action, w[i].role,
                                       w[i].name.ptr != NULL ? account_name(cx, w[i].name) : NULL, reason != NULL ? arena_fmt(cx->arena, "%s", reason) : NULL};
        json_decref(o);
    }
    return E_OK;
}
