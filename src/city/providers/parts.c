/* parts.c -- what a provider works with: places, teachers, equipment. New ones count from the day the district took them in. */
#include "city/providers/providers.h"

#include "city/providers/providers_impl.h"

#include <stdlib.h>
#include <string.h>

enum { RADIUS_M = 150 };

err_t provider_places(struct ctx *cx, int64_t provider_id, struct q_provider_place_list_row **rows, size_t *n)
{
    return q_provider_place_list(cx, &(struct q_provider_place_list_in){.provider_id = provider_id}, rows, n);
}

err_t provider_place_find(struct ctx *cx, int64_t id, struct q_provider_place_get_row *out)
{
    return q_provider_place_get(cx, &(struct q_provider_place_get_in){.id = id}, out);
}

err_t provider_teachers(struct ctx *cx, int64_t provider_id, struct q_provider_teacher_list_row **rows, size_t *n)
{
    return q_provider_teacher_list(cx, &(struct q_provider_teacher_list_in){.provider_id = provider_id}, rows, n);
}

err_t provider_teacher_find(struct ctx *cx, int64_t id, struct q_provider_teacher_get_row *out)
{
    return q_provider_teacher_get(cx, &(struct q_provider_teacher_get_in){.id = id}, out);
}

err_t provider_teacher_name(struct ctx *cx, struct blob sealed, const char **name) { return unseal(cx, "provider_teacher.name", sealed, name); }

err_t provider_equipment(struct ctx *cx, int64_t provider_id, struct q_provider_equipment_list_row **rows, size_t *n)
{
    return q_provider_equipment_list(cx, &(struct q_provider_equipment_list_in){.provider_id = provider_id}, rows, n);
}

struct part {
    int64_t provider_id, id;
    const char *kind;
    const void *in;
};

static err_t noted(struct ctx *cx, const struct part *a, const char *action)
{
    return audit_add(cx, action, a->kind, a->id, arena_fmt(cx->arena, "{\"provider\":%lld}", (long long)a->provider_id));
}

static err_t open_record(struct ctx *cx, int64_t provider_id)
{
    struct q_provider_get_row p;
    TRY(provider_own(cx, provider_id, &p));
    return strcmp(p.status, "closed") != 0 ? E_OK : SAY(cx, E_STATE, NULL, N_("机构已退出，不能再登记。"));
}

static err_t place_tx(struct ctx *cx, void *arg)
{
    struct part *a = arg;
    const struct place_form *f = a->in;
    const struct city_street *s = city_street(cx->house->city, f->street);
    struct q_provider_place_add_row row;
    TRY(open_record(cx, a->provider_id));
    if (s == NULL)
        return SAY(cx, E_INVALID, "street", N_("请选一个本市的街道。"));
    struct q_provider_place_add_in in = {.provider_id = a->provider_id, .name = f->name, .address = f->address, .district = s->district,
                                         .street = s->code, .lng = f->lng != NULL ? *f->lng : s->lng, .lat = f->lat != NULL ? *f->lat : s->lat,
                                         .radius_m = f->radius_m > 0 ? f->radius_m : RADIUS_M, .seats = f->seats, .from_on = today_of(cx)};
    TRY(q_provider_place_add(cx, &in, &row));
    a->id = row.id;
    return noted(cx, a, "create");
}

err_t provider_place_put(struct ctx *cx, int64_t provider_id, const struct place_form *in, int64_t *id)
{
    struct part a = {.provider_id = provider_id, .kind = "provider_place", .in = in};
    TRY(store_tx(cx, STORE_WRITE, place_tx, &a));
    *id = a.id;
    return E_OK;
}

static err_t teacher_tx(struct ctx *cx, void *arg)
{
    struct part *a = arg;
    const struct teacher_form *f = a->in;
    struct q_provider_teacher_add_row row;
    TRY(open_record(cx, a->provider_id));
    struct q_provider_teacher_add_in in = {.provider_id = a->provider_id, .kind = f->kind, .occupation = f->occupation,
                                           .certificate = f->certificate, .level = strtoll(f->level, NULL, 10), .courses = text_or(f->courses),
                                           .from_on = today_of(cx)};
    TRY(seal(cx, "provider_teacher.name", f->name, &in.name));
    TRY(q_provider_teacher_add(cx, &in, &row));
    a->id = row.id;
    return noted(cx, a, "create");
}

err_t provider_teacher_put(struct ctx *cx, int64_t provider_id, const struct teacher_form *in, int64_t *id)
{
    struct part a = {.provider_id = provider_id, .kind = "provider_teacher", .in = in};
    TRY(store_tx(cx, STORE_WRITE, teacher_tx, &a));
    *id = a.id;
    return E_OK;
}

static err_t equipment_tx(struct ctx *cx, void *arg)
{
    const struct part *a = arg;
    const struct equipment_form *f = a->in;
    TRY(open_record(cx, a->provider_id));
    TRY(q_provider_equipment_add(cx, &(struct q_provider_equipment_add_in){.provider_id = a->provider_id, .occupation = f->occupation,
                                                                          .name = f->name, .model = text_or(f->model), .quantity = f->quantity},
                                 NULL));
    return audit_add(cx, "create", "provider_equipment", a->provider_id, NULL);
}

err_t provider_equipment_put(struct ctx *cx, int64_t provider_id, const struct equipment_form *in)
{
    return store_tx(cx, STORE_WRITE, equipment_tx, &(struct part){.provider_id = provider_id, .kind = "provider_equipment", .in = in});
}

static err_t end_tx(struct ctx *cx, void *arg)
{
    const struct part *a = arg;
    int64_t today = today_of(cx);
    size_t n = 0;
    TRY(open_record(cx, a->provider_id));
    if (strcmp(a->kind, "place") == 0)
        TRY(q_provider_place_end(cx, &(struct q_provider_place_end_in){.to_on = today, .id = a->id, .provider_id = a->provider_id}, &n));
    else if (strcmp(a->kind, "teacher") == 0)
        TRY(q_provider_teacher_end(cx, &(struct q_provider_teacher_end_in){.to_on = today, .id = a->id, .provider_id = a->provider_id}, &n));
    else
        TRY(q_provider_equipment_remove(cx, &(struct q_provider_equipment_remove_in){.id = a->id, .provider_id = a->provider_id}, &n));
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no %s %lld of provider %lld", a->kind, (long long)a->id, (long long)a->provider_id);
    return noted(cx, a, "end");
}

err_t provider_part_end(struct ctx *cx, int64_t provider_id, const char *kind, int64_t id)
{
    return store_tx(cx, STORE_WRITE, end_tx, &(struct part){.provider_id = provider_id, .kind = kind, .id = id});
}
