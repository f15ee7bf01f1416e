/* declare.c -- a class is written down: what, where, when, and its plan. Only while it is a draft or was returned. */
#include "city/classes/classes.h"

#include "city/classes/classes_impl.h"

#include "base/hash.h"
#include "city/training.h"

#include <string.h>

struct put {
    const struct class_form *in;
    const struct class_line *lines;
    size_t n_lines;
    int64_t provider_id, id, version;
};

/* What follows from the form: the project, its district, the catalogue of the opening day. */
struct settled {
    struct q_project_get_row project;
    struct q_provider_get_row provider;
    int64_t catalogue, item;
};

static const char *line_of(const struct class_form *f) { return f->line == NULL || *f->line == '\0' ? "catalogue" : f->line; }

/* Apprentices learn at work: no lessons are planned, the time that was agreed counts. */
static int64_t hours_of(const struct class_form *f) { return class_is_pair(line_of(f)) ? 0 : f->hours; }
static int64_t ends_of(const struct class_form *f, int64_t otherwise)
{
    return class_is_pair(line_of(f)) ? day_add(day_add_months(f->starts_on, (int)f->months), -1) : otherwise;
}

static err_t settle(struct ctx *cx, int64_t provider_id, const struct class_form *f, struct settled *s)
{
    struct q_provider_place_get_row place;
    const char *title;
    TRY(provider_find(cx, provider_id, &s->provider));
    if (class_is_pair(line_of(f)) && (f->months < 1 || f->months > 60))
        return SAY(cx, E_INVALID, "months", N_("写明带几个月，像 12 或 24。"));
    if (project_find(cx, f->project_id, &s->project) != E_OK || s->project.provider_id != provider_id)
        return SAY(cx, E_INVALID, "project_id", N_("请选一个本机构协议里的培训项目。"));
    if (provider_place_find(cx, f->place_id, &place) != E_OK || place.provider_id != provider_id)
        return SAY(cx, E_INVALID, "place_id", N_("请选一个本机构登记的培训场所。"));
    TRY(class_item(cx, s->project.occupation, s->project.name, f->starts_on, &s->catalogue, &title, &s->item));
    if (s->catalogue == 0)
        return SAY(cx, E_INVALID, "starts_on", N_("开班那天没有生效的补贴目录，请换一天。"));
    if (s->item == 0)
        return SAY(cx, E_INVALID, "project_id", arena_fmt(cx->arena, tr(cx, N_("开班那天执行“%s”，里面没有这个职业。")), title));
    return E_OK;
}

/* 年度+机构简称+职业+等级+序号+证书类型 (2019 procedure, part 5). A name is data: it is Chinese in every language. */
static err_t name_of(struct ctx *cx, const struct settled *s, const struct class_form *f, int64_t id, const char **name)
{
    static const char *const levels[] = {"专项", "高级技师", "技师", "高级工", "中级工", "初级工"};
    struct q_class_seq_row row;
    int64_t year = f->starts_on / 10000;
    const char *end = strcmp(f->certificate, "special") == 0 ? "专项证" : strcmp(f->certificate, "qualification") == 0 ? "资格证" : "等级证";
    TRY(q_class_seq(cx, &(struct q_class_seq_in){.provider_id = s->provider.id, .occupation = s->project.occupation, .level = f->level,
                                                 .from_on = year * 10000 + 101, .to_on = year * 10000 + 1231, .id = id}, &row));
    const char *level = levels[f->level >= 0 && f->level <= 5 ? f->level : 0];
    if (!class_counted(line_of(f)))
        level = training_label(training_lines, line_of(f)), end = class_is_pair(line_of(f)) ? "" : "结业证";
    *name = arena_fmt(cx->arena, "%lld%s%s%s%02lld%s", (long long)year, s->provider.short_name, s->project.name, level, (long long)row.n + 1, end);
    return E_OK;
}

static err_t draft_tx(struct ctx *cx, void *arg)
{
    static const struct flow_edge made = {.from = "", .action = "create", .to = "draft"};
    struct put *a = arg;
    const struct class_form *f = a->in;
    struct settled s;
    struct q_class_add_row row;
    const char *name;
    char token[44];
    if (cx->actor.role == ROLE_PROVIDER && cx->actor.provider_id != a->provider_id)
        return FAIL(cx, E_NOTFOUND, NULL, "not this actor's provider");
    TRY(settle(cx, a->provider_id, f, &s));
    TRY(name_of(cx, &s, f, 0, &name));
    hash_token(token);
    struct q_class_add_in in = {
        .code = arena_fmt(cx->arena, "%s", token), .name = name, .provider_id = a->provider_id, .project_id = f->project_id,
        .district = s.project.district, .catalogue_id = s.catalogue, .item_id = s.item, .occupation = s.project.occupation, .line = line_of(f), .level = f->level,
        .hours = hours_of(f), .mode = f->mode, .certificate = f->certificate, .audience = f->audience,
        .employer_id = f->employer_id > 0 ? &f->employer_id : s.provider.employer_id, .place_id = f->place_id, .seats = f->seats,
        .schedule = f->schedule, .starts_on = f->starts_on, .ends_on = ends_of(f, f->starts_on), .contact = f->contact, .phone = f->phone,
        .status = "draft", .created_by = cx->actor.account_id,
    };
    TRY(q_class_add(cx, &in, &row));
    TRY(q_class_code(cx, &(struct q_class_code_in){.code = arena_fmt(cx->arena, "K%lld", (long long)row.id), .id = row.id}, NULL));
    a->id = row.id;
    cx->result = arena_fmt(cx->arena, "/provider/classes/K%lld", (long long)row.id);
    return class_note(cx, row.id, &made, NULL);
}

err_t class_draft(struct ctx *cx, int64_t provider_id, const struct class_form *in, int64_t *id)
{
    struct put a = {.in = in, .provider_id = provider_id};
    TRY(store_tx(cx, STORE_WRITE, draft_tx, &a));
    *id = a.id;
    return E_OK;
}

static err_t open_class(struct ctx *cx, int64_t id, struct q_class_rows_row *c)
{
    TRY(class_find(cx, id, c));
    TRY(class_own(cx, c));
    return class_is_open(c->status) ? E_OK : SAY(cx, E_STATE, NULL, N_("班已经申报，要改请先撤回，或提出变更申请。"));
}

static err_t edit_tx(struct ctx *cx, void *arg)
{
    const struct put *a = arg;
    const struct class_form *f = a->in;
    struct q_class_rows_row c;
    struct settled s;
    const char *name;
    size_t n;
    TRY(open_class(cx, a->id, &c));
    TRY(settle(cx, c.provider_id, f, &s));
    TRY(name_of(cx, &s, f, c.id, &name));
    struct q_class_edit_in in = {
        .name = name, .project_id = f->project_id, .district = s.project.district, .catalogue_id = s.catalogue, .item_id = s.item,
        .occupation = s.project.occupation, .line = line_of(f), .level = f->level, .hours = hours_of(f), .mode = f->mode, .certificate = f->certificate,
        .audience = f->audience, .employer_id = f->employer_id > 0 ? &f->employer_id : c.employer_id, .place_id = f->place_id, .seats = f->seats,
        .schedule = f->schedule, .starts_on = f->starts_on, .ends_on = ends_of(f, c.ends_on > f->starts_on ? c.ends_on : f->starts_on),
        .contact = f->contact, .phone = f->phone, .id = c.id, .version = a->version,
    };
    TRY(q_class_edit(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "class %s changed meanwhile", c.code);
    return class_note(cx, c.id, &(struct flow_edge){.from = c.status, .action = "edit", .to = c.status}, NULL);
}

err_t class_edit(struct ctx *cx, int64_t id, int64_t version, const struct class_form *in)
{
    return store_tx(cx, STORE_WRITE, edit_tx, &(struct put){.in = in, .id = id, .version = version});
}

/* Every teacher is on this provider's roster, every place is its own; whether they may be used that day is what the check says. */
static err_t own_people_and_places(struct ctx *cx, int64_t provider_id, const struct class_line *lines, size_t n)
{
    struct q_provider_teacher_list_row *teachers;
    struct q_provider_place_list_row *places;
    size_t n_teachers, n_places;
    TRY(provider_teachers(cx, provider_id, &teachers, &n_teachers));
    TRY(provider_places(cx, provider_id, &places, &n_places));
    for (size_t i = 0; i < n; i++) {
        bool teacher = false, place = false;
        for (size_t k = 0; k < n_teachers; k++)
            teacher |= teachers[k].id == lines[i].teacher_id;
        for (size_t k = 0; k < n_places; k++)
            place |= places[k].id == lines[i].place_id;
        if (!teacher)
            return SAY(cx, E_INVALID, "teacher", N_("请选一位本机构花名册里的教师。"));
        if (!place)
            return SAY(cx, E_INVALID, "place", N_("请选一个本机构登记的培训场所。"));
    }
    return E_OK;
}

static err_t plan_tx(struct ctx *cx, void *arg)
{
    const struct put *a = arg;
    struct q_class_rows_row c;
    int64_t first = 0, last = 0;
    TRY(open_class(cx, a->id, &c));
    if (class_is_pair(c.line))
        return SAY(cx, E_STATE, NULL, N_("名师带徒不排课。"));
    TRY(own_people_and_places(cx, c.provider_id, a->lines, a->n_lines));
    TRY(q_class_session_clear(cx, &(struct q_class_session_clear_in){.class_id = c.id}, NULL));
    for (size_t i = 0; i < a->n_lines; i++) {
        const struct class_line *l = &a->lines[i];
        struct q_class_session_add_in in = {.class_id = c.id, .day = l->day, .from_min = l->from_min, .to_min = l->to_min, .kind = l->kind,
                                            .hours = l->hours, .content = text_or(l->content), .teacher_id = l->teacher_id, .place_id = l->place_id};
        for (size_t k = 0; k < i; k++)
            if (a->lines[k].day == l->day && a->lines[k].from_min == l->from_min)
                return SAY(cx, E_INVALID, NULL, arena_fmt(cx->arena, tr(cx, N_("第 %zu 行和第 %zu 行是同一天同一时间。")), k + 1, i + 1));
        TRY(q_class_session_add(cx, &in, NULL));
        first = first == 0 || l->day < first ? l->day : first;
        last = l->day > last ? l->day : last;
    }
    if (first > 0)
        TRY(q_class_days(cx, &(struct q_class_days_in){.starts_on = first, .ends_on = last, .id = c.id}, NULL));
    return class_note(cx, c.id, &(struct flow_edge){.from = c.status, .action = "plan", .to = c.status}, NULL);
}

err_t class_plan_put(struct ctx *cx, int64_t id, const struct class_line *lines, size_t n)
{
    return store_tx(cx, STORE_WRITE, plan_tx, &(struct put){.id = id, .lines = lines, .n_lines = n});
}

/* ---- a plan from a week's pattern ---- */

enum { BLOCK = 4, REST_MIN = 60, DAYS_MOST = 400 };

static bool day_off(const struct calendar *c, int64_t ymd)
{
    for (size_t i = 0; i < c->n; i++)
        if (c->rules[i].ymd == ymd)
            return c->rules[i].off;
    return false;
}

struct making {
    const struct class_pattern *p;
    struct class_line *out;
    size_t n;
    int64_t left[3]; /* hours of safety, theory, practice still to be put */
};
static const char *const kinds[] = {"safety", "theory", "practice"};

/* One day: blocks of at most four hours, one kind each, an hour's rest between two. */
static void make_day(struct making *m, int64_t day)
{
    const struct class_pattern *p = m->p;
    int64_t hours = p->hours_a_day, at = p->from_min, run = 0;
    while (hours > 0 && m->left[0] + m->left[1] + m->left[2] > 0) {
        int k = m->left[0] > 0 ? 0 : m->left[1] > 0 ? 1 : 2;
        int64_t take = m->left[k] < hours ? m->left[k] : hours;
        take = take > BLOCK - run ? BLOCK - run : take;
        bool practice = k == 2;
        m->out[m->n++] = (struct class_line){
            .day = day, .from_min = at, .to_min = at + take * 45, .hours = take, .kind = kinds[k],
            .teacher_id = practice && p->practice_teacher_id > 0 ? p->practice_teacher_id : p->teacher_id,
            .place_id = practice && p->practice_place_id > 0 ? p->practice_place_id : p->place_id,
        };
        m->left[k] -= take;
        hours -= take;
        run += take;
        at += take * 45;
        if (run == BLOCK) {
            run = 0;
            at += REST_MIN;
        }
    }
}

err_t class_plan_make(struct ctx *cx, const struct class_pattern *p, int64_t hours, bool special, struct class_line **lines, size_t *n)
{
    int64_t today = today_of(cx), safety;
    const struct calendar *c = &cx->house->city->calendar;
    struct making m = {.p = p, .out = ARENA_ARRAY(cx->arena, struct class_line, (size_t)hours * 2 + 8)};
    TRY(rules_number(cx, cx->house->rules, "class.safety", "hours_min", today, &safety, NULL));
    if (p->weekdays == 0)
        return SAY(cx, E_INVALID, "weekdays", N_("请至少选一个上课的星期几。"));
    if (p->hours_a_day < 1 || p->hours_a_day > 8)
        return SAY(cx, E_INVALID, "hours_a_day", N_("一天上 1 到 8 课时。"));
    m.left[0] = special ? 0 : safety;
    m.left[1] = special ? 0 : (hours * p->theory_pct + 99) / 100;
    m.left[2] = hours - m.left[0] - m.left[1];
    if (m.left[2] < 0)
        return SAY(cx, E_INVALID, "theory_pct", N_("理论课占得太多，没有时间上实操课。"));
    int64_t day = p->starts_on;
    for (int i = 0; i < DAYS_MOST && m.left[0] + m.left[1] + m.left[2] > 0; i++, day = day_add(day, 1))
        if ((p->weekdays >> (day_weekday(day) - 1) & 1) != 0 && (p->holidays || !day_off(c, day)))
            make_day(&m, day);
    if (m.left[0] + m.left[1] + m.left[2] > 0)
        return SAY(cx, E_INVALID, "weekdays", N_("照这样一年也排不完，请多选几天或每天多上几课时。"));
    int64_t count[3] = {0};
    for (size_t i = 0; i < m.n; i++)
        for (int k = 0; k < 3; k++)
            if (strcmp(m.out[i].kind, kinds[k]) == 0)
                m.out[i].content = arena_fmt(cx->arena, tr(cx, N_("第 %lld 次")), (long long)++count[k]);
    *lines = m.out;
    *n = m.n;
    return E_OK;
}
