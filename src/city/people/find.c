#include "city/people/people.h"

#include "base/day.h"
#include "base/idno.h"
#include "base/phone.h"
#include "base/text.h"
#include "city/people/people_impl.h"

#include "people.sql.h"

#include <stdlib.h>
#include <string.h>

const char *person_key(struct ctx *cx, const char *purpose, const char *text)
{
    return blind_index(cx, purpose, text_fold(cx->arena, text, strlen(text)));
}

err_t person_row(struct ctx *cx, int64_t id, struct q_person_row *out)
{
    return q_person_first(cx, &(struct q_person_in){.id = id}, out);
}

err_t person_of_row(struct ctx *cx, const struct q_person_row *r, struct person *out)
{
    const char *name, *idno, *phone;
    TRY(unseal(cx, "person.name", r->name, &name));
    TRY(unseal(cx, "person.idno", r->idno, &idno));
    TRY(unseal(cx, "person.phone", r->phone, &phone));
    *out = (struct person){
        .id = r->id, .station_id = r->station_id == NULL ? 0 : *r->station_id, .district = r->district, .street = r->street,
        .created_at = r->created_at, .version = r->version, .code = r->code, .category = r->category,
        .birth_year = r->birth_year == NULL ? 0 : *r->birth_year, .locked = r->erase_on != NULL,
        .name = name == NULL ? "" : text_mask_name(cx->arena, name),
        .idno = idno == NULL ? NULL : text_mask_idno(cx->arena, idno),
        .phone = phone == NULL ? NULL : text_mask_phone(cx->arena, phone),
    };
    return E_OK;
}

err_t person_by_id(struct ctx *cx, int64_t id, struct person *out)
{
    struct q_person_row row;
    TRY(person_row(cx, id, &row));
    return person_of_row(cx, &row, out);
}

err_t person_get(struct ctx *cx, const char *code, struct person *out)
{
    bool shape = (code[0] == 'P' || code[0] == 'p') && strlen(code) <= 16 && strspn(code + 1, "0123456789") == strlen(code + 1);
    return person_by_id(cx, shape ? strtoll(code + 1, NULL, 10) : 0, out);
}

/* ---- what somebody typed ---- */

struct ids {
    int64_t id[20];
    size_t n;
};

static void take(struct ids *to, int64_t id)
{
    for (size_t i = 0; i < to->n; i++)
        if (to->id[i] == id)
            return;
    if (to->n < sizeof to->id / sizeof *to->id)
        to->id[to->n++] = id;
}

static err_t by_idno(struct ctx *cx, const char *idno, struct ids *to)
{
    struct q_person_by_idno_row *rows;
    size_t n;
    TRY(q_person_by_idno(cx, &(struct q_person_by_idno_in){.idno_find = person_key(cx, "person.idno", idno)}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        take(to, rows[i].id);
    return E_OK;
}

static err_t by_phone(struct ctx *cx, const char *phone, struct ids *to)
{
    struct q_person_by_phone_row *rows;
    size_t n;
    TRY(q_person_by_phone(cx, &(struct q_person_by_phone_in){.phone_find = person_key(cx, "person.phone", phone)}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        take(to, rows[i].id);
    return E_OK;
}

static err_t by_tail(struct ctx *cx, const char *tail, struct ids *to)
{
    struct q_person_by_tail_row *rows;
    size_t n;
    TRY(q_person_by_tail(cx, &(struct q_person_by_tail_in){.tail_find = person_key(cx, "person.tail", tail),
                                                           .station_id = cx->actor.station_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        take(to, rows[i].id);
    return E_OK;
}

static err_t by_name(struct ctx *cx, const char *name, struct ids *to)
{
    struct q_person_by_name_row *rows;
    size_t n;
    TRY(q_person_by_name(cx, &(struct q_person_by_name_in){.name_find = person_key(cx, "person.name", name),
                                                           .station_id = cx->actor.station_id}, &rows, &n));
    for (size_t i = 0; i < n; i++)
        take(to, rows[i].id);
    return E_OK;
}

err_t person_find(struct ctx *cx, const char *text, struct person **out, size_t *n, enum person_match *how)
{
    struct ids ids = {.n = 0};
    struct idno id;
    char phone[PHONE_MAX];
    const char *folded = text_fold(cx->arena, text, strlen(text));
    size_t len = strlen(folded);
    enum person_match as = PERSON_BY_NOTHING;
    if (len == 4 && strspn(folded, "0123456789") == 4) {
        as = PERSON_BY_TAIL;
        TRY(by_tail(cx, folded, &ids));
    } else if (len >= 15 && idno_read(text, day_of(cx->now, DAY_ZONE), &id) == NULL) {
        as = PERSON_BY_IDNO;
        TRY(by_idno(cx, id.text, &ids));
    } else if (phone_read(text, phone, NULL) == NULL) {
        as = PERSON_BY_PHONE;
        TRY(by_phone(cx, phone, &ids));
    } else if (len > 0 && strpbrk(folded, "0123456789") == NULL) {
        as = PERSON_BY_NAME;
        TRY(by_name(cx, text, &ids));
    }
    if (how != NULL)
        *how = as;
    *out = ARENA_ARRAY(cx->arena, struct person, ids.n + 1);
    *n = 0;
    for (size_t i = 0; i < ids.n; i++) {
        TRY(person_by_id(cx, ids.id[i], *out + *n));
        *n += !(*out)[*n].locked;
    }
    return E_OK;
}

err_t person_list(struct ctx *cx, int64_t station_id, int64_t page, struct person **out, size_t *n, int64_t *total)
{
    struct q_person_of_station_row *rows;
    struct q_person_of_station_in in = {.station_id = station_id, .lim = PERSON_PAGE, .off = (page < 1 ? 0 : page - 1) * PERSON_PAGE};
    TRY(q_person_of_station(cx, &in, &rows, n));
    *out = ARENA_ARRAY(cx->arena, struct person, *n + 1);
    *total = *n > 0 ? rows[0].total : 0;
    for (size_t i = 0; i < *n; i++)
        TRY(person_by_id(cx, rows[i].id, *out + i));
    return E_OK;
}

err_t person_count(struct ctx *cx, int64_t *n)
{
    struct q_person_number_row row;
    TRY(q_person_number(cx, &row));
    *n = row.n;
    return E_OK;
}

err_t person_mine(struct ctx *cx, int64_t id, bool *yes)
{
    struct q_person_row row;
    struct q_person_served_row served;
    *yes = false;
    if (cx->actor.role == ROLE_SEEKER) {
        *yes = cx->actor.person_id == id && id != 0;
        return E_OK;
    }
    TRY(person_row(cx, id, &row));
    if (cx->actor.role & (ROLE_CITY | ROLE_AUDITOR | ROLE_CLOCK))
        *yes = true;
    else if (cx->actor.role == ROLE_DISTRICT)
        *yes = row.district == cx->actor.district;
    else if (cx->actor.role & DESK) {
        TRY(q_person_served(cx, &(struct q_person_served_in){.person_id = id, .station_id = cx->actor.station_id}, &served));
        *yes = served.n > 0 || (row.station_id != NULL && *row.station_id == cx->actor.station_id);
    }
    return E_OK;
}
