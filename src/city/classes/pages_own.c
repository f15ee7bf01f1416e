/* pages_own.c -- the provider's classes: writing one down, its plan from a week's pattern, declaring it, asking for a change. */
#include "city/classes/pages_impl.h"
#include "city/reference.h"
#include "city/classes/costs.h"
#include "city/classes/pages_plan_file.h"
#include "city/classes/routes.h"

#include "city/house.h"
#include "city/training.h"

#include "base/day.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PER_PAGE = 50 };

static int64_t me(const struct req *rq) { return rq->cx.actor.provider_id; }

struct list_filter {
    const char *status;
    const int64_t *page;
};
static const struct choice states[] = {{"draft", N_("填写中")}, {"declared", N_("已申报，待审核")}, {"returned", N_("退回修改")}, {"approved", N_("已同意，待开班")},
                                       {"running", N_("培训中")}, {"finished", N_("已结课")}, {"examined", N_("已考核")}, {"closed", N_("已办结")}, {0}};
static const struct field list_fields[] = {
    {"status", F_CHOICE, 0, N_("状态"), .choices = states, .off = offsetof(struct list_filter, status)},
    FIELD_PAGE(struct list_filter),
    {0},
};

static err_t show_list(struct req *rq)
{
    const struct list_filter *f = rq->in;
    struct ctx *cx = &rq->cx;
    struct q_class_latest_row *rows;
    size_t n;
    int64_t page = f->page != NULL ? *f->page : 1;
    TRY(classes_latest(cx, &(struct q_class_latest_in){.provider_id = &cx->actor.provider_id, .status = f->status, .lim = panel_rows(rq, PER_PAGE), .off = (page - 1) * PER_PAGE},
                       &rows, &n));
    panel_begin(rq);
    provider_links(rq, "/provider/classes");
    panel_csv_link(rq, "/provider/classes", f->status);
    view_str(cx->arena, rq->view, "new_url", url_fmt(rq, "/provider/classes/new"));
    view_str(cx->arena, rq->view, "new_word", tr(cx, N_("申报一个班")));
    view_bool(cx->arena, rq->view, "filtered", true);
    req_form(rq, list_fields, NULL);
    TRY(class_left_alerts(rq, NULL, &cx->actor.provider_id, NULL));
    TRY(classes_table(rq, rows, n, "/provider/classes", false));
    req_pager(rq, page, PER_PAGE, n > 0 ? rows[0].total : 0);
    return E_OK;
}

static err_t list_file(struct req *rq)
{
    TRY(show_list(rq));
    return panel_csv(rq, "classes");
}

/* ---- the form ---- */

struct form_in {
    const char *project, *line, *place, *level, *hours, *mode, *certificate, *audience, *schedule, *contact, *phone, *version;
    int64_t seats, starts_on;
    const int64_t *months;
};
static const struct field form_fields[] = {
    {"project", F_TEXT, F_REQUIRED, N_("培训项目"), .max = 20, .off = offsetof(struct form_in, project)},
    {"line", F_CHOICE, 0, N_("哪一种培训"), N_("空着就是目录内职业培训；别的种类人员、课时和补贴不同。"), .choices = training_lines, .off = offsetof(struct form_in, line)},
    {"level", F_CHOICE, F_REQUIRED, N_("等级"), N_("定向、项目制和安全技能培训选专项。"), .choices = training_levels, .off = offsetof(struct form_in, level)},
    {"hours", F_CHOICE, F_REQUIRED, N_("课时"), N_("目录内是 80 或 120；名师带徒不看课时。"), .choices = training_hours, .off = offsetof(struct form_in, hours)},
    {"certificate", F_CHOICE, F_REQUIRED, N_("发哪种证书"), N_("一个班只能有一种。"), .choices = class_certificates, .off = offsetof(struct form_in, certificate)},
    {"mode", F_CHOICE, F_REQUIRED, N_("培训方式"), .choices = training_modes, .off = offsetof(struct form_in, mode)},
    {"audience", F_CHOICE, F_REQUIRED, N_("招谁"), .choices = class_audiences, .off = offsetof(struct form_in, audience)},
    {"starts_on", F_DATE, F_REQUIRED, N_("开班日期"), N_("要在前 5 个工作日申报。"), .off = offsetof(struct form_in, starts_on)},
    {"months", F_INT, 0, N_("带几个月"), N_("只有名师带徒填写；别的班由教学计划定。"), .min = 1, .max = 60, .off = offsetof(struct form_in, months)},
    {"schedule", F_CHOICE, F_REQUIRED, N_("上课时间"), .choices = training_schedules, .off = offsetof(struct form_in, schedule)},
    {"seats", F_INT, F_REQUIRED, N_("招多少人"), .min = 1, .max = 500, .off = offsetof(struct form_in, seats)},
    {"place", F_TEXT, F_REQUIRED, N_("主要场所"), .max = 20, .off = offsetof(struct form_in, place)},
    {"contact", F_TEXT, F_REQUIRED, N_("联系人"), .max = 30, .off = offsetof(struct form_in, contact)},
    {"phone", F_PHONE, F_REQUIRED, N_("电话"), .off = offsetof(struct form_in, phone)},
    {"version", F_HIDDEN, 0, "", .max = 20, .off = offsetof(struct form_in, version)},
    {0},
};
enum { FORM_FIELDS = sizeof form_fields / sizeof *form_fields };

static struct choice choice_of(struct req *rq, int64_t id, const char *label)
{
    return (struct choice){arena_fmt(rq->cx.arena, "%lld", (long long)id), label};
}

static err_t project_choices(struct req *rq, int64_t provider_id, const struct choice **out)
{
    struct ctx *cx = &rq->cx;
    struct q_project_of_provider_row *rows;
    size_t n, k = 0;
    TRY(projects_of_provider(cx, provider_id, day_of(cx->now, DAY_ZONE), &rows, &n));
    struct choice *list = ARENA_ARRAY(cx->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++)
        if (rows[i].closed_on == NULL || *rows[i].closed_on > day_of(cx->now, DAY_ZONE)) /* until then a class may begin; the check looks at its day */
            list[k++] = choice_of(rq, rows[i].id, arena_fmt(cx->arena, tr(cx, N_("%s（%s，%lld 年，最高 %s）")), rows[i].name, city_district_name(&rq->cx, rows[i].district),
                                                           (long long)rows[i].year, tr(cx, training_level(rows[i].top_level))));
    list[k] = (struct choice){0};
    *out = list;
    return E_OK;
}

static err_t place_choices(struct req *rq, int64_t provider_id, const struct choice **out)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_place_list_row *rows;
    size_t n, k = 0;
    TRY(provider_places(cx, provider_id, &rows, &n));
    struct choice *list = ARENA_ARRAY(cx->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++)
        if (rows[i].to_on == NULL)
            list[k++] = choice_of(rq, rows[i].id, arena_fmt(cx->arena, tr(cx, N_("%s（%lld 座）")), rows[i].name, (long long)rows[i].seats));
    list[k] = (struct choice){0};
    *out = list;
    return E_OK;
}

static err_t teacher_choices(struct req *rq, int64_t provider_id, const struct choice **out)
{
    struct ctx *cx = &rq->cx;
    struct q_provider_teacher_list_row *rows;
    size_t n, k = 0;
    const char *name;
    TRY(provider_teachers(cx, provider_id, &rows, &n));
    struct choice *list = ARENA_ARRAY(cx->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++) {
        TRY(provider_teacher_name(cx, rows[i].name, &name));
        if (rows[i].to_on == NULL)
            list[k++] = choice_of(rq, rows[i].id, arena_fmt(cx->arena, "%s %s %s", name != NULL ? name : "", panel_occupation(rq, rows[i].occupation), rows[i].courses));
    }
    list[k] = (struct choice){0};
    *out = list;
    return E_OK;
}

static err_t ask_class(struct req *rq, int64_t provider_id, const struct form_in *now, const char *verb)
{
    struct ctx *cx = &rq->cx;
    struct field *fields = ARENA_ARRAY(cx->arena, struct field, FORM_FIELDS);
    struct pairs values = {0};
    memcpy(fields, form_fields, sizeof form_fields);
    for (size_t i = 0; i < FORM_FIELDS; i++) {
        if (fields[i].name == NULL)
            break;
        bool project = strcmp(fields[i].name, "project") == 0, place = strcmp(fields[i].name, "place") == 0;
        if (project || place)
            fields[i].type = F_CHOICE;
        if (project)
            TRY(project_choices(rq, provider_id, &fields[i].choices));
        if (place)
            TRY(place_choices(rq, provider_id, &fields[i].choices));
    }
    if (now != NULL)
        values = form_pairs(cx, fields, now);
    req_form(rq, fields, now != NULL ? &values : NULL);
    view_str(cx->arena, rq->view, "verb", verb);
    view_str(cx->arena, rq->view, "lead", tr(cx, N_("先写这个班，下一步排教学计划，最后核对、申报。")));
    return E_OK;
}

static err_t show_new(struct req *rq)
{
    struct q_provider_get_row p;
    TRY(provider_find(&rq->cx, me(rq), &p));
    struct form_in f = {.line = "catalogue", .level = "5", .hours = "80", .mode = "offline", .certificate = "level", .audience = strcmp(p.kind, "centre") == 0 ? "employees" : "society",
                        .schedule = "day", .seats = 30, .starts_on = day_add(day_of(rq->cx.now, DAY_ZONE), 14), .contact = p.contact, .phone = p.phone};
    return ask_class(rq, p.id, &f, tr(&rq->cx, N_("下一步：排教学计划")));
}

static struct class_form class_of(const struct form_in *in)
{
    return (struct class_form){.project_id = strtoll(in->project, NULL, 10), .place_id = strtoll(in->place, NULL, 10), .line = in->line, .seats = in->seats,
                               .starts_on = in->starts_on, .hours = strtoll(in->hours, NULL, 10), .level = strtoll(in->level, NULL, 10), .mode = in->mode,
                               .certificate = in->certificate, .audience = in->audience, .schedule = in->schedule, .contact = in->contact, .phone = in->phone, .months = in->months != NULL ? *in->months : 0};
}

static err_t do_new(struct req *rq)
{
    struct class_form f = class_of(rq->in);
    int64_t id;
    TRY(class_draft(&rq->cx, me(rq), &f, &id));
    if (f.line != NULL && class_is_pair(f.line))
        return redirect(rq, "/provider/classes/K%lld/master", (long long)id);
    return redirect(rq, "/provider/classes/K%lld/plan", (long long)id);
}

static err_t show_edit(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct arena *a = rq->cx.arena;
    struct form_in f = {.project = arena_fmt(a, "%lld", (long long)c->project_id), .place = arena_fmt(a, "%lld", (long long)c->place_id),
                        .line = c->line, .level = arena_fmt(a, "%lld", (long long)c->level), .hours = arena_fmt(a, "%lld", (long long)c->hours), .mode = c->mode,
                        .certificate = c->certificate, .audience = c->audience, .schedule = c->schedule, .contact = c->contact, .phone = c->phone,
                        .seats = c->seats, .starts_on = c->starts_on, .version = arena_fmt(a, "%lld", (long long)c->version)};
    struct master m = {0};
    if (class_is_pair(c->line))
        TRY(class_master(&rq->cx, c->id, &m));
    f.months = m.months > 0 ? &m.months : NULL;
    return ask_class(rq, c->provider_id, &f, tr(&rq->cx, N_("保存")));
}

static err_t do_edit(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct form_in *in = rq->in;
    struct class_form f = class_of(in);
    TRY(class_edit(&rq->cx, c->id, in->version != NULL ? strtoll(in->version, NULL, 10) : c->version, &f));
    req_note(rq, N_("已保存。改了开班日期的，请重新排教学计划。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}

/* ---- the plan ---- */

struct pattern_in {
    const char *weekdays, *from, *teacher, *place, *practice_teacher, *practice_place;
    int64_t starts_on, hours_a_day, theory_pct, holidays;
};
static const struct choice weekdays[] = {{"1", N_("周一")}, {"2", N_("周二")}, {"3", N_("周三")}, {"4", N_("周四")}, {"5", N_("周五")}, {"6", N_("周六")}, {"7", N_("周日")}, {0}};
static const struct field pattern_fields[] = {
    {"starts_on", F_DATE, F_REQUIRED, N_("第一次课"), .off = offsetof(struct pattern_in, starts_on)},
    {"weekdays", F_CHOICES, F_REQUIRED, N_("每周哪几天上课"), .choices = weekdays, .off = offsetof(struct pattern_in, weekdays)},
    {"from", F_TEXT, F_REQUIRED, N_("几点开始"), N_("例如 9:00 或 18:30。"), .max = 5, .off = offsetof(struct pattern_in, from)},
    {"hours_a_day", F_INT, F_REQUIRED, N_("一天上几课时"), N_("每课时 45 分钟，连上 4 课时后歇一小时。"), .min = 1, .max = 8, .off = offsetof(struct pattern_in, hours_a_day)},
    {"theory_pct", F_INT, F_REQUIRED, N_("理论课占多少（%）"), N_("至少 20%；实训课至少 50%；安全教育 4 课时另算。"), .min = 0, .max = 90, .off = offsetof(struct pattern_in, theory_pct)},
    {"teacher", F_TEXT, F_REQUIRED, N_("理论课教师"), .max = 20, .off = offsetof(struct pattern_in, teacher)},
    {"place", F_TEXT, F_REQUIRED, N_("理论课场所"), .max = 20, .off = offsetof(struct pattern_in, place)},
    {"practice_teacher", F_TEXT, 0, N_("实操课教师"), N_("空着就是同一位。"), .max = 20, .off = offsetof(struct pattern_in, practice_teacher)},
    {"practice_place", F_TEXT, 0, N_("实操课场所"), N_("空着就是同一处。"), .max = 20, .off = offsetof(struct pattern_in, practice_place)},
    {"holidays", F_BOOL, 0, N_("节假日也上课"), .off = offsetof(struct pattern_in, holidays)},
    {0},
};
enum { PATTERN_FIELDS = sizeof pattern_fields / sizeof *pattern_fields };

static err_t show_plan(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct ctx *cx = &rq->cx;
    struct field *fields = ARENA_ARRAY(cx->arena, struct field, PATTERN_FIELDS);
    bool evening = strcmp(c->schedule, "evening") == 0, weekend = strcmp(c->schedule, "weekend") == 0;
    const char *place = arena_fmt(cx->arena, "%lld", (long long)c->place_id);
    struct pattern_in now = {.starts_on = c->starts_on, .weekdays = weekend ? "6,7" : "1,2,3,4,5", .from = evening ? "18:30" : "9:00",
                             .hours_a_day = evening ? 3 : weekend ? 8 : 6, .theory_pct = 30, .place = place, .practice_place = place};
    memcpy(fields, pattern_fields, sizeof pattern_fields);
    for (size_t i = 0; fields[i].name != NULL; i++) {
        if (strstr(fields[i].name, "teacher") != NULL) {
            fields[i].type = F_CHOICE;
            TRY(teacher_choices(rq, c->provider_id, &fields[i].choices));
        } else if (strstr(fields[i].name, "place") != NULL) {
            fields[i].type = F_CHOICE;
            TRY(place_choices(rq, c->provider_id, &fields[i].choices));
        }
    }
    struct pairs values = form_pairs(cx, fields, &now);
    req_form(rq, fields, &values);
    view_str(cx->arena, rq->view, "verb", tr(cx, N_("照这样排出全部课")));
    view_str(cx->arena, rq->view, "lead", arena_fmt(cx->arena, tr(cx, N_("%s，%lld 课时。说一周怎么上，系统排出每一次课；原来的计划会被替换。")), c->name, (long long)c->hours));
    struct view *below = view_list(cx->arena, rq->view, "below"), *l = view_item(cx->arena, below);
    view_str(cx->arena, l, "url", url_fmt(rq, "/provider/classes/%s/lines", c->code));
    view_str(cx->arena, l, "label", tr(cx, N_("用表格粘贴每一次课")));
    struct view *file = view_item(cx->arena, below);
    view_str(cx->arena, file, "url", url_fmt(rq, "/provider/classes/%s/plan-file", c->code));
    view_str(cx->arena, file, "label", tr(cx, N_("上传一个文件（每行一次课）")));
    return E_OK;
}

static err_t minutes_of(struct ctx *cx, const char *field, const char *text, int64_t *out)
{
    int hour = 0, minute = 0, n = 0;
    bool good = text != NULL && sscanf(text, "%2d:%2d%n", &hour, &minute, &n) == 2 && text[n] == '\0' && hour >= 0 && hour < 24 && minute >= 0 && minute < 60;
    *out = hour * 60 + minute;
    return good ? E_OK : SAY(cx, E_INVALID, field, N_("时间要写成 9:00 或 18:30 这样。"));
}

static err_t do_plan(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct pattern_in *in = rq->in;
    struct class_pattern p = {.starts_on = in->starts_on, .hours_a_day = in->hours_a_day, .theory_pct = in->theory_pct, .holidays = in->holidays != 0,
                              .teacher_id = strtoll(in->teacher, NULL, 10), .place_id = strtoll(in->place, NULL, 10),
                              .practice_teacher_id = in->practice_teacher != NULL ? strtoll(in->practice_teacher, NULL, 10) : 0,
                              .practice_place_id = in->practice_place != NULL ? strtoll(in->practice_place, NULL, 10) : 0};
    struct class_line *lines;
    size_t n;
    for (const char *w = in->weekdays; *w != '\0'; w++)
        if (*w >= '1' && *w <= '7')
            p.weekdays |= 1u << (*w - '1');
    TRY(minutes_of(&rq->cx, "from", in->from, &p.from_min));
    TRY(class_plan_make(&rq->cx, &p, c->hours, c->level == 0 && class_counted(c->line), &lines, &n));
    TRY(class_plan_put(&rq->cx, c->id, lines, n));
    req_note(rq, N_("教学计划排好了，请看下面的核对结果。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}

/* ---- one class ---- */

/* What comes next, for whoever teaches the class. */
static const char *next_say(const struct ctx *cx, const struct q_class_rows_row *c)
{
    static const struct choice pairs[] = {
        {"draft", N_("登记师傅以后申报；区人社局 5 个工作日内审核。")},
        {"returned", N_("改好以后再申报；区人社局 5 个工作日内审核。")},
        {"approved", N_("请在开始前登记学徒。不排课、不签到。")},
        {"running", N_("带徒期间不用签到；期满以后录入学徒取得的高一等级证书。")},
        {"finished", N_("期满了。学徒考完点“登记考核完成”，再录入他们取得的高一等级证书。")},
        {"examined", N_("录入学徒的证书，核验通过以后在“补贴申请”里生成申请，补贴付给师傅。")},
        {0},
    };
    const char *pair = class_is_pair(c->line) ? training_label(pairs, c->status) : c->status;
    if (pair != c->status)
        return tr(cx, pair);
    const char *status = c->status;
    static const struct choice says[] = {
        {"draft", N_("区人社局 5 个工作日内审核；审核通过才能开班。")},
        {"returned", N_("区人社局 5 个工作日内审核；审核通过才能开班。")},
        {"declared", N_("区人社局 5 个工作日内审核；审核通过才能开班。")},
        {"approved", N_("要换教师、场所、时间，点教学计划里那一次课，先申请、同意后再变更。")},
        {"running", N_("要换教师、场所、时间，点教学计划里那一次课，先申请、同意后再变更。")},
        {"finished", N_("接下来办考核。考完点“登记考核完成”，再录入学员的证书。")},
        {"examined", N_("录入学员的证书，核验通过以后在“补贴申请”里生成申请。补贴都付了，这个班就办结。")},
        {"closed", N_("这个班办结了，没有要办的。")},
        {0},
    };
    const char *say = training_label(says, status);
    return say != status ? tr(cx, say) : NULL;
}

static err_t show_one(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct ctx *cx = &rq->cx;
    bool open = strcmp(c->status, "draft") == 0 || strcmp(c->status, "returned") == 0, held = strcmp(c->status, "running") == 0;
    panel_begin(rq);
    panel_crumb(rq, url_fmt(rq, "/provider/classes"), tr(cx, N_("班期")));
    if (class_is_over(c->status))
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/costs", c->code), tr(cx, N_("登记实际成本（可选）")), false);
    if (open)
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/edit", c->code), tr(cx, N_("修改这个班")), false);
    if (open && class_is_pair(c->line))
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/master", c->code), tr(cx, N_("登记师傅")), false);
    if (open && !class_is_pair(c->line)) {
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/plan", c->code), tr(cx, N_("排教学计划")), false);
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/lines", c->code), tr(cx, N_("用表格粘贴每一次课")), false);
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/plan-file", c->code), tr(cx, N_("用文件排计划")), false);
    }
    if (strcmp(c->status, "approved") == 0)
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/apply", c->code), class_is_pair(c->line) ? tr(cx, N_("登记学徒")) : tr(cx, N_("登记学员")), false);
    if ((strcmp(c->status, "approved") == 0 || held) && !class_is_pair(c->line))
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/screen", c->code), tr(cx, N_("签到屏幕")), false);
    if (class_is_public(c->status)) {
        panel_link(rq, url_fmt(rq, "/provider/trainees?class=%s", c->code), tr(cx, N_("学员")), false);
        if (!class_is_pair(c->line))
            panel_link(rq, url_fmt(rq, "/provider/classes/%s/attendance", c->code), tr(cx, N_("考勤")), false);
        panel_link(rq, url_fmt(rq, "/provider/classes/%s/certificates", c->code), tr(cx, N_("证书")), false);
        panel_link(rq, url_fmt(rq, "/provider/claims/classes/%s", c->code), tr(cx, N_("补贴申请")), false);
    }
    view_str(cx->arena, rq->view, "acts_say", next_say(cx, c));
    TRY(class_record(rq, c));
    panel_actions(rq, &class_flow, c->status, "");
    view_str(cx->arena, rq->view, "actions_url", url_fmt(rq, "/provider/classes/%s", c->code));
    return E_OK;
}

static err_t do_one(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct panel_act *in = rq->in;
    TRY(class_step(&rq->cx, c->id, in->action, in->note));
    req_note(rq, strcmp(in->action, "declare") == 0 ? N_("已申报，区人社局 5 个工作日内审核。") : N_("已办理。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}

/* ---- what it cost ---- */

static err_t show_costs(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    struct class_cost now;
    struct pairs values;
    bool told;
    TRY(class_cost_of(&rq->cx, c->id, &now, &told));
    values = form_pairs(&rq->cx, class_cost_fields, &now);
    req_form(rq, class_cost_fields, told ? &values : NULL);
    view_str(rq->cx.arena, rq->view, "lead", tr(&rq->cx, N_("自愿登记，填整个班的合计。只给人社局看，用来核对目录的标准是不是太低或太高。")));
    view_str(rq->cx.arena, rq->view, "verb", tr(&rq->cx, N_("登记实际成本")));
    return E_OK;
}

static err_t do_costs(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    TRY(class_cost_put(&rq->cx, c->id, rq->in));
    req_note(rq, N_("登记好了，谢谢。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}

/* ---- a change ---- */

struct change_query {
    const int64_t *session;
};
static const struct field change_query_fields[] = {
    {"session", F_INT, 0, N_("哪一次课"), .min = 1, .max = INT64_MAX, .off = offsetof(struct change_query, session)},
    {0},
};
struct change_in {
    const char *session, *from, *teacher, *place, *reason;
    const int64_t *day;
};
static const struct field change_fields[] = {
    {"session", F_TEXT, F_REQUIRED, N_("哪一次课"), .max = 20, .off = offsetof(struct change_in, session)},
    {"day", F_DATE, 0, N_("改到哪天"), .off = offsetof(struct change_in, day)},
    {"from", F_TEXT, 0, N_("改到几点开始"), .max = 5, .off = offsetof(struct change_in, from)},
    {"teacher", F_TEXT, 0, N_("换哪位教师"), .max = 20, .off = offsetof(struct change_in, teacher)},
    {"place", F_TEXT, 0, N_("换到哪里"), .max = 20, .off = offsetof(struct change_in, place)},
    {"reason", F_LONG, F_REQUIRED, N_("理由"), .min = 2, .max = 500, .off = offsetof(struct change_in, reason)},
    {0},
};
enum { CHANGE_FIELDS = sizeof change_fields / sizeof *change_fields };

static err_t show_change(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const int64_t *session = rq->route->method == GET ? ((const struct change_query *)rq->in)->session : NULL;
    struct ctx *cx = &rq->cx;
    struct q_class_plan_row *plan;
    size_t n, k = 0;
    struct field *fields = ARENA_ARRAY(cx->arena, struct field, CHANGE_FIELDS);
    struct change_in now = {.session = session != NULL ? arena_fmt(cx->arena, "%lld", (long long)*session) : NULL};
    memcpy(fields, change_fields, sizeof change_fields);
    TRY(class_sessions(cx, c->id, &plan, &n));
    struct choice *sessions = ARENA_ARRAY(cx->arena, struct choice, n + 1);
    for (size_t i = 0; i < n; i++)
        if (plan[i].day >= day_of(cx->now, DAY_ZONE))
            sessions[k++] = choice_of(rq, plan[i].id, arena_fmt(cx->arena, "%s %s %s", day_text(cx, plan[i].day), class_hours_text(rq, plan[i].from_min, plan[i].to_min), plan[i].content));
    sessions[k] = (struct choice){0};
    fields[0].type = fields[3].type = fields[4].type = F_CHOICE;
    fields[0].choices = sessions;
    TRY(teacher_choices(rq, c->provider_id, &fields[3].choices));
    TRY(place_choices(rq, c->provider_id, &fields[4].choices));
    struct pairs values = form_pairs(cx, fields, &now);
    req_form(rq, fields, &values);
    view_str(cx->arena, rq->view, "verb", tr(cx, N_("提交变更申请")));
    view_str(cx->arena, rq->view, "lead", arena_fmt(cx->arena, tr(cx, N_("%s。不改的空着。区里同意以后才能照新的上。")), c->name));
    return E_OK;
}

static err_t do_change(struct req *rq)
{
    const struct q_class_rows_row *c = rq->scoped;
    const struct change_in *in = rq->in;
    int64_t id, from = 0, teacher = in->teacher != NULL ? strtoll(in->teacher, NULL, 10) : 0, place = in->place != NULL ? strtoll(in->place, NULL, 10) : 0;
    if (in->from != NULL)
        TRY(minutes_of(&rq->cx, "from", in->from, &from));
    struct change_form f = {.session_id = strtoll(in->session, NULL, 10), .day = in->day, .from_min = in->from != NULL ? &from : NULL,
                            .teacher_id = in->teacher != NULL ? &teacher : NULL, .place_id = in->place != NULL ? &place : NULL, .reason = in->reason};
    TRY(class_change_ask(&rq->cx, c->id, &f, &id));
    req_note(rq, N_("变更申请已提交，同意以后才能变更。"));
    return redirect(rq, "/provider/classes/%s", c->code);
}

#define MINE ROLE_PROVIDER
const struct route classes_own_routes[] = {
    {GET, "/provider/classes", show_list, MINE, NULL, "providers/panel", N_("班期"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/provider/classes/table.csv", list_file, MINE, NULL, NULL, N_("班期（CSV）"), list_fields, sizeof(struct list_filter), NULL, 0},
    {GET, "/provider/classes/new", show_new, MINE, NULL, "office_ask", N_("申报一个班"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/new", do_new, MINE, NULL, "office_ask", N_("申报一个班"), form_fields, sizeof(struct form_in), show_new, 0},
    {GET, "/provider/classes/{class}", show_one, MINE, &class_seen, "providers/record", N_("班期"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}", do_one, MINE, &class_seen, "providers/record", N_("班期"), panel_act_fields, sizeof(struct panel_act), show_one, 0},
    {GET, "/provider/classes/{class}/edit", show_edit, MINE, &class_seen, "office_ask", N_("修改这个班"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/edit", do_edit, MINE, &class_seen, "office_ask", N_("修改这个班"), form_fields, sizeof(struct form_in), show_edit, 0},
    {GET, "/provider/classes/{class}/plan", show_plan, MINE, &class_seen, "office_ask", N_("排教学计划"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/plan", do_plan, MINE, &class_seen, "office_ask", N_("排教学计划"), pattern_fields, sizeof(struct pattern_in), show_plan, 0},
    {GET, "/provider/classes/{class}/master", class_master_show, MINE, &class_seen, "office_ask", N_("登记师傅"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/master", class_master_do, MINE, &class_seen, "office_ask", N_("登记师傅"), class_master_fields, sizeof(struct master_in), class_master_show,
     ROUTE_SENSITIVE},
    {GET, "/provider/classes/{class}/costs", show_costs, MINE, &class_seen, "office_ask", N_("这个班的实际成本"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/costs", do_costs, MINE, &class_seen, "office_ask", N_("这个班的实际成本"), class_cost_fields, sizeof(struct class_cost), show_costs, 0},
    {GET, "/provider/classes/{class}/plan-file", plan_file_show, MINE, &class_seen, "classes/plan_file", N_("用文件排计划"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/plan-file", plan_file_do, MINE, &class_seen, "classes/plan_file", N_("用文件排计划"), plan_file_fields, sizeof(struct plan_file_in), plan_file_show,
     ROUTE_UPLOAD},
    {GET, "/provider/classes/{class}/plan-file/{format}", plan_file_template, MINE, &class_seen, NULL, N_("教学计划模板"), NULL, 0, NULL, 0},
    {GET, "/provider/classes/{class}/lines", class_lines_show, MINE, &class_seen, "office_ask", N_("用表格排计划"), NULL, 0, NULL, 0},
    {POST, "/provider/classes/{class}/lines", class_lines_do, MINE, &class_seen, "office_ask", N_("用表格排计划"), class_lines_fields, sizeof(struct class_lines_in), class_lines_show, 0},
    {GET, "/provider/classes/{class}/change", show_change, MINE, &class_seen, "office_ask", N_("申请变更"), change_query_fields, sizeof(struct change_query), NULL, 0},
    {POST, "/provider/classes/{class}/change", do_change, MINE, &class_seen, "office_ask", N_("申请变更"), change_fields, sizeof(struct change_in), show_change, 0},
    {0},
};
