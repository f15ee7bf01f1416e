#include "city/classes/class_check.h"

#include "city/classes/classes.h"
#include "city/house.h"
#include "city/training.h"
#include "rules/rules.h"

#include <string.h>

enum { FINDINGS_MOST = 400, HELD_OF_CLASS = 32, HELD_OF_LINE = 4 };

struct look { /* one check on its way */
    struct ctx *cx;
    const struct class_facts *f;
    struct class_finding *found, *held;
    size_t n, n_held, held_most;
};

static const struct rule *rule_of(const struct look *l, const char *id) { return rules_find(l->cx->house->rules, id, l->f->on); }

static int64_t norm(const struct look *l, const char *id, const char *name)
{
    const struct rule *rule = rule_of(l, id);
    const struct rule_param *p = rule != NULL ? rule_get(rule, name, RULE_INT) : NULL;
    return p != NULL ? p->number : 0;
}

/* What to do about a finding of that code; the other sentences say it themselves. */
static const struct choice remedies[] = {
    {"agreement", N_("把班期改到协议的有效期里，或先续签协议。")},
    {"banned", N_("等处理到期、整改通过以后再申报；不服处理的，找作出处理的区人社局。")},
    {"line", N_("换一种培训。")},
    {"provider", N_("“哪一种培训”换成本机构能承担的一种。")},
    {"hours", N_("改“课时”，或重新排教学计划，两边要一样多。")},
    {"master", N_("点上面的“登记师傅”。")},
    {"seats", N_("减少“招多少人”，或换一处坐得下的场所。")},
    {"months", N_("改“带几个月”。")},
    {"level", N_("改“等级”，或先请区人社局提高项目的最高等级。")},
    {"catalogue", N_("换一个目录里有的职业，或换开班日期。")},
    {"rate", N_("换一个有标准的等级或课时。")},
    {"project", N_("点“修改这个班”，重新选培训项目。")},
    {"closed", N_("换一个仍然有效的项目。")},
    {"certificate", N_("改“发哪种证书”。")},
    {"capacity", N_("减少“招多少人”，或和同时在训的班错开。")},
    {"special", N_("重新排教学计划：课时够数，全部是实操。")},
    {"theory", N_("在教学计划里把一些课改成理论课。")},
    {"practice", N_("在教学计划里把一些课改成实训课。")},
    {"safety", N_("在教学计划里排够安全教育。")},
    {"teacher", N_("换一位已备案、那天在册、职业和等级都合适的教师；或先到机构资料里登记，请区里备案。")},
    {"place", N_("换一处已备案、那天有效的场所；或先到机构资料里登记，请区里备案。")},
    {"overlap", N_("这次课改个时间，或换教师、换场所。")},
    {"time", N_("改这次课的日期、时间或课时。")},
    {0},
};

static void find(struct look *l, const char *id, const char *code, size_t line, const char *say)
{
    const char *change = NULL;
    for (const struct choice *c = remedies; c->code != NULL; c++)
        if (strcmp(c->code, code) == 0)
            change = tr(l->cx, c->label);
    if (l->n < FINDINGS_MOST)
        l->found[l->n++] = (struct class_finding){.rule = rule_of(l, id), .code = code, .line = (int64_t)line, .say = say, .change = change};
}

/* A check that holds, with the fact that it rests on; only when nothing was found since `before`. */
static void hold(struct look *l, size_t before, const char *id, const char *code, size_t line, const char *say)
{
    if (l->n == before && l->n_held < l->held_most)
        l->held[l->n_held++] = (struct class_finding){.rule = rule_of(l, id), .code = code, .line = (int64_t)line, .say = say};
}

#define SAID(l, ...) arena_fmt((l)->cx->arena, __VA_ARGS__)

/* ---- the class as a whole ---- */

static void timely(struct look *l)
{
    const struct class_facts *f = l->f;
    size_t before = l->n;
    int64_t days = norm(l, "class.declare", "working_days_before"), last = day_add_working(f->calendar, f->starts_on, -days, NULL);
    if (f->on > last)
        find(l, "class.declare", "late", 0,
             SAID(l, tr(l->cx, "开班日是 %s，要在前 %lld 个工作日申报，最晚 %s。请把开班日往后移。"), day_text(l->cx, f->starts_on), (long long)days,
                  day_text(l->cx, last)));
    hold(l, before, "class.declare", "late", 0, SAID(l, tr(l->cx, "%s 申报，最晚 %s，来得及。"), day_text(l->cx, f->on), day_text(l->cx, last)));
}

static void permitted(struct look *l)
{
    const struct class_facts *f = l->f;
    size_t before = l->n;
    if (!f->registered)
        find(l, "class.valid", "registered", 0, tr(l->cx, "机构还没有备案，先完成备案。"));
    hold(l, before, "class.valid", "registered", 0, tr(l->cx, "机构已经备案。"));
    before = l->n;
    int64_t ends_on = class_is_pair(f->line) ? f->starts_on : f->ends_on; /* a pair goes on for years: the papers hold when it begins */
    if (f->licensed && (f->licence_from > f->starts_on || f->licence_to < ends_on))
        find(l, "class.valid", "licence", 0,
             SAID(l, tr(l->cx, "办学许可到 %s，班要办到 %s。请先换证，或提前结课。"), f->licence_to > 0 ? day_text_full(l->cx, f->licence_to) : "—",
                  day_text_full(l->cx, f->ends_on)));
    if (f->licensed)
        hold(l, before, "class.valid", "licence", 0, SAID(l, tr(l->cx, "办学许可到 %s，班期在里面。"), day_text_full(l->cx, f->licence_to)));
    before = l->n;
    if (strcmp(f->agreement_status, "signed") != 0)
        find(l, "class.valid", "agreement", 0, tr(l->cx, "这个项目的协议现在不是“已签约”。请先签约，或问区人社局。"));
    else if (f->agreement_from > f->starts_on || f->agreement_to < ends_on)
        find(l, "class.valid", "agreement", 0,
             SAID(l, tr(l->cx, "协议从 %s 到 %s，班期 %s 到 %s 不在里面。"), day_text_full(l->cx, f->agreement_from),
                  day_text_full(l->cx, f->agreement_to), day_text_full(l->cx, f->starts_on), day_text_full(l->cx, f->ends_on)));
    hold(l, before, "class.valid", "agreement", 0,
         SAID(l, tr(l->cx, "协议已签约，从 %s 到 %s，班期在里面。"), day_text_full(l->cx, f->agreement_from), day_text_full(l->cx, f->agreement_to)));
    before = l->n;
    if (f->banned != NULL)
        find(l, "sanction.fixing", "banned", 0, f->banned);
    hold(l, before, "sanction.fixing", "banned", 0, tr(l->cx, "没有在整改，也没有暂停开班的处理。"));
}

static bool lists(const struct rule *r, const char *name, const char *item)
{
    const struct rule_param *p = r != NULL ? rule_get(r, name, RULE_LIST) : NULL;
    for (size_t i = 0; p != NULL && i < p->n_items; i++)
        if (strcmp(p->items[i], item) == 0)
            return true;
    return false;
}

/* A master and apprentices: how many at one time, for how long. */
static void paired(struct look *l)
{
    const struct class_facts *f = l->f;
    const char *id = "training.line.master";
    int64_t most = norm(l, id, "apprentices_most"), least = norm(l, id, "months"), longest = norm(l, id, "months_most");
    size_t before = l->n;
    if (f->apprentices == 0)
        find(l, id, "master", 0, tr(l->cx, "还没有登记师傅。"));
    if (f->apprentices > most || f->seats > most)
        find(l, id, "seats", 0, SAID(l, tr(l->cx, "师傅同期最多带 %lld 名学徒，现在是 %lld 名（他在别处同时带的也算）。"), (long long)most,
                                     (long long)(f->apprentices > f->seats ? f->apprentices : f->seats)));
    if (f->months < least)
        find(l, id, "months", 0, SAID(l, tr(l->cx, "每满 %lld 个月才有补贴，现在申报 %lld 个月。"), (long long)least, (long long)f->months));
    if (f->months > longest) {
        find(l, id, "months", 0, SAID(l, tr(l->cx, "最长补贴 %lld 个月，现在申报 %lld 个月，多出的没有补贴。"), (long long)longest, (long long)f->months));
        l->found[l->n - 1].warn = true;
    }
    if (f->level < 1 || f->level > 4)
        find(l, id, "level", 0, tr(l->cx, "学徒要取得高一等级的证书：等级选四级/中级工或更高。"));
    hold(l, before, id, "master", 0, SAID(l, tr(l->cx, "师傅已登记，同期带 %lld 名学徒，带 %lld 个月。"), (long long)f->apprentices, (long long)f->months));
}

/* Who may hold a class of that line, for whom, and with how many hours. */
static void of_line(struct look *l)
{
    const struct class_facts *f = l->f;
    const char *id = SAID(l, "training.line.%s", f->line), *whose = SAID(l, "%s.provider", id);
    const struct rule *line = rule_of(l, id), *holds = rule_of(l, whose) != NULL ? rule_of(l, whose) : line;
    int64_t hours = norm(l, id, "hours_min");
    size_t before = l->n;
    if (line == NULL) {
        find(l, "class.project", "line", 0, tr(l->cx, "这种培训现在没有有效的规定，不能开班。"));
        return;
    }
    bool any = rule_get(holds, "providers", RULE_LIST) == NULL, top = strcmp(f->provider, "school") == 0 && strcmp(f->credit, "A+") == 0;
    if (!any && !lists(holds, "providers", f->provider) && !(f->base && lists(holds, "providers", "base")) && !(top && lists(holds, "providers", "top_private")))
        find(l, holds->id, "provider", 0, SAID(l, tr(l->cx, "本机构不能承担这种培训：%s。"), holds->clause));
    if (f->hours < hours)
        find(l, id, "hours", 0, SAID(l, tr(l->cx, "这种培训至少 %lld 课时，现在申报 %lld 课时。"), (long long)hours, (long long)f->hours));
    if (lists(line, "who", "employee") && strcmp(f->audience, "employees") != 0)
        find(l, id, "audience", 0, tr(l->cx, "这种培训只面向企业职工，请把“招谁”改成企业职工。"));
    if (strcmp(f->line, "centre") == 0 && f->level != 0)
        find(l, id, "level", 0, tr(l->cx, "公共实训中心专项是专项职业能力，等级请选专项。"));
    hold(l, before, holds->id, "provider", 0,
         SAID(l, tr(l->cx, "“%s”：本机构可以承担，对象、课时和等级相符。"), tr(l->cx, training_label(training_lines, f->line))));
    if (class_is_pair(f->line))
        paired(l);
    if (lists(line, "checks", "line.key")) {
        find(l, id, "key", 0, tr(l->cx, "同意开班就是确认企业在市级产业链重点企业或产业人才创新创业联盟企业名单里，请先核对。"));
        l->found[l->n - 1].warn = true;
    }
}

static void covered(struct look *l)
{
    const struct class_facts *f = l->f;
    size_t before = l->n;
    if (f->catalogue == NULL)
        find(l, "class.catalogue", "catalogue", 0, tr(l->cx, "开班那天没有生效的补贴目录。"));
    else if (!f->in_catalogue && class_counted(f->line))
        find(l, "class.catalogue", "catalogue", 0, SAID(l, tr(l->cx, "开班那天执行“%s”，里面没有这个职业。"), f->catalogue));
    else if (f->in_catalogue && !f->has_rate && class_counted(f->line))
        find(l, "class.catalogue", "rate", 0, SAID(l, tr(l->cx, "“%s”里这个职业没有这一等级、%lld 课时的标准。"), f->catalogue, (long long)f->hours));
    if (f->has_rate)
        hold(l, before, "class.catalogue", "rate", 0, SAID(l, tr(l->cx, "开班那天执行“%s”，里面有这个职业、这一等级、%lld 课时的标准。"), f->catalogue != NULL ? f->catalogue : "", (long long)f->hours));
    before = l->n;
    if (strcmp(f->occupation, f->project_occupation) != 0)
        find(l, "class.project", "project", 0, tr(l->cx, "班的职业和协议项目的职业不一样。"));
    if (f->project_closed_on > 0 && f->project_closed_on <= f->starts_on)
        find(l, "provider.catalogue", "closed", 0,
             SAID(l, tr(l->cx, "这个项目因目录调整从 %s 起失效，之后不能再开新班。"), day_text_full(l->cx, f->project_closed_on)));
    if (f->level > 0 && (f->top_level == 0 || f->level < f->top_level))
        find(l, "class.project", "level", 0, tr(l->cx, "班的等级高于协议项目的最高等级。"));
    hold(l, before, "class.project", "project", 0,
         SAID(l, tr(l->cx, "职业和协议项目一样；班是%s，项目最高到%s。"), tr(l->cx, training_level(f->level)), tr(l->cx, training_level(f->top_level))));
    before = l->n;
    bool special = f->level == 0;
    if (special != (strcmp(f->certificate, "special") == 0))
        find(l, "class.certificate", "certificate", 0,
             special ? tr(l->cx, "专项职业能力班发专项职业能力证书，一个班只能有一种证书。") : tr(l->cx, "按等级开的班发等级证书或职业资格证书，一个班只能有一种证书。"));
    hold(l, before, "class.certificate", "certificate", 0, SAID(l, tr(l->cx, "全班只发一种证书：%s。"), tr(l->cx, training_label(class_certificates, f->certificate))));
}

/* How many of the same project are in training on the busiest day of the class. */
static int64_t busiest(const struct class_facts *f)
{
    int64_t most = 0;
    for (size_t i = 0; i < f->n_lines; i++) {
        int64_t sum = 0;
        for (size_t k = 0; k < f->n_classes; k++)
            if (f->classes[k].project_id == f->project_id && f->classes[k].starts_on <= f->lines[i].day && f->classes[k].ends_on >= f->lines[i].day)
                sum += f->classes[k].seats;
        most = sum > most ? sum : most;
    }
    return most;
}

static void seated(struct look *l)
{
    const struct class_facts *f = l->f;
    int64_t others = busiest(f);
    size_t before = l->n;
    for (size_t i = 0; i < f->n_places; i++)
        if (f->places[i].id == f->place_id && f->seats > f->places[i].seats)
            find(l, "class.overlap", "seats", 0,
                 SAID(l, tr(l->cx, "招 %lld 人，“%s”只有 %lld 个座位。"), (long long)f->seats, f->places[i].name, (long long)f->places[i].seats));
    for (size_t i = 0; i < f->n_places; i++)
        if (f->places[i].id == f->place_id)
            hold(l, before, "class.overlap", "seats", 0,
                 SAID(l, tr(l->cx, "招 %lld 人，“%s”有 %lld 个座位。"), (long long)f->seats, f->places[i].name, (long long)f->places[i].seats));
    before = l->n;
    if (f->seats + others > f->capacity)
        find(l, "class.project", "capacity", 0,
             SAID(l, tr(l->cx, "招 %lld 人，同时在训的还有 %lld 人，超过项目的同期规模 %lld 人。"), (long long)f->seats, (long long)others,
                  (long long)f->capacity));
    hold(l, before, "class.project", "capacity", 0,
         SAID(l, tr(l->cx, "招 %lld 人，同时在训的还有 %lld 人，项目的同期规模是 %lld 人。"), (long long)f->seats, (long long)others, (long long)f->capacity));
}

/* ---- the shares of the plan ---- */

static int64_t hours_of(const struct class_facts *f, const char *kind)
{
    int64_t sum = 0;
    for (size_t i = 0; i < f->n_lines; i++)
        sum += kind == NULL || strcmp(f->lines[i].kind, kind) == 0 ? f->lines[i].hours : 0;
    return sum;
}

static void special(struct look *l, int64_t all, int64_t practice)
{
    int64_t hours = norm(l, "class.special", "hours");
    size_t before = l->n;
    if (l->f->hours != hours)
        find(l, "class.special", "special", 0, SAID(l, tr(l->cx, "专项职业能力班是 %lld 课时，现在申报 %lld 课时。"), (long long)hours, (long long)l->f->hours));
    if (practice != all)
        find(l, "class.special", "special", 0, SAID(l, tr(l->cx, "专项职业能力班全部是实操，计划里有 %lld 课时不是。"), (long long)(all - practice)));
    hold(l, before, "class.special", "special", 0, SAID(l, tr(l->cx, "专项职业能力班 %lld 课时，全部是实操。"), (long long)all));
}

static void least(struct look *l, const char *id, const char *code, int64_t have, int64_t all, const char *word)
{
    int64_t pct = norm(l, id, "pct_min"), need = (all * pct + 99) / 100;
    size_t before = l->n;
    if (have * 100 < all * pct)
        find(l, id, code, 0, SAID(l, tr(l->cx, "%s只有 %lld 课时，不少于 %lld%% 就是至少 %lld 课时。"), word, (long long)have, (long long)pct, (long long)need));
    hold(l, before, id, code, 0, SAID(l, tr(l->cx, "%s %lld 课时，不少于 %lld%% 就是至少 %lld 课时。"), word, (long long)have, (long long)pct, (long long)need));
}

static void shared(struct look *l)
{
    const struct class_facts *f = l->f;
    int64_t all = hours_of(f, NULL), practice = hours_of(f, "practice"), safety = hours_of(f, "safety"), need;
    const struct rule *rule = rule_of(l, "class.hours");
    const struct rule_param *tiers = rule != NULL ? rule_get(rule, "tiers", RULE_LIST) : NULL;
    bool tier = false;
    size_t before = l->n;
    for (size_t i = 0; tiers != NULL && i < tiers->n_items; i++)
        tier = tier || strcmp(tiers->items[i], SAID(l, "%lld", (long long)f->hours)) == 0;
    if (!tier && class_counted(f->line))
        find(l, "class.hours", "hours", 0, SAID(l, tr(l->cx, "课时只有 80 和 120 两档，现在申报 %lld 课时。"), (long long)f->hours));
    if (class_is_pair(f->line))
        return;
    if (f->n_lines == 0) {
        find(l, "class.hours", "hours", 0, tr(l->cx, "还没有教学计划。"));
        return;
    }
    if (all != f->hours)
        find(l, "class.hours", "hours", 0,
             SAID(l, tr(l->cx, "计划合计 %lld 课时，申报的是 %lld 课时，要正好相等。"), (long long)all, (long long)f->hours));
    hold(l, before, "class.hours", "hours", 0, SAID(l, tr(l->cx, "申报 %lld 课时，计划合计也是 %lld 课时。"), (long long)f->hours, (long long)all));
    if (!class_counted(f->line))
        return;
    if (f->level == 0) {
        special(l, all, practice);
        return;
    }
    least(l, "class.theory", "theory", hours_of(f, "theory"), f->hours, tr(l->cx, "理论课"));
    least(l, "class.practice", "practice", practice, f->hours, tr(l->cx, "实训课"));
    need = norm(l, "class.safety", "hours_min");
    before = l->n;
    if (safety < need)
        find(l, "class.safety", "safety", 0, SAID(l, tr(l->cx, "安全教育只有 %lld 课时，至少 %lld 课时。"), (long long)safety, (long long)need));
    hold(l, before, "class.safety", "safety", 0, SAID(l, tr(l->cx, "安全教育 %lld 课时，至少 %lld 课时。"), (long long)safety, (long long)need));
}

/* ---- line by line ---- */

static void taught(struct look *l, const struct check_line *s, size_t line)
{
    const struct class_facts *f = l->f;
    const struct check_teacher *t = NULL;
    for (size_t i = 0; i < f->n_teachers && t == NULL; i++)
        t = f->teachers[i].id == s->teacher_id ? &f->teachers[i] : NULL;
    const char *when = day_text(l->cx, s->day);
    size_t before = l->n;
    if (t == NULL) {
        find(l, "class.teacher", "teacher", line, SAID(l, tr(l->cx, "%s：教师不在本机构的花名册里。"), when));
        return;
    }
    if (!t->filed)
        find(l, "class.teacher", "teacher", line, SAID(l, tr(l->cx, "%s：教师%s还没有经区里备案。"), when, t->name));
    if (s->day < t->from_on || (t->to_on > 0 && s->day > t->to_on))
        find(l, "class.teacher", "teacher", line, SAID(l, tr(l->cx, "%s：教师%s那天不在花名册的有效期里。"), when, t->name));
    bool safety = strcmp(s->kind, "safety") == 0; /* no subject of the occupation */
    if (!safety && strcmp(t->occupation, f->occupation) != 0)
        find(l, "class.teacher", "teacher", line, SAID(l, tr(l->cx, "%s：教师%s备案的不是这个职业。"), when, t->name));
    else if (!safety && f->level > 0 && (t->level == 0 || t->level > f->level + norm(l, "class.teacher", "level_margin")))
        find(l, "class.teacher", "teacher", line, SAID(l, tr(l->cx, "%s：教师%s的等级低于所教的等级。"), when, t->name));
    hold(l, before, "class.teacher", "teacher", line,
         SAID(l, tr(l->cx, "教师%s已备案，%s 起在册，%s。"), t->name, day_text_full(l->cx, t->from_on),
              safety ? tr(l->cx, "安全教育不看职业等级") : SAID(l, tr(l->cx, "职业相符，等级%s"), tr(l->cx, training_level(t->level)))));
}

static void housed(struct look *l, const struct check_line *s, size_t line)
{
    const struct class_facts *f = l->f;
    const struct check_place *p = NULL;
    for (size_t i = 0; i < f->n_places && p == NULL; i++)
        p = f->places[i].id == s->place_id ? &f->places[i] : NULL;
    const char *when = day_text(l->cx, s->day);
    size_t before = l->n;
    if (p == NULL)
        find(l, "class.place", "place", line, SAID(l, tr(l->cx, "%s：场所不是本机构登记的。"), when));
    else if (!p->filed)
        find(l, "class.place", "place", line, SAID(l, tr(l->cx, "%s：场所“%s”还没有经区里备案。"), when, p->name));
    else if (s->day < p->from_on || (p->to_on > 0 && s->day > p->to_on))
        find(l, "class.place", "place", line, SAID(l, tr(l->cx, "%s：场所“%s”那天不在有效期里。"), when, p->name));
    else if (f->seats > p->seats && p->id != f->place_id)
        find(l, "class.overlap", "seats", line, SAID(l, tr(l->cx, "%s：“%s”只有 %lld 个座位。"), when, p->name, (long long)p->seats));
    if (p != NULL)
        hold(l, before, "class.place", "place", line,
             SAID(l, tr(l->cx, "场所“%s”已备案，%s 起有效，%lld 个座位。"), p->name, day_text_full(l->cx, p->from_on), (long long)p->seats));
}

static bool meet(int64_t a_from, int64_t a_to, int64_t b_from, int64_t b_to) { return a_from < b_to && b_from < a_to; }

static int64_t seats_of(const struct class_facts *f, int64_t place)
{
    for (size_t i = 0; i < f->n_places; i++)
        if (f->places[i].id == place)
            return f->places[i].seats;
    return 0;
}

/* The same teacher elsewhere at that time; the same place with more people than it holds. */
static void alone(struct look *l, const struct check_line *s, size_t line)
{
    const struct class_facts *f = l->f;
    int64_t people = f->seats;
    size_t before = l->n;
    const char *when = day_text(l->cx, s->day), *with = "";
    for (size_t i = 0; i < f->n_beside; i++) {
        const struct check_beside *b = &f->beside[i];
        if (b->day != s->day || !meet(s->from_min, s->to_min, b->from_min, b->to_min))
            continue;
        if (b->teacher_id == s->teacher_id)
            find(l, "class.overlap", "overlap", line, SAID(l, tr(l->cx, "%s：教师那个时间在班 %s 上课。"), when, b->code));
        if (b->place_id == s->place_id) {
            people += b->seats;
            with = b->code;
        }
    }
    if (people > f->seats && people > seats_of(f, s->place_id))
        find(l, "class.overlap", "overlap", line,
             SAID(l, tr(l->cx, "%s：场所那个时间还有班 %s，合计 %lld 人，只有 %lld 个座位。"), when, with, (long long)people,
                  (long long)seats_of(f, s->place_id)));
    hold(l, before, "class.overlap", "overlap", line, tr(l->cx, "同一时间教师没有别的课，场所坐得下。"));
}

static void timed(struct look *l, const struct check_line *s, size_t line)
{
    const struct class_facts *f = l->f;
    int64_t minutes = norm(l, "class.hours", "minutes"), most = norm(l, "class.hours", "day_max"), day = 0;
    size_t before = l->n;
    const char *when = day_text(l->cx, s->day);
    if (s->hours < 1 || s->to_min - s->from_min < s->hours * minutes)
        find(l, "class.hours", "time", line,
             SAID(l, tr(l->cx, "%s：%lld 课时每课时 %lld 分钟，排的时间不够。"), when, (long long)s->hours, (long long)minutes));
    if (s->day < f->starts_on || s->day > f->ends_on)
        find(l, "class.hours", "time", line, SAID(l, tr(l->cx, "%s：不在开班日和结课日之间。"), when));
    for (size_t i = 0; i < f->n_lines; i++) {
        day += f->lines[i].day == s->day ? f->lines[i].hours : 0;
        if (i + 1 < line && f->lines[i].day == s->day && meet(s->from_min, s->to_min, f->lines[i].from_min, f->lines[i].to_min))
            find(l, "class.overlap", "overlap", line, SAID(l, tr(l->cx, "%s：和第 %zu 行的时间重叠。"), when, i + 1));
    }
    if (day > most && (line == 1 || f->lines[line - 2].day != s->day)) /* once a day */
        find(l, "class.hours", "time", line, SAID(l, tr(l->cx, "%s：一天排了 %lld 课时，一天最多 %lld 课时。"), when, (long long)day, (long long)most));
    hold(l, before, "class.hours", "time", line,
         SAID(l, tr(l->cx, "%lld 课时排了 %lld 分钟，那天一共 %lld 课时，一天最多 %lld 课时。"), (long long)s->hours, (long long)(s->to_min - s->from_min),
              (long long)day, (long long)most));
}

err_t class_check_all(struct ctx *cx, const struct class_facts *f, struct class_checked *out)
{
    struct look l = {.cx = cx, .f = f, .found = ARENA_ARRAY(cx->arena, struct class_finding, FINDINGS_MOST),
                     .held_most = HELD_OF_CLASS + HELD_OF_LINE * f->n_lines};
    l.held = ARENA_ARRAY(cx->arena, struct class_finding, l.held_most);
    static const char *const needed[] = {"class.declare", "class.hours", "class.theory", "class.practice", "class.safety", "class.special",
                                         "class.teacher", "class.place", "class.project", "class.overlap", "class.valid"};
    for (size_t i = 0; i < sizeof needed / sizeof *needed; i++)
        if (rule_of(&l, needed[i]) == NULL)
            return FAIL(cx, E_BUG, NULL, "no rule %s on %lld", needed[i], (long long)f->on);
    timely(&l);
    permitted(&l);
    covered(&l);
    of_line(&l);
    seated(&l);
    shared(&l);
    for (size_t i = 0; i < f->n_lines; i++) {
        timed(&l, &f->lines[i], i + 1);
        taught(&l, &f->lines[i], i + 1);
        housed(&l, &f->lines[i], i + 1);
        alone(&l, &f->lines[i], i + 1);
    }
    *out = (struct class_checked){.found = l.found, .n = l.n, .held = l.held, .n_held = l.n_held};
    return E_OK;
}

err_t class_check(struct ctx *cx, const struct class_facts *f, const struct class_finding **found, size_t *n)
{
    struct class_checked all;
    TRY(class_check_all(cx, f, &all));
    *found = all.found;
    *n = all.n;
    return E_OK;
}
