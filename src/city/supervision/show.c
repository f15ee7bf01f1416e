/* show.c -- what was kept as JSON (answers, draws) as views. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "base/hash.h"

#include <jansson.h>
#include <string.h>

static void forget(void *j)
{
    json_decref(j);
}

static const json_t *parse(struct ctx *cx, const char *text)
{
    json_t *j = json_loads(text, 0, NULL);
    if (j != NULL)
        arena_defer(cx->arena, forget, j);
    return j;
}

static const char *word(struct ctx *cx, const struct choice *list, const char *code)
{
    for (; list->code != NULL; list++)
        if (strcmp(list->code, code) == 0)
            return tr(cx, list->label);
    return code;
}

static const char *text(const json_t *o, const char *key)
{
    const char *s = json_string_value(json_object_get(o, key));
    return s != NULL ? s : "";
}

static void answer(struct ctx *cx, struct view *list, const char *label, const char *said, bool bad)
{
    struct view *v = view_item(cx->arena, list);
    view_str(cx->arena, v, "label", label);
    view_str(cx->arena, v, "answer", said);
    view_bool(cx->arena, v, "bad", bad);
}

void visit_answers_view(struct ctx *cx, struct view *to, const char *findings)
{
    const json_t *j = parse(cx, findings), *rows = json_object_get(j, "answers");
    struct view *list = view_list(cx->arena, to, "answers");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *r = json_array_get(rows, i);
        answer(cx, list, word(cx, visit_questions, text(r, "code")), word(cx, visit_answers, text(r, "answer")), strcmp(text(r, "answer"), "no") == 0);
    }
    view_str(cx->arena, to, "remark", *text(j, "note") != '\0' ? text(j, "note") : NULL);
}

void call_answers_view(struct ctx *cx, struct view *to, const char *answers)
{
    static const struct choice reached[] = {{"yes", N_("打通了")}, {"later", N_("没打通，以后再打")}, {"no", N_("打了几次都没打通")}, {"refused", N_("不愿意说")}, {0}};
    const json_t *j = parse(cx, answers);
    struct view *list = view_list(cx->arena, to, "answers");
    if (*text(j, "reached") != '\0')
        answer(cx, list, tr(cx, N_("电话")), word(cx, reached, text(j, "reached")), false);
    for (const struct choice *q = call_questions; q->code != NULL; q++)
        if (*text(j, q->code) != '\0')
            answer(cx, list, tr(cx, q->label), word(cx, call_answers, text(j, q->code)), strcmp(text(j, q->code), "no") == 0);
    if (*text(j, "fee") != '\0')
        answer(cx, list, tr(cx, N_("收钱给钱")), word(cx, call_fees, text(j, "fee")), strcmp(text(j, "fee"), "asked") == 0 || strcmp(text(j, "fee"), "given") == 0);
    view_str(cx->arena, to, "remark", *text(j, "note") != '\0' ? text(j, "note") : NULL);
}

/* ---- draws ---- */

const char *draw_digest(struct ctx *cx, const struct q_draw_get_row *d)
{
    unsigned char digest[HASH_LEN];
    char *hex = arena_alloc(cx->arena, 2 * HASH_LEN + 1);
    const char *file = draw_file(cx, d);
    hash_sha256(file, strlen(file), digest);
    hash_hex(digest, HASH_LEN, hex);
    return hex;
}

static const char *person_name(const struct lot_urn *u, const char *label)
{
    for (size_t i = 0; i < u->n_people; i++)
        if (strcmp(u->people[i].label, label) == 0)
            return u->people[i].name;
    return "";
}

static void strata_view(struct ctx *cx, struct view *to, const struct lot_urn *u)
{
    static const struct choice risks[] = {{"high", N_("高风险")}, {"mid", N_("中风险")}, {"low", N_("低风险")}, {0}};
    struct view *list = view_list(cx->arena, to, "strata");
    for (size_t i = 0; i < u->n_strata; i++) {
        struct view *v = view_item(cx->arena, list);
        int64_t n = 0;
        for (size_t t = 0; t < u->n_tickets; t++)
            n += strcmp(u->tickets[t].stratum, u->strata[i].name) == 0;
        view_str(cx->arena, v, "name", word(cx, risks, u->strata[i].name));
        view_i64(cx->arena, v, "percent", u->strata[i].percent);
        view_i64(cx->arena, v, "least", u->strata[i].least);
        view_i64(cx->arena, v, "n", n);
    }
}

void draw_result_view(struct ctx *cx, struct view *to, const struct q_draw_get_row *d)
{
    struct lot_urn urn;
    const json_t *rows = json_object_get(parse(cx, d->result), "drawn");
    if (lot_urn_read(cx->arena, d->input, strlen(d->input), &urn) != NULL)
        return;
    view_i64(cx->arena, to, "tickets", (int64_t)urn.n_tickets);
    strata_view(cx, to, &urn);
    struct view *list = view_list(cx->arena, to, "drawn");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *r = json_array_get(rows, i);
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "label", text(r, "label"));
        view_str(cx->arena, v, "lot", arena_strndup(cx->arena, text(r, "lot"), 16));
        view_bool(cx->arena, v, "must", json_is_true(json_object_get(r, "must")));
        view_str(cx->arena, v, "pair", *text(r, "first") != '\0' ? arena_fmt(cx->arena, "%s、%s", person_name(&urn, text(r, "first")),
                                                                             person_name(&urn, text(r, "second")))
                                                                 : NULL);
    }
    view_bool(cx->arena, to, "pairs", urn.n_people > 0);
}
