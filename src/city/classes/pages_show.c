/* pages_show.c -- a class for those who work with it: facts, findings, plan, changes, history. */
#include "city/classes/pages_impl.h"

#include "city/house.h"
#include "city/reference.h"
#include "city/training.h"
#include "rules/rules.h"

#include "base/day.h"
#include "base/text.h"

#include <jansson.h>
#include <string.h>

static err_t load(struct req *rq)
{
    struct q_class_rows_row *c = ARENA_NEW(rq->cx.arena, struct q_class_rows_row);
    const struct actor *a = &rq->cx.actor;
    TRY(class_by_code(&rq->cx, req_param(rq, "class"), c));
    rq->scoped = c;
    bool sees = (a->role & (ROLE_CITY | ROLE_AUDITOR)) != 0 || (a->role == ROLE_DISTRICT && a->district == c->district) ||
                (a->role == ROLE_PROVIDER && a->provider_id == c->provider_id);
    return sees ? E_OK : FAIL(&rq->cx, E_NOTFOUND, NULL, "class %s is not this actor's", c->code);
}
const struct scope class_seen = {"own class or area", "class", load};

const char *class_tone(const char *status)
{
    static const char *const tones[][2] = {{"declared", "warn"}, {"approved", "ok"}, {"running", "pri"}, {"returned", "bad"}, {"unqualified", "bad"}, {"closed", "ok"}};
    for (size_t i = 0; i < sizeof tones / sizeof *tones; i++)
        if (strcmp(tones[i][0], status) == 0)
            return tones[i][1];
    return "";
}

const char *class_hours_text(struct req *rq, int64_t from_min, int64_t to_min)
{
    return arena_fmt(rq->cx.arena, "%lld:%02lld–%lld:%02lld", (long long)(from_min / 60), (long long)(from_min % 60), (long long)(to_min / 60),
                     (long long)(to_min % 60));
}

static err_t facts(struct req *rq, const struct q_class_rows_row *c, int64_t left)
{
    struct ctx *cx = &rq->cx;
    panel_fact(rq, tr(cx, N_("机构")), c->provider_name);
    panel_fact(rq, tr(cx, N_("职业和等级")), arena_fmt(cx->arena, "%s %s", c->project_name, tr(cx, training_level(c->level))));
    if (strcmp(c->line, "catalogue") != 0)
        panel_fact(rq, tr(cx, N_("哪一种培训")), tr(cx, training_label(training_lines, c->line)));
    if (class_is_pair(c->line)) {
        struct master m;
        TRY(class_master(cx, c->id, &m));
        panel_fact(rq, tr(cx, N_("师傅")), m.person_id != 0 ? text_mask_name(cx->arena, m.name) : tr(cx, N_("还没有登记")));
        panel_fact(rq, tr(cx, N_("学徒期")), arena_fmt(cx->arena, tr(cx, N_("%lld 个月")), (long long)m.months));
    } else {
        panel_fact(rq, tr(cx, N_("课时")), arena_fmt(cx->arena, "%lld", (long long)c->hours));
        panel_fact(rq, tr(cx, N_("上课时间")), tr(cx, training_label(training_schedules, c->schedule)));
    }
    panel_fact(rq, tr(cx, N_("开班和结课")), arena_fmt(cx->arena, "%s – %s", day_text_full(cx, c->starts_on), day_text_full(cx, c->ends_on)));
    panel_fact(rq, tr(cx, N_("地点")), arena_fmt(cx->arena, "%s %s", c->place_name, c->place_address));
    panel_fact(rq, tr(cx, N_("招生")), arena_fmt(cx->arena, tr(cx, N_("%lld 人，还剩 %lld 个名额，%s")), (long long)c->seats, (long long)left,
                                                tr(cx, training_label(class_audiences, c->audience))));
    panel_fact(rq, tr(cx, N_("方式和证书")), arena_fmt(cx->arena, "%s，%s", tr(cx, training_label(training_modes, c->mode)),
                                                      class_counted(c->line) || strcmp(c->line, "apprentice") == 0 || class_is_pair(c->line) ? tr(cx, training_label(class_certificates, c->certificate)) : tr(cx, N_("结业证书"))));
    panel_fact(rq, tr(cx, N_("联系")), arena_fmt(cx->arena, "%s %s", c->contact, c->phone));
    if (*c->filing_no != '\0')
        panel_fact(rq, tr(cx, N_("开班备案号")), c->filing_no);
    if (c->declared_on != NULL)
        panel_fact(rq, tr(cx, N_("申报和答复期限")), arena_fmt(cx->arena, tr(cx, N_("%s 申报，%s 前答复")), day_text(cx, *c->declared_on), panel_date(rq, c->due_on)));
    if (*c->reason != '\0')
        panel_fact(rq, tr(cx, N_("原因")), c->reason);
    return E_OK;
}

static const char *teacher(struct req *rq, const struct q_provider_teacher_list_row *all, size_t n, int64_t id)
{
    const char *name = NULL;
    for (size_t i = 0; i < n; i++)
        if (all[i].id == id && provider_teacher_name(&rq->cx, all[i].name, &name) == E_OK && name != NULL)
            return rq->cx.actor.role == ROLE_AUDITOR ? text_mask_name(rq->cx.arena, name) : name;
    return "—";
}

static err_t plan_table(struct req *rq, const struct q_class_rows_row *c)
{
    struct ctx *cx = &rq->cx;
    struct q_class_plan_row *plan;
    struct q_provider_teacher_list_row *teachers;
    size_t n, n_teachers;
    int64_t sum = 0;
    TRY(class_sessions(cx, c->id, &plan, &n));
    TRY(provider_teachers(cx, c->provider_id, &teachers, &n_teachers));
    for (size_t i = 0; i < n; i++)
        sum += plan[i].hours;
    struct view *t = panel_table(rq, "plan", arena_fmt(cx->arena, tr(cx, N_("教学计划：%zu 次课，合计 %lld 课时")), n, (long long)sum), NULL, tr(cx, N_("还没有教学计划。")));
    static const char *const heads[] = {N_("日期"), N_("时间"), N_("内容"), N_("课时"), N_("教师"), N_("场所")};
    for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
        panel_column(rq, t, tr(cx, heads[i]), i == 3);
    bool asks = cx->actor.role == ROLE_PROVIDER && (strcmp(c->status, "approved") == 0 || strcmp(c->status, "running") == 0);
    for (size_t i = 0; i < n; i++) {
        const char *url = asks && plan[i].day >= day_of(cx->now, DAY_ZONE)
                              ? url_fmt(rq, "/provider/classes/%s/change?session=%lld", c->code, (long long)plan[i].id) : NULL;
        struct view *r = panel_row(rq, t, url, day_text(cx, plan[i].day), NULL);
        panel_cell(rq, r, class_hours_text(rq, plan[i].from_min, plan[i].to_min));
        panel_cell(rq, r, arena_fmt(cx->arena, "%s %s", tr(cx, training_label(class_kinds, plan[i].kind)), plan[i].content));
        panel_number(rq, r, plan[i].hours);
        panel_cell(rq, r, teacher(rq, teachers, n_teachers, plan[i].teacher_id));
        panel_cell(rq, r, plan[i].place_name);
    }
    return E_OK;
}

/* "日期 12 月 1 日 → 12 月 3 日；时间 9:00 → 13:30" */
static const char *change_text(struct req *rq, const char *json, const struct q_provider_teacher_list_row *teachers, size_t n)
{
    struct ctx *cx = &rq->cx;
    struct buf b = {.a = cx->arena};
    static const char *const names[] = {"day", "from_min", "teacher_id", "place_id"}, *const words[] = {N_("日期"), N_("时间"), N_("教师"), N_("场所")};
    json_t *o = json_loads(json, 0, NULL);
    for (size_t i = 0; i < 4; i++) {
        const json_t *pair = json_object_get(o, names[i]);
        int64_t was = json_integer_value(json_array_get(pair, 0)), is = json_integer_value(json_array_get(pair, 1));
        if (was == is)
            continue;
        buf_fmt(&b, "%s%s ", b.len > 0 ? "；" : "", tr(cx, words[i]));
        if (i == 0)
            buf_fmt(&b, "%s → %s", day_text(cx, was), day_text(cx, is));
        else if (i == 1)
            buf_fmt(&b, "%lld:%02lld → %lld:%02lld", (long long)(was / 60), (long long)(was % 60), (long long)(is / 60), (long long)(is % 60));
        else if (i == 2)
            buf_fmt(&b, "%s → %s", teacher(rq, teachers, n, was), teacher(rq, teachers, n, is));
        else {
            struct q_provider_place_get_row p;
            buf_str(&b, provider_place_find(cx, is, &p) == E_OK ? arena_fmt(cx->arena, "→ %s", p.name) : "→ ?");
        }
    }
    json_decref(o);
    return buf_text(&b);
}

static err_t changes_table(struct req *rq, const struct q_class_rows_row *c)
{
    static const struct choice states[] = {{"asked", N_("等区里答复")}, {"approved", N_("已同意")}, {"refused", N_("不同意")}, {0}};
    struct ctx *cx = &rq->cx;
    struct q_class_change_list_row *rows;
    struct q_provider_teacher_list_row *teachers;
    size_t n, n_teachers;
    bool officer = (cx->actor.role & OFFICERS) != 0;
    TRY(class_changes(cx, c->id, &rows, &n));
    if (n == 0)
        return E_OK;
    TRY(provider_teachers(cx, c->provider_id, &teachers, &n_teachers));
    struct view *t = panel_table(rq, "changes", tr(cx, N_("变更申请")), tr(cx, N_("同意以后才能变更。")), "");
    panel_column(rq, t, tr(cx, N_("变更")), false);
    panel_column(rq, t, tr(cx, N_("理由")), false);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    for (size_t i = 0; i < n; i++) {
        struct view *r = panel_row(rq, t, NULL, change_text(rq, rows[i].proposed, teachers, n_teachers), day_text_stamp(cx, rows[i].at));
        panel_cell(rq, r, rows[i].reason);
        panel_tag(rq, r, strcmp(rows[i].status, "approved") == 0 ? "ok" : strcmp(rows[i].status, "refused") == 0 ? "bad" : "warn",
                  tr(cx, training_label(states, rows[i].status)));
        if (officer && strcmp(rows[i].status, "asked") == 0) {
            panel_button(rq, r, url_fmt(rq, "/district/classes/%s/changes", c->code), tr(cx, N_("同意变更")), rows[i].id, "approve");
            panel_button(rq, r, url_fmt(rq, "/district/classes/%s/changes", c->code), tr(cx, N_("不同意")), rows[i].id, "refuse");
        }
    }
    return E_OK;
}

enum { LEFT_SHOWN = 3 };

err_t class_left_alerts(struct req *rq, const int64_t *district, const int64_t *provider_id, const int64_t *class_id)
{
    struct q_class_moved_row *rows;
    size_t n;
    TRY(classes_left(&rq->cx, district, provider_id, class_id, &rows, &n));
    for (size_t i = 0; i < n && i < LEFT_SHOWN; i++)
        panel_alert(rq, "bad", class_left_say(&rq->cx, &rows[i]));
    if (n > LEFT_SHOWN)
        panel_alert(rq, "bad", arena_fmt(rq->cx.arena, tr(&rq->cx, N_("另外还有 %zu 个班也是这样，打开每个班能看到该怎么办。")), n - LEFT_SHOWN));
    return E_OK;
}

err_t class_record(struct req *rq, const struct q_class_rows_row *c)
{
    struct ctx *cx = &rq->cx;
    struct q_class_log_list_row *log;
    size_t n;
    int64_t left;
    view_fmt(cx->arena, rq->view, "title", "%s %s", c->name, c->code);
    view_str(cx->arena, rq->view, "code", c->code);
    view_str(cx->arena, rq->view, "status", c->status);
    panel_badge(rq, class_tone(c->status), tr(cx, flow_label(&class_flow, c->status)));
    if (class_is_public(c->status))
        panel_link(rq, url_fmt(rq, "/classes/%s", c->code), tr(cx, N_("大家看到的页面")), false);
    TRY(class_seats_left(cx, c->id, &left));
    TRY(class_left_alerts(rq, NULL, NULL, &c->id));
    if (class_is_pair(c->line))
        panel_alert(rq, "warn", class_master_assumed(cx));
    TRY(facts(rq, c, left));
    TRY(class_checks(rq, c));
    TRY(changes_table(rq, c));
    if (!class_is_pair(c->line))
        TRY(plan_table(rq, c));
    TRY(class_log(cx, c->id, &log, &n));
    for (size_t i = 0; i < n; i++)
        panel_event(rq, log[i].at, panel_action(rq, &class_flow, log[i].action), log[i].role, log[i].note);
    return E_OK;
}

/* How the district stands with its answer: days left, or late. */
static const char *answer_text(struct req *rq, const struct q_class_latest_row *c, const char **kind)
{
    struct ctx *cx = &rq->cx;
    int64_t today = day_of(cx->now, DAY_ZONE), left, alarm = 1;
    *kind = class_tone(c->status);
    if (strcmp(c->status, "declared") != 0 || c->due_on == NULL)
        return tr(cx, flow_label(&class_flow, c->status));
    left = day_working_between(&cx->house->city->calendar, today, *c->due_on, NULL);
    const struct rule *rule = rules_find(cx->house->rules, "class.answer", today);
    const struct rule_param *days = rule != NULL ? rule_get(rule, "working_days", RULE_INT) : NULL, *at = rule != NULL ? rule_get(rule, "alarm_working_day", RULE_INT) : NULL;
    if (days != NULL && at != NULL)
        alarm = days->number - at->number;
    *kind = left <= alarm ? "bad" : "warn";
    return left < 0 ? tr(cx, N_("答复超期")) : left == 0 ? tr(cx, N_("今天要答复")) : arena_fmt(cx->arena, tr(cx, N_("还有 %lld 个工作日答复")), (long long)left);
}

err_t classes_table(struct req *rq, const struct q_class_latest_row *rows, size_t n, const char *base, bool who)
{
    struct ctx *cx = &rq->cx;
    struct view *t = panel_table(rq, "classes", tr(cx, N_("班期")), NULL, tr(cx, N_("没有班。")));
    panel_column(rq, t, tr(cx, N_("班")), false);
    if (who)
        panel_column(rq, t, tr(cx, N_("机构")), false);
    panel_column(rq, t, tr(cx, N_("开班和结课")), false);
    panel_column(rq, t, tr(cx, N_("人数")), true);
    panel_column(rq, t, tr(cx, N_("状态")), false);
    for (size_t i = 0; i < n; i++) {
        const char *kind, *state = answer_text(rq, &rows[i], &kind);
        struct view *r = panel_row(rq, t, url_fmt(rq, "%s/%s", base, rows[i].code), rows[i].name, rows[i].code);
        if (who)
            panel_cell(rq, r, rows[i].provider_name);
        panel_cell(rq, r, arena_fmt(cx->arena, "%s – %s", day_text(cx, rows[i].starts_on), day_text(cx, rows[i].ends_on)));
        panel_cell(rq, r, arena_fmt(cx->arena, "%lld / %lld", (long long)rows[i].taken, (long long)rows[i].seats));
        panel_tag(rq, r, kind, state);
    }
    return E_OK;
}
