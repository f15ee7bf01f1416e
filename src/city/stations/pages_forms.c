#include "city/stations/pages_forms.h"

#include "city/choices.h"

#include <stdlib.h>
#include <string.h>

#define NAME {"name", F_TEXT, F_REQUIRED, N_("名称"), N_("比如：大王庄街道就业驿站"), .min = 4, .max = 40, .off = offsetof(struct station_form, name)}
#define TYPE {"type", F_CHOICE, F_REQUIRED, N_("类型"), .choices = station_type_choices, .off = offsetof(struct station_form, type)}
#define STREET {"street", F_STREET, F_REQUIRED, N_("街道或镇"), .off = offsetof(struct station_form, street)}
#define ADDRESS {"address", F_TEXT, F_WIDE, N_("地址"), N_("写到门牌号，让人找得到。"), .max = 100, .off = offsetof(struct station_form, address)}
#define POSITION {"position", F_TEXT, 0, N_("经纬度"), N_("经度,纬度，比如 117.203900,39.135500。没有测量过就空着。"), .max = 40, \
    .off = offsetof(struct station_form, position)}
#define AREA {"area_m2", F_INT, F_REQUIRED, N_("面积（平方米）"), .min = 1, .max = 100000, .off = offsetof(struct station_form, area_m2)}
#define OPERATOR {"operator", F_TEXT, 0, N_("运营单位"), .max = 60, .off = offsetof(struct station_form, operator)}
#define PHONE {"phone", F_PHONE, 0, N_("对外电话"), .off = offsetof(struct station_form, phone)}
#define DUE {"due_on", F_DATE, 0, N_("计划投入使用"), .off = offsetof(struct station_form, due_on)}
#define VERSION {"version", F_HIDDEN, 0, N_("版本"), .off = offsetof(struct station_form, version)}

const struct field station_plan_fields[] = {
    NAME, TYPE, STREET, ADDRESS, POSITION, AREA, OPERATOR, PHONE, DUE,
    {"batch", F_INT, F_REQUIRED, N_("列入哪一年的建设任务"), .min = 2000, .max = 2100, .off = offsetof(struct station_form, batch)},
    {0},
};
const struct field station_edit_fields[] = {NAME, TYPE, STREET, ADDRESS, POSITION, AREA, OPERATOR, PHONE, DUE, VERSION, {0}};
const struct field station_about_fields[] = {
    PHONE,
    {"brand", F_TEXT, 0, N_("服务品牌"), .max = 20, .off = offsetof(struct station_form, brand)},
    {"story", F_LONG, F_WIDE, N_("品牌介绍"), .max = 1000, .off = offsetof(struct station_form, story)},
    {"access", F_CHOICES, 0, N_("无障碍和设施"), .choices = station_access, .off = offsetof(struct station_form, access)},
    VERSION,
    {0},
};

struct station_form station_form_of(struct ctx *cx, const struct q_station_row *s)
{
    bool surveyed = strcmp(s->located, "survey") == 0;
    return (struct station_form){
        .name = s->name, .type = s->type, .address = s->address, .phone = s->phone, .operator = s->operator, .brand = s->brand,
        .story = s->story, .access = s->access, .street = s->street, .area_m2 = s->area_m2, .batch = s->batch, .due_on = s->due_on,
        .position = surveyed ? arena_fmt(cx->arena, "%.6f,%.6f", (double)s->lng / 1e6, (double)s->lat / 1e6) : NULL,
        .version = arena_fmt(cx->arena, "%lld", (long long)s->version)};
}

err_t station_form_plan(struct ctx *cx, const struct station_form *in, struct station_plan *out)
{
    int64_t *at = ARENA_ARRAY(cx->arena, int64_t, 2);
    *out = (struct station_plan){
        .name = in->name, .type = in->type, .address = in->address, .phone = in->phone, .operator = in->operator, .brand = in->brand,
        .story = in->story, .access = in->access, .street = in->street, .area_m2 = in->area_m2, .due_on = in->due_on, .batch = in->batch,
        .version = in->version != NULL ? strtoll(in->version, NULL, 10) : 0};
    if (in->position == NULL)
        return E_OK;
    if (!station_position(cx, in->position, &at[0], &at[1]))
        return SAY(cx, E_INVALID, "position", N_("经纬度写成“经度,纬度”，比如 117.203900,39.135500。"));
    out->lng = &at[0];
    out->lat = &at[1];
    return E_OK;
}
