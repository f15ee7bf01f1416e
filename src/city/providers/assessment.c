/* assessment.c -- the yearly quality assessment of licence holders: self-report, documents, visit, score, ratified, published.
 *
 * Grades and their bounds, the share of A and what becomes of new and absent institutions: rule assessment.grades. The parts and
 * their points: rule assessment.parts. Source: 东丽区 2023 notice; 津人社办发〔2022〕60号第十七条.
 */
#include "city/providers/providers.h"

#include "city/providers/providers_impl.h"

#include <jansson.h>
#include <stdlib.h>
#include <string.h>

static const struct flow_state states[] = {
    {"open", N_("等机构自评")}, {"reported", N_("已自评，待审材料")}, {"checked", N_("材料已审，待实地查看")}, {"visited", N_("已实地查看，待评分")},
    {"scored", N_("已评分，待区里审定")}, {"ratified", N_("区里已审定，待市里公布")}, {"published", N_("已公布")}, {0},
};

struct act {
    const struct q_assessment_get_row *a;
    const struct assessment_act *in;
};

static err_t has_report(struct ctx *cx, const void *row)
{
    const struct act *x = row;
    return x->in->self_report != NULL ? E_OK : SAY(cx, E_INVALID, "self_report", N_("请写自评内容，再提交。"));
}

static err_t has_day(struct ctx *cx, const void *row)
{
    const struct act *x = row;
    if (x->in->visited_on <= 0 || x->in->visited_on > today_of(cx))
        return SAY(cx, E_INVALID, "visited_on", N_("请填实地查看的日期，不能晚于今天。"));
    return x->in->visited_on / 10000 >= x->a->year ? E_OK : SAY(cx, E_INVALID, "visited_on", N_("实地查看的日期不能早于评估的年度。"));
}

static err_t has_scores(struct ctx *cx, const void *row)
{
    const struct act *x = row;
    return x->in->scores != NULL ? E_OK : SAY(cx, E_INVALID, "scores", N_("请给每一项打分。"));
}

/* A grade of A depends on how all the others of the district came out. */
static err_t all_scored(struct ctx *cx, const void *row)
{
    const struct act *x = row;
    struct q_assessment_list_row *rows;
    size_t n;
    const char *grade = assessment_grade_of(cx, x->a->score != NULL ? *x->a->score : 0, today_of(cx));
    if (strcmp(grade, "A") != 0)
        return E_OK;
    TRY(q_assessment_list(cx, &(struct q_assessment_list_in){.district = &x->a->district, .year = x->a->year}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (rows[i].score == NULL && *rows[i].grade == '\0')
            return SAY(cx, E_STATE, NULL, N_("90 分以上的要等本区所有机构都评完分再审定：A 等有名额，按分数从高到低给。"));
    return E_OK;
}

static const struct flow_edge edges[] = {
    {"open", "report", "reported", N_("提交自评"), ROLE_PROVIDER | OFFICERS, 0, has_report},
    {"open", "absent", "ratified", N_("没有参加评估"), OFFICERS, FLOW_NOTE, NULL},
    {"open", "newcomer", "ratified", N_("当年取得许可"), ROLE_CLOCK, 0, NULL},
    {"reported", "check", "checked", N_("材料审核通过"), OFFICERS, 0, NULL},
    {"reported", "back", "open", N_("退回补充"), OFFICERS, FLOW_NOTE, NULL},
    {"checked", "visit", "visited", N_("登记实地查看"), OFFICERS, 0, has_day},
    {"visited", "score", "scored", N_("评分"), OFFICERS, 0, has_scores},
    {"scored", "ratify", "ratified", N_("审定"), OFFICERS, 0, all_scored},
    {"scored", "back", "visited", N_("重新评分"), OFFICERS, FLOW_NOTE, NULL},
    {"ratified", "publish", "published", N_("公布"), ROLE_CITY, FLOW_FINAL, NULL},
    {0},
};
const struct flow assessment_flow = {"assessment", "open", states, edges};

static const struct rule *grades(struct ctx *cx, int64_t on) { return rules_find(cx->house->rules, "assessment.grades", on); }

static int64_t number(const struct rule *rule, const char *name)
{
    const struct rule_param *p = rule != NULL ? rule_get(rule, name, RULE_INT) : NULL;
    return p != NULL ? p->number : 0;
}

static const char *word(const struct rule *rule, const char *name)
{
    const struct rule_param *p = rule != NULL ? rule_get(rule, name, RULE_TEXT) : NULL;
    return p != NULL ? p->text : "";
}

const char *assessment_grade_of(struct ctx *cx, int64_t score, int64_t on)
{
    const struct rule *rule = grades(cx, on);
    return score >= number(rule, "a_min") ? "A" : score >= number(rule, "b_min") ? "B" : score >= number(rule, "c_min") ? "C" : "D";
}

err_t assessment_parts(struct ctx *cx, int64_t on, const struct assessment_part **parts, size_t *n)
{
    const struct rule *rule = rules_find(cx->house->rules, "assessment.parts", on);
    const struct rule_param *list = rule != NULL ? rule_get(rule, "parts", RULE_LIST) : NULL;
    if (list == NULL)
        return FAIL(cx, E_BUG, NULL, "no rule assessment.parts");
    struct assessment_part *out = ARENA_ARRAY(cx->arena, struct assessment_part, list->n_items);
    for (size_t i = 0; i < list->n_items; i++) {
        size_t name = strcspn(list->items[i], ":");
        if (list->items[i][name] != ':')
            return FAIL(cx, E_BUG, NULL, "assessment.parts: '%s' has no points", list->items[i]);
        out[i] = (struct assessment_part){.code = arena_fmt(cx->arena, "part%zu", i + 1),
                                          .label = arena_fmt(cx->arena, "%.*s", (int)name, list->items[i]),
                                          .most = strtoll(list->items[i] + name + 1, NULL, 10)};
    }
    *parts = out;
    *n = list->n_items;
    return E_OK;
}

err_t assessment_find(struct ctx *cx, int64_t id, struct q_assessment_get_row *out)
{
    return q_assessment_get(cx, &(struct q_assessment_get_in){.id = id}, out);
}

err_t assessments_of(struct ctx *cx, int64_t provider_id, struct q_assessment_of_row **rows, size_t *n)
{
    return q_assessment_of(cx, &(struct q_assessment_of_in){.provider_id = provider_id}, rows, n);
}

err_t assessments_page(struct ctx *cx, const struct q_assessment_list_in *in, struct q_assessment_list_row **rows, size_t *n)
{
    return q_assessment_list(cx, in, rows, n);
}

err_t provider_grade(struct ctx *cx, int64_t provider_id, int64_t on, const char **grade, int64_t *year)
{
    struct q_assessment_of_row *rows;
    struct q_provider_get_row p;
    size_t n;
    *grade = "";
    *year = on / 10000;
    TRY(assessments_of(cx, provider_id, &rows, &n));
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].status, "published") == 0 && rows[i].year <= on / 10000) {
            *grade = rows[i].grade;
            *year = rows[i].year;
            return E_OK;
        }
    TRY(provider_find(cx, provider_id, &p));
    if (p.licence_from != NULL && *p.licence_from / 10000 == on / 10000)
        *grade = word(grades(cx, on), "new");
    return E_OK;
}

/* ---- acts ---- */

static err_t write(struct ctx *cx, const struct q_assessment_get_row *a, const struct flow_edge *e, const char *note)
{
    size_t n;
    struct q_assessment_move_in in = {.status = e->to, .self_report = a->self_report, .scores = a->scores, .score = a->score, .grade = a->grade,
                                      .comment = a->comment, .visited_on = a->visited_on, .published_on = a->published_on, .id = a->id,
                                      .was = a->version};
    TRY(q_assessment_move(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "assessment %lld moved meanwhile", (long long)a->id);
    return provider_note(cx, "assessment", a->id, a->provider_id, e, note);
}

struct opening {
    int64_t district, year;
};

static err_t open_tx(struct ctx *cx, void *arg)
{
    static const struct flow_edge made = {.from = "", .action = "create", .to = "open"};
    static const struct flow_edge newcomer = {.from = "open", .action = "newcomer", .to = "ratified"};
    const struct opening *o = arg;
    struct q_assessment_missing_row *rows;
    size_t n;
    TRY(district_own(cx, o->district));
    TRY(q_assessment_missing(cx, &(struct q_assessment_missing_in){.district = o->district, .year = o->year}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct q_assessment_add_row row;
        struct q_assessment_get_row a;
        if (rows[i].licence_from == NULL || *rows[i].licence_from > o->year * 10000 + 1231)
            continue; /* no licence yet in that year */
        TRY(q_assessment_add(cx, &(struct q_assessment_add_in){.provider_id = rows[i].id, .year = o->year, .status = "open"}, &row));
        TRY(provider_note(cx, "assessment", row.id, rows[i].id, &made, NULL));
        if (*rows[i].licence_from / 10000 != o->year)
            continue;
        TRY(assessment_find(cx, row.id, &a));
        a.grade = word(grades(cx, today_of(cx)), "new");
        a.comment = tr(cx, N_("当年取得办学许可，按规定定为这一等。"));
        TRY(write(cx, &a, &newcomer, NULL));
    }
    return E_OK;
}

err_t assessments_open(struct ctx *cx, int64_t district, int64_t year)
{
    if (year > today_of(cx) / 10000)
        return SAY(cx, E_INVALID, "year", N_("这一年还没有到，到那一年再开始评估。"));
    return store_tx(cx, STORE_WRITE, open_tx, &(struct opening){district, year});
}

/* Sums up the points of the parts; each within its most. */
static err_t sum_up(struct ctx *cx, const char *json, const char **clean, int64_t *sum)
{
    const struct assessment_part *parts;
    size_t n;
    err_t e = E_OK;
    struct buf out = {.a = cx->arena};
    TRY(assessment_parts(cx, today_of(cx), &parts, &n));
    json_t *given = json_loads(json, 0, NULL);
    *sum = 0;
    buf_str(&out, "{");
    for (size_t i = 0; i < n && e == E_OK; i++) {
        const json_t *v = json_object_get(given, parts[i].code);
        int64_t points = json_is_integer(v) ? json_integer_value(v) : -1;
        if (points < 0 || points > parts[i].most)
            e = SAY(cx, E_INVALID, parts[i].code,
                    arena_fmt(cx->arena, tr(cx, N_("“%s”要打 0 到 %lld 分。")), parts[i].label, (long long)parts[i].most));
        *sum += points;
        buf_fmt(&out, "%s\"%s\":%lld", i > 0 ? "," : "", parts[i].code, (long long)points);
    }
    buf_str(&out, "}");
    json_decref(given);
    *clean = buf_text(&out);
    return e;
}

/* The grade by points; but A is for at most the rule's share of the district's institutions, the best first. Equal points stand or
 * fall together, so that no name decides. */
static err_t ratified(struct ctx *cx, struct q_assessment_get_row *a)
{
    const struct rule *rule = grades(cx, today_of(cx));
    struct q_assessment_list_row *rows;
    size_t n;
    int64_t better = 0, score = a->score != NULL ? *a->score : 0;
    a->grade = assessment_grade_of(cx, score, today_of(cx));
    if (strcmp(a->grade, "A") != 0)
        return E_OK;
    TRY(q_assessment_list(cx, &(struct q_assessment_list_in){.district = &a->district, .year = a->year}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        better += rows[i].score != NULL && *rows[i].score >= score; /* itself is one of them */
    int64_t most = (int64_t)n * number(rule, "a_share_pct") / 100;
    if (better <= most)
        return E_OK;
    a->grade = "B";
    a->comment = arena_fmt(cx->arena, tr(cx, N_("%lld 分达到 A 等分数，但本区 %zu 家机构的 A 等最多 %lld 家，按分数排第 %lld，定为 B。（%s）")),
                           (long long)score, n, (long long)most, (long long)better, rule->cite);
    return E_OK;
}

struct step {
    int64_t id;
    const struct assessment_act *in;
};

static err_t apply(struct ctx *cx, struct q_assessment_get_row *a, const struct flow_edge *e, const struct assessment_act *in)
{
    int64_t *n = ARENA_NEW(cx->arena, int64_t);
    *n = today_of(cx);
    if (strcmp(e->action, "report") == 0)
        a->self_report = in->self_report;
    if (strcmp(e->action, "visit") == 0)
        a->visited_on = &in->visited_on;
    if (strcmp(e->action, "publish") == 0)
        a->published_on = n;
    if (strcmp(e->action, "absent") == 0) {
        a->grade = word(grades(cx, *n), "absent");
        a->comment = tr(cx, N_("没有参加评估，按规定定为这一等。"));
    }
    if (strcmp(e->action, "score") == 0) {
        TRY(sum_up(cx, in->scores, &a->scores, n));
        a->score = n;
    }
    return strcmp(e->action, "ratify") == 0 ? ratified(cx, a) : E_OK;
}

static err_t step_tx(struct ctx *cx, void *arg)
{
    const struct step *s = arg;
    struct q_assessment_get_row a;
    struct q_provider_get_row p;
    const struct flow_edge *e;
    TRY(assessment_find(cx, s->id, &a));
    TRY(provider_own(cx, a.provider_id, &p));
    if (s->in->version != 0 && s->in->version != a.version)
        return FAIL(cx, E_CONFLICT, NULL, "assessment %lld moved meanwhile", (long long)a.id);
    TRY(flow_step(cx, &assessment_flow, a.status, s->in->action, s->in->note, &(struct act){&a, s->in}, &e));
    TRY(apply(cx, &a, e, s->in));
    TRY(write(cx, &a, e, s->in->note));
    if (strcmp(e->action, "publish") != 0)
        return E_OK;
    bool top = strcmp(a.grade, "A") == 0 && a.score != NULL && *a.score >= number(grades(cx, today_of(cx)), "credit_top");
    return q_provider_credit(cx, &(struct q_provider_credit_in){.credit = top ? "A+" : a.grade, .id = a.provider_id}, NULL);
}

err_t assessment_step(struct ctx *cx, int64_t id, const struct assessment_act *act)
{
    return store_tx(cx, STORE_WRITE, step_tx, &(struct step){id, act});
}
