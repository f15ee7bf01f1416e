/* pages.c -- "what could I get?": a question at a time, without JavaScript, without an account. What is personal never stands in a URL. */
#include "city/benefits/benefits.h"

#include "city/benefits/routes.h"
#include "city/decisions/words.h"
#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"

#include "base/day.h"

#include <string.h>

static const struct field *field_of(const char *name)
{
    const struct field *f = benefit_fields;
    while (f->name != NULL && strcmp(f->name, name) != 0)
        f++;
    return f;
}

static const char *text_of(struct req *rq, const struct field *f, const void *in)
{
    const void *at = (const char *)in + f->off;
    if (f->type == F_CHOICE || f->type == F_TEXT)
        return *(const char *const *)at;
    const int64_t *n = *(const int64_t *const *)at;
    return n == NULL ? NULL : f->type == F_DATE ? day_text_iso(rq->cx.arena, *n) : arena_fmt(rq->cx.arena, "%lld", (long long)*n);
}

/* The answers so far, without the one that is to be given again. */
static void put_given(struct req *rq, const struct benefit_answers *in)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "given");
    for (const struct field *f = benefit_fields; f->name != NULL; f++) {
        const char *value = text_of(rq, f, in);
        if (value == NULL || strcmp(f->name, "drop") == 0)
            continue;
        struct view *v = view_item(a, list);
        bool shown = f->type == F_CHOICE || f->type == F_DATE;
        view_str(a, v, "name", f->name);
        view_str(a, v, "value", value);
        view_str(a, v, "label", shown ? tr(&rq->cx, f->label) : NULL);
        view_str(a, v, "words", f->type == F_CHOICE ? tr(&rq->cx, training_label(f->choices, value)) : value);
    }
}

static void put_question(struct req *rq, const char *name)
{
    struct arena *a = rq->cx.arena;
    const struct field *f = field_of(name);
    struct view *v = view_sub(a, rq->view, "question");
    view_str(a, v, "name", f->name);
    view_str(a, v, "label", tr(&rq->cx, f->label));
    view_str(a, v, "help", f->help == NULL ? NULL : tr(&rq->cx, f->help));
    view_bool(a, v, "is_date", f->type == F_DATE);
    struct view *list = view_list(a, v, "choices");
    for (const struct choice *c = f->type == F_CHOICE ? f->choices : NULL; c != NULL && c->code != NULL; c++) {
        struct view *o = view_item(a, list);
        view_str(a, o, "code", c->code);
        view_str(a, o, "label", tr(&rq->cx, c->label));
    }
}

static err_t put_classes(struct req *rq, const struct benefit_answers *in)
{
    struct arena *a = rq->cx.arena;
    struct q_benefit_classes_row *rows;
    size_t n;
    TRY(benefits_classes(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "classes");
    for (size_t i = 0; i < n; i++) {
        const struct q_benefit_classes_row *c = &rows[i];
        struct decide_class class = benefit_class(c);
        struct decision d;
        const char *question;
        if (benefits_decide(&rq->cx, in, &class, &d, &question) != E_OK || d.verdict == DECIDE_NO)
            continue;
        struct view *v = view_item(a, list);
        const struct city_district *district = city_district(rq->cx.house->city, c->district);
        view_str(a, v, "name", c->item_name);
        view_str(a, v, "level", tr(&rq->cx, training_level(c->level)));
        view_str(a, v, "provider", c->provider_name);
        view_str(a, v, "district", district == NULL ? NULL : district->name);
        view_str(a, v, "days", arena_fmt(a, "%s – %s", day_text_iso(a, c->starts_on), day_text_iso(a, c->ends_on)));
        view_i64(a, v, "left", c->seats > c->taken ? c->seats - c->taken : 0);
        view_str(a, v, "yuan", training_yuan(&rq->cx, d.total));
        view_str(a, v, "why", d.n_amounts > 0 ? d.amounts[0].formula : NULL);
        view_str(a, v, "lacks", d.verdict == DECIDE_ASK ? d.checks[0].say : NULL);
        view_str(a, v, "payee", d.n_amounts > 0 ? tr(&rq->cx, training_label(training_payees, d.amounts[0].payee)) : NULL);
        view_str(a, v, "apply_url", url_fmt(rq, "/classes/%s/apply", c->code));
    }
    return E_OK;
}

/* The lines that are not forbidden to this person, with what they give and what they ask. */
static err_t put_lines(struct req *rq, const struct benefit_answers *in)
{
    struct arena *a = rq->cx.arena;
    struct view *list = view_list(a, rq->view, "lines");
    for (size_t i = 0; i < BENEFIT_LINES; i++) {
        struct decision d;
        const char *line;
        TRY(benefits_line(&rq->cx, in, i, &line, &d));
        if (d.verdict == DECIDE_NO || d.n_amounts == 0)
            continue;
        struct view *v = view_item(a, list);
        view_str(a, v, "label", tr(&rq->cx, training_label(training_lines, line)));
        view_str(a, v, "yuan", training_yuan(&rq->cx, d.amounts[0].fen));
        view_str(a, v, "clause", d.amounts[0].rule->clause);
        view_str(a, v, "cite", d.amounts[0].rule->cite);
        view_str(a, v, "payee", tr(&rq->cx, training_label(training_payees, d.amounts[0].payee)));
    }
    return E_OK;
}

static err_t put_items(struct req *rq, const struct benefit_answers *in)
{
    struct arena *a = rq->cx.arena;
    struct q_benefit_items_row *rows;
    size_t n;
    TRY(benefits_items(&rq->cx, &rows, &n));
    struct view *list = view_list(a, rq->view, "items");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(a, list);
        view_i64(a, v, "id", rows[i].id);
        view_str(a, v, "label", arena_fmt(a, "%s · %s", rows[i].name, tr(&rq->cx, training_label(training_urgencies, rows[i].urgency))));
        view_bool(a, v, "here", in->item != NULL && *in->item == rows[i].id);
    }
    view_bool(a, rq->view, "sample", n > 0 && rows[0].sample != 0);
    return E_OK;
}

static void drop(struct benefit_answers *in)
{
    const struct field *f = in->drop == NULL ? NULL : field_of(in->drop);
    if (f != NULL && f->name != NULL)
        *(const void **)((char *)in + f->off) = NULL;
    if (in->drop != NULL && strcmp(in->drop, "age") == 0)
        in->birth = NULL, in->sex = NULL;
    in->drop = NULL;
}

static err_t show(struct req *rq)
{
    struct benefit_answers in = rq->in == NULL ? (struct benefit_answers){0} : *(const struct benefit_answers *)rq->in;
    struct decide_class class;
    struct decision d;
    const char *question;
    drop(&in);
    bool chosen = in.item != NULL;
    if (chosen)
        TRY(benefits_item_class(&rq->cx, &in, &class));
    TRY(benefits_decide(&rq->cx, &in, chosen ? &class : NULL, &d, &question));
    put_given(rq, &in);
    TRY(put_items(rq, &in));
    bool done = question == NULL;
    view_bool(rq->cx.arena, rq->view, "done", done);
    view_bool(rq->cx.arena, rq->view, "chosen", chosen);
    view_bool(rq->cx.arena, rq->view, "started", in.category != NULL);
    if (!done)
        put_question(rq, question);
    if (!chosen)
        d.n_amounts = 0; /* of no class in particular: the amounts stand beside each class */
    if (!chosen && d.verdict == DECIDE_YES)
        d.say = tr(&rq->cx, N_("您符合条件，取得证书后可以享受培训补贴；金额看班期"));
    if (done)
        decision_words(&rq->cx, rq->view, &d);
    if (done && in.category != NULL)
        TRY(put_lines(rq, &in));
    return done && d.verdict != DECIDE_NO ? put_classes(rq, &in) : E_OK;
}

static err_t again(struct req *rq)
{
    rq->in = NULL;
    return show(rq);
}

const struct route benefits_routes[] = {
    {GET, "/benefits", show, EVERYONE, NULL, "benefits/ask", N_("我能享受什么补贴"), benefit_open_fields, sizeof(struct benefit_answers), NULL, 0},
    {POST, "/benefits", show, EVERYONE, NULL, "benefits/ask", N_("我能享受什么补贴"), benefit_fields, sizeof(struct benefit_answers), again, ROUTE_SENSITIVE},
    {0},
};
