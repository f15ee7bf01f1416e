/* looks.c -- inspectors, visits with their results, calls with their answers. */
#include "city/supervision/supervision.h"
#include "city/supervision/supervision_impl.h"

#include "base/text.h"
#include "store/store.h"

#include "supervision.sql.h"

#include <string.h>

const struct choice visit_questions[] = {
    {"place", N_("在登记的场所上课")},
    {"plan", N_("内容和教学计划一致")},
    {"teacher", N_("上课的是备案的教师")},
    {"attendance", N_("在场人数和签到相符")},
    {"roster", N_("在场的是名单上的学员")},
    {"books", N_("教材人手一册")},
    {"materials", N_("耗材按标准配给")},
    {"equipment", N_("设备够用并且能用")},
    {"practice", N_("实操课让学员动手")},
    {"safety", N_("讲了安全，通道和消防正常")},
    {"camera", N_("录像能用，画面覆盖座位")},
    {"order", N_("课堂秩序正常")},
    {"fees", N_("没有向学员收费，也没有返利")},
    {"notice", N_("补贴政策和投诉电话贴在墙上")},
    {0},
};
const struct choice visit_answers[] = {{"yes", N_("是")}, {"no", N_("否")}, {"na", N_("不适用")}, {0}};
const struct choice visit_verdicts[] = {{"good", N_("合格")}, {"minor", N_("有小问题，当场改正")}, {"serious", N_("有严重问题")}, {0}};
const struct choice call_answers[] = {{"yes", N_("是")}, {"no", N_("否")}, {"unsure", N_("说不清")}, {0}};
const struct choice call_fees[] = {{"none", N_("没有收钱")}, {"asked", N_("让交过钱")}, {"given", N_("给过钱或东西")}, {"unsure", N_("说不清")}, {0}};
const struct choice call_questions[] = {
    {"held", N_("课真的上了")}, {"teacher", N_("老师一直是同一位或说明过的")}, {"books", N_("发了教材")}, {"forged", N_("签到都是本人签的")}, {0},
};

/* ---- inspectors ---- */

struct inspecting {
    struct q_inspector_insert_in add;
    struct q_inspector_change_in change;
};

static err_t add(struct ctx *cx, void *arg)
{
    const struct inspecting *i = arg;
    struct q_inspector_insert_row row;
    TRY(q_inspector_insert(cx, &i->add, &row));
    return audit_add(cx, "add", "inspector", row.id, NULL);
}

err_t inspector_add(struct ctx *cx, int64_t district, const char *name, const char *post, const char *conflicts)
{
    struct inspecting i = {.add = {.district = district, .name = name, .post = post, .conflicts = conflicts != NULL ? conflicts : "",
                                   .from_on = day_of(cx->now, DAY_ZONE)}};
    return store_tx(cx, STORE_WRITE, add, &i);
}

static err_t change(struct ctx *cx, void *arg)
{
    const struct inspecting *i = arg;
    size_t n;
    TRY(q_inspector_change(cx, &i->change, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no inspector %lld of this district", (long long)i->change.id);
    return audit_add(cx, i->change.to_on != NULL ? "end" : "edit", "inspector", i->change.id, NULL);
}

err_t inspector_change(struct ctx *cx, int64_t id, int64_t district, const char *conflicts, const int64_t *to_on)
{
    struct inspecting i = {.change = {.id = id, .district = district, .conflicts = conflicts != NULL ? conflicts : "", .to_on = to_on}};
    return store_tx(cx, STORE_WRITE, change, &i);
}

err_t inspectors(struct ctx *cx, int64_t district, struct q_inspector_list_row **rows, size_t *n)
{
    return q_inspector_list(cx, &(struct q_inspector_list_in){.district = district}, rows, n);
}

/* ---- visits ---- */

err_t class_visits(struct ctx *cx, struct q_watch_visit_list_in in, struct q_watch_visit_list_row **rows, size_t *n)
{
    in.last_id = in.last_id == 0 ? INT64_MAX : in.last_id;
    in.class_last = in.class_last == 0 ? INT64_MAX : in.class_last;
    return q_watch_visit_list(cx, &in, rows, n);
}

err_t class_visit_list(struct ctx *cx, const int64_t *district, const int64_t *open, int64_t page, struct q_watch_visit_list_row **rows, size_t *n)
{
    return class_visits(cx, (struct q_watch_visit_list_in){.district = district, .open = open, .off = (page - 1) * WATCH_PAGE, .lim = WATCH_PAGE}, rows, n);
}

err_t visits_of_class(struct ctx *cx, int64_t class_id, struct q_watch_visit_list_row **rows, size_t *n)
{
    return class_visits(cx, (struct q_watch_visit_list_in){.class_first = class_id, .class_last = class_id, .lim = WATCH_PAGE}, rows, n);
}

err_t class_visit_get(struct ctx *cx, int64_t id, struct q_watch_visit_list_row *out)
{
    struct q_watch_visit_list_row *rows;
    size_t n;
    TRY(class_visits(cx, (struct q_watch_visit_list_in){.first_id = id, .last_id = id, .lim = 1}, &rows, &n));
    if (id == 0 || n == 0 || !watch_area(cx, rows[0].district))
        return FAIL(cx, E_NOTFOUND, NULL, "no visit %lld of this actor", (long long)id);
    *out = rows[0];
    return E_OK;
}

size_t visit_asked(struct ctx *cx, int64_t on, const char *const **codes)
{
    const struct rule *rule = rules_find(cx->house->rules, "visit.questions", on);
    const struct rule_param *p = rule != NULL ? rule_get(rule, "code", RULE_LIST) : NULL;
    *codes = p != NULL ? p->items : NULL;
    return p != NULL ? p->n_items : 0;
}

static const char *text_json(struct ctx *cx, const struct view *v)
{
    struct buf b = {.a = cx->arena};
    view_json(&b, v);
    return buf_text(&b);
}

static err_t enter(struct ctx *cx, void *arg)
{
    const struct q_watch_visit_enter_in *in = arg;
    size_t n;
    TRY(q_watch_visit_enter(cx, in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "visit %lld has its result", (long long)in->id);
    return audit_add(cx, "enter", "class_visit", in->id,
                     arena_fmt(cx->arena, "{\"verdict\":\"%s\",\"present\":%lld}", in->verdict, (long long)in->present));
}

err_t visit_enter(struct ctx *cx, int64_t id, const struct visit_result *r)
{
    struct q_watch_visit_list_row x;
    const char *const *codes;
    TRY(class_visit_get(cx, id, &x));
    if (x.entered_at != NULL)
        return SAY(cx, E_STATE, NULL, N_("这次检查的结果已经录入，不能再改。"));
    if (r->visited_at > cx->now)
        return SAY(cx, E_INVALID, "visited_at", N_("检查时间还没有到，请填实际到场的时间。"));
    if (day_of(r->visited_at, DAY_ZONE) < (x.drawn_on != NULL ? *x.drawn_on : x.starts_on))
        return SAY(cx, E_INVALID, "visited_at", N_("检查时间早于抽签或者开班，请填实际到场的时间。"));
    struct view *v = view_obj(cx->arena), *list = view_list(cx->arena, v, "answers");
    size_t n = visit_asked(cx, day_of(r->visited_at, DAY_ZONE), &codes), no = 0;
    for (size_t i = 0; i < n; i++) {
        const char *answer = r->answers[i] != NULL ? r->answers[i] : "";
        if (*answer == '\0')
            return SAY(cx, E_INVALID, codes[i], N_("每一项都要选：是、否或者不适用。"));
        struct view *item = view_item(cx->arena, list);
        view_str(cx->arena, item, "code", codes[i]);
        view_str(cx->arena, item, "answer", answer);
        no += strcmp(answer, "no") == 0;
    }
    if (no > 0 && strcmp(r->verdict, "good") == 0)
        return SAY(cx, E_INVALID, "verdict", N_("有选了“否”的项目，结论不能是合格：请选有小问题或者有严重问题。"));
    view_str(cx->arena, v, "note", r->note != NULL ? r->note : "");
    struct q_watch_visit_enter_in in = {.id = id, .visited_at = r->visited_at, .entered_at = cx->now, .present = r->present,
                                        .findings = text_json(cx, v), .verdict = r->verdict, .signed_by = r->signed_by,
                                        .account_id = cx->actor.account_id};
    return store_tx(cx, STORE_WRITE, enter, &in);
}

/* ---- calls ---- */

err_t call_list(struct ctx *cx, const int64_t *district, const int64_t *open, int64_t page, struct q_training_call_list_row **rows, size_t *n)
{
    struct q_training_call_list_in in = {.last_id = INT64_MAX, .district = district, .open = open, .off = (page - 1) * WATCH_PAGE, .lim = WATCH_PAGE};
    return call_rows(cx, &in, rows, n);
}

err_t call_rows(struct ctx *cx, const struct q_training_call_list_in *in, struct q_training_call_list_row **rows, size_t *n)
{
    return q_training_call_list(cx, in, rows, n);
}

err_t call_get(struct ctx *cx, int64_t id, struct q_training_call_list_row *out)
{
    struct q_training_call_list_row *rows;
    size_t n;
    TRY(q_training_call_list(cx, &(struct q_training_call_list_in){.first_id = id, .last_id = id, .lim = 1}, &rows, &n));
    if (id == 0 || n == 0 || !watch_area(cx, rows[0].district))
        return FAIL(cx, E_NOTFOUND, NULL, "no call %lld of this actor", (long long)id);
    *out = rows[0];
    return E_OK;
}

static err_t answer(struct ctx *cx, void *arg)
{
    const struct q_training_call_done_in *in = arg;
    size_t n;
    TRY(q_training_call_done(cx, in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "call %lld is done", (long long)in->id);
    return audit_add(cx, "enter", "training_call", in->id, NULL);
}

static err_t no_answer(struct ctx *cx, void *arg)
{
    const struct q_training_call_tried_in *in = arg;
    size_t n;
    TRY(q_training_call_tried(cx, in, &n));
    return n == 1 ? audit_add(cx, "try", "training_call", in->id, NULL) : FAIL(cx, E_CONFLICT, NULL, "call %lld was entered meanwhile", (long long)in->id);
}

err_t call_enter(struct ctx *cx, int64_t id, const struct call_answers *in)
{
    struct q_training_call_list_row k;
    struct view *v = view_obj(cx->arena);
    bool reached = strcmp(in->reached, "yes") == 0;
    TRY(call_get(cx, id, &k));
    if (k.done_at != NULL)
        return SAY(cx, E_STATE, NULL, N_("这次回访已经登记过。"));
    if (reached && (in->held == NULL || in->fee == NULL))
        return SAY(cx, E_INVALID, in->held == NULL ? "held" : "fee", N_("打通了电话，就要问课上了没有、有没有收钱。"));
    const struct {
        const char *name, *value;
    } said[] = {{"reached", in->reached}, {"held", in->held}, {"teacher", in->teacher}, {"books", in->books}, {"fee", in->fee},
                {"forged", in->forged},   {"note", in->note}};
    for (size_t i = 0; i < sizeof said / sizeof *said; i++)
        if (said[i].value != NULL)
            view_str(cx->arena, v, said[i].name, said[i].value);
    if (strcmp(in->reached, "later") == 0) {
        struct q_training_call_tried_in tried = {.id = id, .account_id = cx->actor.account_id, .answers = text_json(cx, v)};
        return store_tx(cx, STORE_WRITE, no_answer, &tried);
    }
    struct q_training_call_done_in done = {.id = id, .done_at = cx->now, .account_id = cx->actor.account_id, .answers = text_json(cx, v)};
    return store_tx(cx, STORE_WRITE, answer, &done);
}
