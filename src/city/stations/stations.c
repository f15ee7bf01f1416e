#include "city/stations/stations.h"

#include "base/hash.h"
#include "base/maybe.h"
#include "city/choices.h"
#include "city/stations/stations_impl.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

const struct choice station_access[] = {
    {"ramp", N_("无障碍坡道")}, {"toilet", N_("无障碍卫生间")}, {"parking", N_("停车位")}, {"sign", N_("手语服务")}, {"rest", N_("休息区和饮水")}, {0},
};
/* The names of data/cities/…/service_items.csv, for forms. */
const struct choice station_items[] = {
    {"S01", N_("求职登记")},         {"S02", N_("用工登记")},         {"S03", N_("岗位推荐")},       {"S04", N_("职业指导")},
    {"S05", N_("政策咨询")},         {"S06", N_("失业登记和就业登记指引")}, {"S07", N_("就业援助")},  {"S08", N_("培训报名和培训需求登记")},
    {"S09", N_("招聘活动")},         {"S10", N_("供求和工资价位信息发布")}, {"S11", N_("创业服务咨询")}, {"S12", N_("高校毕业生帮扶")},
    {"S13", N_("零工对接")},         {"S14", N_("档案和社保查询指引")}, {"S15", N_("跟踪回访")},      {"S16", N_("企业走访和用工指导")},
    {"S17", N_("劳动维权指引")},     {"S18", N_("就业见习对接")},     {"S19", N_("便民服务")},       {"S20", N_("技能培训和讲座")},
    {0},
};
const struct choice station_member_kinds[] = {
    {"full", N_("专职")}, {"part", N_("兼职")}, {"volunteer", N_("志愿者")}, {"posted", N_("市区机构派驻")}, {"expert", N_("专家")}, {0},
};

/* ---- finding ---- */

err_t station_by_id(struct ctx *cx, int64_t id, struct q_station_row *out)
{
    return q_station_first(cx, &(struct q_station_in){.first_id = id, .last_id = id}, out);
}

err_t station_get(struct ctx *cx, const char *code, struct q_station_row *out)
{
    size_t digits = code != NULL && (code[0] == 'S' || code[0] == 's') ? strspn(code + 1, "0123456789") : 0;
    if (digits == 0 || digits > 9 || code[1 + digits] != '\0')
        return FAIL(cx, E_NOTFOUND, NULL, "'%.40s' is no station code", code != NULL ? code : "");
    return station_by_id(cx, strtoll(code + 1, NULL, 10), out);
}

err_t station_all(struct ctx *cx, const int64_t *district, struct q_station_row **rows, size_t *n)
{
    return q_station(cx, &(struct q_station_in){.first_id = 1, .last_id = INT64_MAX, .district = district}, rows, n);
}

bool station_mine(const struct ctx *cx, const struct q_station_row *s)
{
    switch (cx->actor.role) {
    case ROLE_HEAD:
        return cx->actor.station_id == s->id;
    case ROLE_DISTRICT:
        return cx->actor.district == s->district;
    default:
        return cx->actor.role == ROLE_CITY;
    }
}

err_t station_claim(struct ctx *cx, const struct q_station_row *s, int64_t version)
{
    size_t n;
    if (!station_mine(cx, s))
        return FAIL(cx, E_NOTFOUND, NULL, "station %s is not this actor's", s->code);
    if (strcmp(s->status, "closed") == 0)
        return SAY(cx, E_STATE, NULL, N_("这个驿站已经退出，不能再改。"));
    TRY(q_station_touch(cx, &(struct q_station_touch_in){.id = s->id, .version = version != 0 ? version : s->version}, &n));
    return n == 1 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "station %s was changed meanwhile", s->code);
}

/* ---- planning and correcting ---- */

struct plan {
    const struct station_plan *in;
    int64_t id;
};

static err_t place(struct ctx *cx, const struct station_plan *in, struct q_station_insert_in *to)
{
    const struct city_street *street = city_street(cx->house->city, in->street);
    if (street == NULL)
        return SAY(cx, E_INVALID, "street", N_("没有这个街道，请从名单里选一个。"));
    if (cx->actor.role == ROLE_DISTRICT && street->district != cx->actor.district)
        return SAY(cx, E_INVALID, "street", N_("这个街道不在您的区里。"));
    bool surveyed = in->lng != NULL && in->lat != NULL;
    to->street = street->code;
    to->district = street->district;
    to->located = surveyed ? "survey" : "approximate";
    to->lng = surveyed ? *in->lng : street->lng;
    to->lat = surveyed ? *in->lat : street->lat;
    return E_OK;
}

static err_t check(struct ctx *cx, const struct station_plan *in)
{
    if (city_profile(cx->house->city, in->type) == NULL)
        return SAY(cx, E_INVALID, "type", N_("请选驿站类型。"));
    if ((in->lng == NULL) != (in->lat == NULL))
        return SAY(cx, E_INVALID, in->lng == NULL ? "lng" : "lat", N_("经度和纬度要么都填，要么都空着。"));
    return E_OK;
}

static err_t plan(struct ctx *cx, void *arg)
{
    struct plan *p = arg;
    const struct station_plan *in = p->in;
    struct q_station_insert_row row;
    char token[44];
    size_t n;
    hash_token(token);
    struct q_station_insert_in s = {
        .code = token, .name = in->name, .type = in->type, .address = or_empty(in->address), .area_m2 = in->area_m2,
        .phone = or_empty(in->phone), .operator = or_empty(in->operator), .batch = in->batch, .brand = or_empty(in->brand),
        .story = or_empty(in->story), .access = or_empty(in->access), .status = station_flow.initial,
        .status_on = day_of(cx->now, DAY_ZONE), .due_on = in->due_on};
    if ((cx->actor.role & OFFICERS) == 0)
        return FAIL(cx, E_DENIED, NULL, "role %x plans no station", cx->actor.role);
    TRY(check(cx, in));
    TRY(place(cx, in, &s));
    TRY(q_station_insert(cx, &s, &row));
    p->id = row.id;
    const char *code = arena_fmt(cx->arena, "S%lld", (long long)row.id);
    TRY(q_station_name(cx, &(struct q_station_name_in){.code = code, .id = row.id}, &n));
    TRY(q_station_move_add(
        cx, &(struct q_station_move_add_in){row.id, cx->now, cx->actor.account_id, "plan", "", station_flow.initial, "", "{}"}, &n));
    cx->result = arena_fmt(cx->arena, "/stations/%s/life", code);
    TRY(change_add(cx, "station", row.id));
    return audit_add(cx, "plan", "station", row.id, NULL);
}

err_t station_plan(struct ctx *cx, const struct station_plan *in, int64_t *id)
{
    struct plan p = {.in = in};
    TRY(store_tx(cx, STORE_WRITE, plan, &p));
    *id = p.id;
    return E_OK;
}

/* The head of a station tells of its own house; what it is and where it stands is the officers' to say. */
static err_t edit(struct ctx *cx, void *arg)
{
    const struct plan *p = arg;
    const struct station_plan *in = p->in;
    struct q_station_row s;
    struct q_station_insert_in at = {0};
    size_t n;
    bool officer = (cx->actor.role & OFFICERS) != 0;
    TRY(station_by_id(cx, p->id, &s));
    TRY(station_claim(cx, &s, in->version));
    TRY(check(cx, in));
    struct station_plan moved = *in;
    if (in->lng == NULL && in->street == s.street && strcmp(s.located, "survey") == 0) {
        moved.lng = &s.lng;
        moved.lat = &s.lat;
    }
    TRY(place(cx, &moved, &at));
    struct q_station_change_in c = {
        .name = officer ? in->name : s.name, .type = officer ? in->type : s.type, .district = officer ? at.district : s.district,
        .street = officer ? at.street : s.street, .address = officer ? or_empty(in->address) : s.address,
        .lng = officer ? at.lng : s.lng, .lat = officer ? at.lat : s.lat, .located = officer ? at.located : s.located,
        .area_m2 = officer ? in->area_m2 : s.area_m2, .operator = officer ? or_empty(in->operator) : s.operator,
        .due_on = officer ? in->due_on : s.due_on, .phone = or_empty(in->phone), .brand = or_empty(in->brand),
        .story = or_empty(in->story), .access = or_empty(in->access), .id = s.id, .version = s.version + 1};
    TRY(q_station_change(cx, &c, &n));
    cx->result = arena_fmt(cx->arena, "/stations/%s", s.code);
    TRY(change_add(cx, "station", s.id));
    return audit_add(cx, "edit", "station", s.id, NULL);
}

err_t station_edit(struct ctx *cx, int64_t id, const struct station_plan *in)
{
    struct plan p = {.in = in, .id = id};
    return store_tx(cx, STORE_WRITE, edit, &p);
}

/* ---- showing ---- */

void station_view(struct ctx *cx, struct view *to, const struct q_station_row *s, const struct station_week *w)
{
    struct station_today today;
    const struct city_district *d = city_district(cx->house->city, s->district);
    const struct city_street *street = city_street(cx->house->city, s->street);
    struct arena *a = cx->arena;
    view_i64(a, to, "id", s->id);
    view_str(a, to, "code", s->code);
    view_str(a, to, "name", s->name);
    view_str(a, to, "type", s->type);
    view_str(a, to, "type_label", tr(cx, choice_label(station_type_choices, s->type)));
    view_i64(a, to, "district", s->district);
    view_str(a, to, "district_name", d != NULL ? tr(cx, d->name) : "");
    view_i64(a, to, "street", s->street);
    view_str(a, to, "street_name", street != NULL ? street->name : "");
    view_str(a, to, "address", s->address);
    view_i64(a, to, "lng", s->lng);
    view_i64(a, to, "lat", s->lat);
    view_str(a, to, "located", s->located);
    view_str(a, to, "phone", s->phone);
    view_str(a, to, "brand", s->brand);
    view_i64(a, to, "batch", s->batch);
    view_str(a, to, "status", s->status);
    view_str(a, to, "status_label", tr(cx, flow_label(&station_flow, s->status)));
    view_bool(a, to, "serves", station_serves(s->status));
    if (w == NULL)
        return;
    station_today(cx, s, w, &today);
    view_bool(a, to, "open", today.open_now);
    view_str(a, to, "hours", today.line);
}
