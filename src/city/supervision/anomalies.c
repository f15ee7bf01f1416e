/* anomalies.c -- cases: kinds with what would explain them, looking at a class, the way of a case, its sentence and its records. */
#include "city/supervision/supervision.h"
#include "city/supervision/find.h"
#include "city/supervision/supervision_impl.h"

#include "base/text.h"
#include "store/store.h"

#include "supervision.sql.h"

#include <jansson.h>
#include <string.h>

const struct anomaly_kind anomaly_kinds[] = {
    {"overlap", N_("同一人同时在两个班"), N_("学员 {trainee} 在 {n} 节课的时间里，同时在另一个班 {other} 签了到。"),
     N_("可能是两个班的课表写错了一个，或者别人代签，也可能只去了其中一个班。请对照两个班的现场记录。")},
    {"device", N_("一部手机给多人签到"), N_("同一部手机在一节课里给 {n} 名学员签了到（{limit} 名起列出）。"),
     N_("可能是几名学员没有智能手机，借了一部手机签到；有这种情况的，应当改用身份证签到。")},
    {"capacity", N_("签到人数超过座位"), N_("最多的一节课有 {n} 人签到，座位只有 {limit} 个。"),
     N_("可能是座位数登记错了，或者换了大教室没有申请变更。")},
    {"burst", N_("签到过于集中"), N_("一节课里有 {n} 人在 {limit} 秒以内签完了到。"),
     N_("可能是老师让大家等到一起扫码；人工扫码很难这么整齐，请看录像。")},
    {"work", N_("上课时间在岗"), N_("学员 {trainee} 登记为未就业，但有 {n} 个工作日的上班时间签到时，就业或参保记录表明在岗。"),
     N_("可能是夜班、倒班或者已经离职没有停保。请学员说明，或者看用工合同。")},
    {"certificates", N_("一天发证太多"), N_("同一天、同一评价组织给这家机构的学员发了 {n} 本证书（超过 {limit} 本列出）。"),
     N_("可能是几个班集中考试，证书统一日期。请看考场安排和评价组织的名单。")},
    {"early", N_("结课以前就发了证"), N_("有 {n} 名学员的证书，发证日期不晚于结课日期。"),
     N_("可能是日期录错了；课没上完就发证，说明考核不真实。")},
    {"dates", N_("时间对不上"), N_("有 {n} 次签到的时间对不上：不在那一天、不在那节课前后，或者早于学员入班。"),
     N_("可能是临时调课没有登记，或者补签时把时间写错了。")},
    {"far", N_("签到位置离场所太远"), N_("一节课里有 {n} 人的签到位置离登记场所超过 {limit} 米。"),
     N_("手机定位在楼里会偏；也可能换了场所没有申请变更。")},
    {"paper", N_("补签太多"), N_("全班 {n}% 的签到是纸质补签（超过 {limit}% 列出）。"),
     N_("可能是教室没有网络，或者读卡器长期坏了。请看签到纸原件。")},
    {0},
};

const struct choice anomaly_kind_choices[] = {
    {"overlap", N_("同一人同时在两个班")}, {"device", N_("一部手机给多人签到")}, {"capacity", N_("签到人数超过座位")},
    {"burst", N_("签到过于集中")},         {"work", N_("上课时间在岗")},         {"certificates", N_("一天发证太多")},
    {"early", N_("结课以前就发了证")},     {"dates", N_("时间对不上")},          {"far", N_("签到位置离场所太远")},
    {"paper", N_("补签太多")},             {0},
};

static const struct flow_state states[] = {
    {"new", N_("待查")},        {"looking", N_("在查")},    {"asked", N_("等机构说明")}, {"answered", N_("机构已说明")},
    {"explained", N_("有合理解释")}, {"confirmed", N_("属实")}, {0},
};
static const struct flow_edge edges[] = {
    {"new", "take", "looking", N_("开始查"), OFFICERS, 0, NULL},
    {"looking", "ask", "asked", N_("请机构说明"), OFFICERS, FLOW_NOTE, NULL},
    {"asked", "answer", "answered", N_("提交说明"), ROLE_PROVIDER, FLOW_NOTE, NULL},
    {"asked", "explain", "explained", N_("认可解释"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"asked", "confirm", "confirmed", N_("认定属实"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"answered", "ask", "asked", N_("请机构再说明"), OFFICERS, FLOW_NOTE, NULL},
    {"answered", "explain", "explained", N_("认可解释"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"answered", "confirm", "confirmed", N_("认定属实"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"looking", "explain", "explained", N_("认可解释"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {"looking", "confirm", "confirmed", N_("认定属实"), OFFICERS, FLOW_NOTE | FLOW_FINAL, NULL},
    {0},
};
const struct flow anomaly_flow = {"anomaly", "new", states, edges};

const struct anomaly_kind *anomaly_kind(const char *code)
{
    const struct anomaly_kind *k = anomaly_kinds;
    while (k->code != NULL && strcmp(k->code, code) != 0)
        k++;
    return k->code != NULL ? k : NULL;
}

/* ---- looking ---- */

static err_t read_class(struct look *l, int64_t class_id)
{
    struct ctx *cx = l->cx;
    struct q_attendance_session_row *s;
    struct q_attendance_sign_row *i;
    struct q_attendance_trainee_row *t;
    TRY(watch_class(cx, class_id, &l->c));
    TRY(q_attendance_session(cx, &(struct q_attendance_session_in){.class_id = class_id}, &s, &l->n_sessions));
    TRY(q_attendance_sign(cx, &(struct q_attendance_sign_in){.class_id = class_id}, &i, &l->n_signs));
    TRY(q_attendance_trainee(cx, &(struct q_attendance_trainee_in){.class_id = class_id}, &t, &l->n_trainees));
    size_t *first = ARENA_ARRAY(cx->arena, size_t, l->n_sessions + 1), at = 0;
    for (size_t k = 0; k < l->n_sessions; k++) {
        first[k] = at;
        while (at < l->n_signs && i[at].session_id == s[k].id)
            at++;
    }
    first[l->n_sessions] = at;
    l->sessions = s, l->signs = i, l->trainees = t, l->first = first;
    return E_OK;
}

static const char *detail_of(struct look *l, const struct finding *f)
{
    struct buf b = {.a = l->cx->arena};
    view_i64(b.a, f->detail, "n", f->n);
    view_i64(b.a, f->detail, "limit", f->limit);
    view_json(&b, f->detail);
    return buf_text(&b);
}

struct looking {
    struct look *look;
    const char **details; /* of each finding */
    int64_t fresh;
};

static err_t keep(struct ctx *cx, void *arg)
{
    struct looking *k = arg;
    struct look *l = k->look;
    k->fresh = 0;
    for (size_t i = 0; i < l->n_found; i++) {
        const struct finding *f = l->found[i];
        const char *detail = k->details[i];
        size_t n;
        struct q_anomaly_insert_in in = {.finding = f->key, .kind = f->kind, .district = l->c.district, .provider_id = l->c.provider_id,
                                         .class_id = l->c.id, .trainee_id = f->trainee_id != 0 ? &f->trainee_id : NULL, .detail = detail,
                                         .found_at = cx->now, .status = anomaly_flow.initial};
        TRY(q_anomaly_insert(cx, &in, &n));
        if (n == 0)
            TRY(q_anomaly_renew(cx, &(struct q_anomaly_renew_in){.detail = detail, .finding = f->key}, NULL));
        else
            TRY(audit_add(cx, "found", "class", l->c.id, arena_fmt(cx->arena, "{\"kind\":\"%s\"}", f->kind)));
        k->fresh += (int64_t)n;
    }
    return q_look_done(cx, &(struct q_look_done_in){.class_id = l->c.id, .looked_at = cx->now}, NULL);
}

err_t anomalies_look(struct ctx *cx, int64_t class_id, int64_t *found)
{
    struct look l = {.cx = cx};
    struct looking k = {.look = &l};
    TRY(read_class(&l, class_id));
    TRY(find_in_signs(&l));
    TRY(find_in_records(&l));
    k.details = ARENA_ARRAY(cx->arena, const char *, l.n_found + 1);
    for (size_t i = 0; i < l.n_found; i++)
        k.details[i] = detail_of(&l, l.found[i]);
    TRY(store_tx(cx, STORE_WRITE, keep, &k));
    *found = k.fresh;
    return E_OK;
}

/* ---- reading ---- */

err_t anomaly_list(struct ctx *cx, const struct anomaly_find *f, struct q_anomaly_list_row **rows, size_t *n)
{
    const int64_t asked = 1, each = f->each != 0 ? f->each : WATCH_PAGE;
    struct q_anomaly_list_in in = {.last_id = INT64_MAX, .asked = f->asked ? &asked : NULL, .district = f->district, .provider_id = f->provider_id, .class_id = f->class_id,
                                   .kind = f->kind, .open = f->open, .off = (f->page - 1) * each, .lim = each};
    return q_anomaly_list(cx, &in, rows, n);
}

err_t anomaly_get(struct ctx *cx, int64_t id, struct q_anomaly_list_row *out)
{
    struct q_anomaly_list_row *rows;
    size_t n;
    TRY(q_anomaly_list(cx, &(struct q_anomaly_list_in){.first_id = id, .last_id = id, .lim = 1}, &rows, &n));
    /* A provider sees a case once it is asked about it: before, the warning would spoil the visit. */
    bool own = n > 0 && cx->actor.role == ROLE_PROVIDER && cx->actor.provider_id == rows[0].provider_id && strcmp(rows[0].status, "new") != 0 &&
               strcmp(rows[0].status, "looking") != 0;
    if (id == 0 || n == 0 || !(own || watch_area(cx, rows[0].district)))
        return FAIL(cx, E_NOTFOUND, NULL, "no case %lld of this actor", (long long)id);
    *out = rows[0];
    return E_OK;
}

static void forget(void *j)
{
    json_decref(j);
}

static const json_t *detail_read(struct ctx *cx, const struct q_anomaly_list_row *a)
{
    json_t *j = json_loads(a->detail, 0, NULL);
    if (j != NULL)
        arena_defer(cx->arena, forget, j);
    return j;
}

static const char *number_text(struct ctx *cx, const json_t *o, const char *key)
{
    return arena_fmt(cx->arena, "%lld", (long long)json_integer_value(json_object_get(o, key)));
}

const char *anomaly_sentence(struct ctx *cx, const struct q_anomaly_list_row *a)
{
    const struct anomaly_kind *k = anomaly_kind(a->kind);
    const json_t *d = detail_read(cx, a);
    const char *other = json_string_value(json_object_get(d, "other"));
    if (k == NULL)
        return a->kind;
    return text_fill(cx->arena, tr(cx, k->say), "trainee", a->trainee_code != NULL ? a->trainee_code : "", "n", number_text(cx, d, "n"), "limit",
                     number_text(cx, d, "limit"), "other", other != NULL ? other : "", NULL);
}

const char *anomaly_days(struct ctx *cx, const struct q_anomaly_list_row *a)
{
    const json_t *rows = json_object_get(detail_read(cx, a), "records");
    int64_t first = 0, last = 0;
    for (size_t i = 0; i < json_array_size(rows); i++) {
        int64_t day = json_integer_value(json_object_get(json_array_get(rows, i), "day"));
        first = first == 0 || (day != 0 && day < first) ? day : first;
        last = day > last ? day : last;
    }
    return first == 0 ? "" : first == last ? day_text(cx, first) : text_fill(cx->arena, tr(cx, N_("{from}到{to}")), "from", day_text(cx, first), "to", day_text(cx, last), NULL);
}

static const struct choice whats[] = {
    {"other_day", N_("不是上课那天签的")}, {"outside", N_("不在那节课前后")}, {"before_admission", N_("早于学员入班")},
    {"hire", N_("就业登记显示在岗")},      {"insurance", N_("参保记录显示在岗")}, {0},
};
static const struct choice means[] = {{"code", N_("扫码")}, {"card", N_("身份证")}, {"sms", N_("短信")}, {"paper", N_("补签")}, {0}};

static const char *word(struct ctx *cx, const struct choice *list, const char *code)
{
    for (; code != NULL && list->code != NULL; list++)
        if (strcmp(list->code, code) == 0)
            return tr(cx, list->label);
    return code != NULL ? code : "";
}

void anomaly_records(struct ctx *cx, struct view *to, const struct q_anomaly_list_row *a)
{
    struct view *list = view_list(cx->arena, to, "records");
    const json_t *rows = json_object_get(detail_read(cx, a), "records");
    for (size_t i = 0; i < json_array_size(rows); i++) {
        const json_t *r = json_array_get(rows, i);
        struct view *v = view_item(cx->arena, list);
        int64_t at = json_integer_value(json_object_get(r, "at"));
        const char *trainee = json_string_value(json_object_get(r, "trainee")), *device = json_string_value(json_object_get(r, "device"));
        const json_t *metres = json_object_get(r, "metres");
        view_str(cx->arena, v, "day", day_text(cx, json_integer_value(json_object_get(r, "day"))));
        view_str(cx->arena, v, "time", at != 0 ? arena_fmt(cx->arena, "%s:%02d", watch_minutes(cx->arena, day_minute(at, DAY_ZONE)), (int)(at / 1000 % 60)) : "");
        view_str(cx->arena, v, "trainee", trainee != NULL ? trainee : "");
        view_str(cx->arena, v, "means", word(cx, means, json_string_value(json_object_get(r, "means"))));
        view_str(cx->arena, v, "device", device != NULL ? device : "");
        view_str(cx->arena, v, "metres", json_is_integer(metres) ? number_text(cx, r, "metres") : "");
        view_str(cx->arena, v, "what", word(cx, whats, json_string_value(json_object_get(r, "what"))));
    }
}

err_t anomalies_open(struct ctx *cx, int64_t class_id, int64_t *n)
{
    struct q_anomaly_open_row row;
    TRY(q_anomaly_open(cx, &(struct q_anomaly_open_in){.class_id = class_id}, &row));
    *n = row.n;
    return E_OK;
}

/* ---- the way of a case ---- */

struct step {
    int64_t id, version;
    const char *action, *note;
};

static err_t step(struct ctx *cx, void *arg)
{
    const struct step *s = arg;
    const struct flow_edge *edge;
    struct q_anomaly_list_row a;
    size_t n;
    TRY(anomaly_get(cx, s->id, &a));
    TRY(flow_step(cx, &anomaly_flow, a.status, s->action, s->note, &a, &edge));
    struct q_anomaly_step_in in = {.status = edge->to, .note = s->note != NULL && *s->note != '\0' ? s->note : a.note,
                                   .account_id = cx->actor.account_id, .id = s->id, .version = s->version};
    TRY(q_anomaly_step(cx, &in, &n));
    if (n == 0)
        return FAIL(cx, E_CONFLICT, NULL, "case %lld was moved meanwhile", (long long)s->id);
    return audit_add(cx, edge->action, "anomaly", s->id, NULL);
}

err_t anomaly_step(struct ctx *cx, int64_t id, const char *action, const char *note, int64_t version)
{
    struct step s = {id, version, action, note};
    return store_tx(cx, STORE_WRITE, step, &s);
}
