/* publish.c -- the steps of a version: co-signed, published with its day of effect, superseded. */
#include "city/catalogue/catalogue.h"

#include "base/day.h"
#include "base/text.h"
#include "base/view.h"
#include "city/catalogue/catalogue_impl.h"
#include "city/providers/providers.h"
#include "store/store.h"

#include "catalogue.sql.h"

#include <string.h>

struct step {
    int64_t id;
    const struct catalogue_act *act;
};

static err_t day_is_right(struct ctx *cx, int64_t effective_on)
{
    struct q_catalogue_latest_effective_row *last;
    size_t n;
    if (effective_on < day_of(cx->now, DAY_ZONE))
        return SAY(cx, E_INVALID, "effective_on", N_("生效日期不能早于今天：已经开班的按开班那天的目录算。"));
    TRY(q_catalogue_latest_effective(cx, &last, &n));
    if (n > 0 && effective_on <= *last->effective_on)
        return SAY(cx, E_INVALID, "effective_on",
                   text_fill(cx->arena, tr(cx, N_("生效日期要晚于上一版的生效日期（{day}）。")), "day", day_text_full(cx, *last->effective_on), NULL));
    return E_OK;
}

static err_t move(struct ctx *cx, const struct q_catalogue_rows_row *c, const struct catalogue_act *a, const struct flow_edge *edge)
{
    bool publish = strcmp(edge->to, "published") == 0, cosign = strcmp(edge->to, "cosigned") == 0;
    size_t n;
    struct q_catalogue_move_in m = {.status = edge->to, .document = publish ? a->document : c->document,
                                    .cosigned = cosign ? a->note : publish ? c->cosigned : "",
                                    .effective_on = publish ? &a->effective_on : NULL, .moved_at = cx->now, .id = c->id, .was = a->version};
    TRY(q_catalogue_move(cx, &m, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "catalogue %s was moved meanwhile", c->code);
    if (!publish)
        return E_OK;
    int64_t last = day_add(a->effective_on, -1);
    TRY(q_catalogue_end(cx, &(struct q_catalogue_end_in){.until_on = last, .id = c->id}, &n));
    return projects_close_left(cx, c->id); /* agreement clause 五-1: what left the catalogue is not covered any more */
}

static const char *detail(struct ctx *cx, const struct catalogue_act *a)
{
    struct view *v = view_obj(cx->arena);
    struct buf b = {.a = cx->arena};
    if (a->note != NULL)
        view_str(cx->arena, v, "note", a->note);
    if (a->document != NULL)
        view_str(cx->arena, v, "document", a->document);
    if (a->effective_on != 0)
        view_i64(cx->arena, v, "effective_on", a->effective_on);
    view_json(&b, v);
    return buf_text(&b);
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct step *s = arg;
    const struct catalogue_act *a = s->act;
    const struct flow_edge *edge;
    struct q_catalogue_rows_row c;
    TRY(catalogue_find(cx, s->id, &c));
    TRY(flow_step(cx, &catalogue_flow, c.status, a->action, a->note, &c, &edge));
    if (strcmp(edge->to, "published") == 0) {
        if (a->document == NULL || *a->document == '\0')
            return SAY(cx, E_INVALID, "document", N_("请写通知的文号。"));
        TRY(day_is_right(cx, a->effective_on));
    }
    TRY(move(cx, &c, a, edge));
    cx->result = arena_fmt(cx->arena, "/city/catalogues/%s", c.code);
    TRY(change_add(cx, "catalogue", c.id));
    return audit_add(cx, edge->action, "catalogue", c.id, detail(cx, a));
}

err_t catalogue_step(struct ctx *cx, int64_t id, const struct catalogue_act *act)
{
    struct step s = {id, act};
    return store_tx(cx, STORE_WRITE, step_tx, &s);
}

/* ---- by the clock ---- */

static err_t supersede_tx(struct ctx *cx, void *arg)
{
    const struct flow_edge *edge;
    struct q_catalogue_rows_row c;
    size_t n;
    TRY(catalogue_find(cx, *(const int64_t *)arg, &c));
    TRY(flow_step(cx, &catalogue_flow, c.status, "supersede", NULL, &c, &edge));
    TRY(q_catalogue_supersede(cx, &(struct q_catalogue_supersede_in){.status = edge->to, .moved_at = cx->now, .id = c.id}, &n));
    return n == 0 ? E_OK : audit_add(cx, edge->action, "catalogue", c.id, NULL);
}

static err_t supersede_due(struct ctx *cx)
{
    struct q_catalogue_due_row *rows;
    struct actor was = cx->actor;
    size_t n;
    err_t e = q_catalogue_due(cx, &(struct q_catalogue_due_in){.ymd = day_of(cx->now, DAY_ZONE)}, &rows, &n);
    cx->actor = (struct actor){.role = ROLE_CLOCK};
    for (size_t i = 0; e == E_OK && i < n; i++)
        e = store_tx(cx, STORE_WRITE, supersede_tx, &rows[i].id);
    cx->actor = was;
    return e;
}

err_t catalogue_tick(struct ctx *cx)
{
    enum { HOUR_MS = 3600000 };
    return task_run(cx, "catalogue", HOUR_MS, supersede_due);
}
