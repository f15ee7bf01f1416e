/* Registering: the person known, or a new one; correcting; the account of a seeker. */
#include "city/people/people.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/idno.h"
#include "base/text.h"
#include "city/accounts/accounts.h"
#include "city/people/people_impl.h"

#include "people.sql.h"

#include <stddef.h>
#include <string.h>

const struct choice person_categories[] = {
    {"hardship", N_("就业困难人员")}, {"unemployed", N_("城镇登记失业人员")}, {"graduate", N_("高校毕业生")},
    {"rural", N_("农村转移劳动力")},  {"veteran", N_("退役军人")},           {"disabled", N_("残疾人")},
    {"employed", N_("在职想换工作")}, {"other", N_("其他")},                 {0},
};

const struct field person_fields[] = {
    {"name", F_TEXT, F_REQUIRED | F_SECRET, N_("姓名"), .min = 2, .max = 30, .off = offsetof(struct person_in, name)},
    {"idno", F_IDNO, F_SECRET, N_("身份证号"), N_("18 位；港澳台居民填居住证号。没带证件可以先不填。"), .off = offsetof(struct person_in, idno)},
    {"phone", F_PHONE, F_SECRET, N_("手机号"), N_("用来打回访电话。"), .off = offsetof(struct person_in, phone)},
    {"street", F_STREET, 0, N_("住在哪个街道或镇"), .off = offsetof(struct person_in, street)},
    {"category", F_CHOICES, F_WIDE, N_("属于哪类人员"), N_("可以不选；选了能看到可享的政策。"), .choices = person_categories,
     .off = offsetof(struct person_in, category)},
    {0},
};

/* What is stored of the numbers: sealed, with the hashes they are found by. */
struct sealed {
    struct blob name, idno, phone;
    const char *name_find, *idno_find, *phone_find, *tail_find;
    const int64_t *birth_year;
};

static err_t seal_numbers(struct ctx *cx, const char *name, const char *idno, const char *phone, struct sealed *s)
{
    struct idno id;
    *s = (struct sealed){.name_find = person_key(cx, "person.name", name)};
    TRY(seal(cx, "person.name", name, &s->name));
    if (idno != NULL) {
        const char *wrong = idno_read(idno, day_of(cx->now, DAY_ZONE), &id);
        if (wrong != NULL)
            return SAY(cx, E_INVALID, "idno", wrong);
        int64_t *year = ARENA_NEW(cx->arena, int64_t);
        *year = id.birth / 10000;
        s->birth_year = year;
        s->idno_find = person_key(cx, "person.idno", id.text);
        TRY(seal(cx, "person.idno", id.text, &s->idno));
    }
    if (phone != NULL) {
        size_t n = strlen(phone);
        s->phone_find = person_key(cx, "person.phone", phone);
        if (n >= 4)
            s->tail_find = person_key(cx, "person.tail", phone + n - 4);
        TRY(seal(cx, "person.phone", phone, &s->phone));
    }
    return E_OK;
}

struct stored { /* a person's own words, in clear, inside this file only */
    struct q_person_row row;
    const char *name, *idno, *phone;
};

static err_t stored_get(struct ctx *cx, int64_t id, struct stored *s)
{
    TRY(person_row(cx, id, &s->row));
    TRY(unseal(cx, "person.name", s->row.name, &s->name));
    TRY(unseal(cx, "person.idno", s->row.idno, &s->idno));
    return unseal(cx, "person.phone", s->row.phone, &s->phone);
}

static err_t change(struct ctx *cx, const struct stored *old, const char *name, const char *idno, const char *phone, int64_t street,
                    const char *category, int64_t version)
{
    struct sealed s;
    size_t changed;
    TRY(seal_numbers(cx, name, idno, phone, &s));
    struct q_person_change_in in = {
        .id = old->row.id, .version = version, .name = s.name, .name_find = s.name_find, .idno = s.idno, .idno_find = s.idno_find,
        .phone = s.phone, .phone_find = s.phone_find, .tail_find = s.tail_find, .birth_year = s.birth_year,
        .district = street != 0 ? street / 1000 : old->row.district, .street = street, .category = category,
    };
    TRY(q_person_change(cx, &in, &changed));
    return changed == 1 ? E_OK : FAIL(cx, E_CONFLICT, NULL, "person %lld moved under us", (long long)in.id);
}

/* ---- registering ---- */

struct registering {
    const struct person_in *in;
    int64_t id;
    bool known, no_doubles; /* no_doubles: a known person is a failure */
};

static bool same_name(struct ctx *cx, const char *a, const char *b)
{
    return strcmp(text_fold(cx->arena, a, strlen(a)), text_fold(cx->arena, b, strlen(b))) == 0;
}

/* The person known already by these words; 0 = nobody. */
static err_t known_person(struct ctx *cx, const struct person_in *in, int64_t *id)
{
    struct q_person_by_idno_row *one;
    struct q_person_by_phone_name_row *same;
    struct q_person_by_name_street_row *near;
    size_t n;
    *id = 0;
    const char *name_find = person_key(cx, "person.name", in->name);
    if (in->idno != NULL) {
        TRY(q_person_by_idno(cx, &(struct q_person_by_idno_in){.idno_find = person_key(cx, "person.idno", in->idno)}, &one, &n));
        if (n > 0) {
            *id = one[0].id;
            return E_OK;
        }
    }
    if (in->phone != NULL) {
        struct q_person_by_phone_name_in q = {.phone_find = person_key(cx, "person.phone", in->phone), .name_find = name_find};
        TRY(q_person_by_phone_name(cx, &q, &same, &n));
        *id = n > 0 ? same[0].id : 0;
    } else if (in->idno == NULL && in->street != NULL) {
        TRY(q_person_by_name_street(cx, &(struct q_person_by_name_street_in){.name_find = name_find, .street = *in->street}, &near, &n));
        *id = n > 0 ? near[0].id : 0;
    }
    return E_OK;
}

/* Adds what was not known so far; a newer phone replaces the old one when the identity number is the same. */
static err_t merge(struct ctx *cx, const struct stored *old, const struct person_in *in)
{
    bool sure = old->idno != NULL && in->idno != NULL;
    const char *idno = old->idno != NULL ? old->idno : in->idno;
    const char *phone = in->phone != NULL && (old->phone == NULL || sure) ? in->phone : old->phone;
    int64_t street = in->street != NULL ? *in->street : old->row.street;
    const char *category = in->category != NULL && *in->category != '\0' ? in->category : old->row.category;
    bool same = idno == old->idno && street == old->row.street && strcmp(category, old->row.category) == 0 &&
                (phone == old->phone || (old->phone != NULL && strcmp(phone, old->phone) == 0));
    if (same)
        return E_OK;
    TRY(change(cx, old, old->name, idno, phone, street, category, old->row.version));
    return audit_add(cx, "person.complete", "person", old->row.id, NULL);
}

static err_t insert(struct ctx *cx, const struct person_in *in, int64_t *id)
{
    struct sealed s;
    struct q_person_insert_row *rows;
    size_t n;
    char token[44];
    TRY(seal_numbers(cx, in->name, in->idno, in->phone, &s));
    hash_token(token); /* the code is made of the number, which is not known before */
    int64_t street = in->street == NULL ? 0 : *in->street;
    struct q_person_insert_in row = {
        .code = token, .name = s.name, .name_find = s.name_find, .idno = s.idno, .idno_find = s.idno_find, .phone = s.phone,
        .phone_find = s.phone_find, .tail_find = s.tail_find, .birth_year = s.birth_year, .district = street / 1000, .street = street,
        .category = in->category == NULL ? "" : in->category, .created_at = cx->now, .created_by = cx->actor.account_id,
        .station_id = cx->actor.station_id != 0 ? &cx->actor.station_id : NULL,
    };
    TRY(q_person_insert(cx, &row, &rows, &n));
    if (n == 0)
        return FAIL(cx, E_BUSY, NULL, "the same identity number is being registered");
    *id = rows[0].id;
    TRY(q_person_name_code(cx, &(struct q_person_name_code_in){.id = *id}, NULL));
    return audit_add(cx, "person.register", "person", *id, NULL);
}

static err_t register_tx(struct ctx *cx, void *arg)
{
    struct registering *r = arg;
    struct stored old;
    TRY(known_person(cx, r->in, &r->id));
    r->known = r->id != 0;
    if (!r->known)
        return insert(cx, r->in, &r->id);
    if (r->no_doubles)
        return SAY(cx, E_CONFLICT, NULL, N_("这位求职者在驿站登记过。请带身份证到任意驿站，由工作人员核对后绑定账号。"));
    TRY(stored_get(cx, r->id, &old));
    if (!same_name(cx, old.name, r->in->name))
        return SAY(cx, E_INVALID, "name", N_("这个身份证号登记的是另一个姓名，请对照证件检查姓名和号码。"));
    if (old.idno != NULL && r->in->idno != NULL && strcmp(old.idno, r->in->idno) != 0) {
        r->known = false; /* same name and phone, but another number: a relative with the same phone is somebody else */
        return insert(cx, r->in, &r->id);
    }
    return merge(cx, &old, r->in);
}

static err_t check_in(struct ctx *cx, const struct person_in *in)
{
    if (in->name == NULL || *in->name == '\0')
        return SAY(cx, E_INVALID, "name", N_("请填写姓名；不愿意留姓名的，用“不留姓名”办理。"));
    if (in->idno == NULL && in->phone == NULL && in->street == NULL)
        return SAY(cx, E_INVALID, "idno", N_("身份证号、手机号、住的街道，至少填一样，下次才找得到。"));
    return E_OK;
}

err_t person_register(struct ctx *cx, const struct person_in *in, int64_t *id, bool *known)
{
    struct registering r = {.in = in};
    TRY(check_in(cx, in));
    TRY(store_tx(cx, STORE_WRITE, register_tx, &r));
    *id = r.id;
    *known = r.known;
    return E_OK;
}

/* ---- correcting ---- */

struct correcting {
    int64_t id;
    const struct person_in *in;
    bool partial; /* NULL stays as it is */
};

static err_t idno_is_free(struct ctx *cx, int64_t id, const char *idno)
{
    struct q_person_by_idno_row *other;
    size_t n;
    if (idno == NULL)
        return E_OK;
    TRY(q_person_by_idno(cx, &(struct q_person_by_idno_in){.idno_find = person_key(cx, "person.idno", idno)}, &other, &n));
    if (n > 0 && other[0].id != id)
        return SAY(cx, E_INVALID, "idno", N_("这个身份证号已经登记在另一位求职者名下，请核对证件。"));
    return E_OK;
}

static err_t correct_tx(struct ctx *cx, void *arg)
{
    const struct correcting *c = arg;
    const struct person_in *in = c->in;
    struct stored old;
    TRY(stored_get(cx, c->id, &old));
    if (old.row.erase_on != NULL)
        return SAY(cx, E_STATE, NULL, N_("本人已要求删除，资料只保存不再使用，不能修改。"));
    TRY(idno_is_free(cx, c->id, in->idno));
    const char *idno = in->idno == NULL && c->partial ? old.idno : in->idno, *phone = in->phone == NULL && c->partial ? old.phone : in->phone;
    const char *category = in->category != NULL ? in->category : c->partial ? old.row.category : "";
    int64_t street = in->street != NULL ? *in->street : c->partial ? old.row.street : 0;
    TRY(change(cx, &old, in->name != NULL ? in->name : old.name, idno, phone, street, category,
               in->version != 0 ? in->version : old.row.version));
    return audit_add(cx, "person.correct", "person", c->id, NULL);
}

err_t person_correct(struct ctx *cx, int64_t id, const struct person_in *in)
{
    TRY(check_in(cx, in));
    return store_tx(cx, STORE_WRITE, correct_tx, &(struct correcting){id, in, false});
}

err_t person_amend(struct ctx *cx, int64_t id, const struct person_in *in)
{
    return store_tx(cx, STORE_WRITE, correct_tx, &(struct correcting){id, in, true});
}

err_t person_own(struct ctx *cx, int64_t id, struct person_in *out)
{
    struct stored s;
    TRY(stored_get(cx, id, &s));
    *out = (struct person_in){.name = s.name, .idno = s.idno, .phone = s.phone, .category = s.row.category, .version = s.row.version};
    if (s.row.street != 0) {
        int64_t *street = ARENA_NEW(cx->arena, int64_t);
        *street = s.row.street;
        out->street = street;
    }
    return E_OK;
}

/* ---- the account of a seeker ---- */

static err_t claim_tx(struct ctx *cx, void *arg)
{
    struct registering *r = arg;
    size_t changed;
    TRY(register_tx(cx, r));
    TRY(q_person_account_join(cx, &(struct q_person_account_join_in){.id = cx->actor.account_id, .person_id = &r->id}, &changed));
    if (changed != 1)
        return FAIL(cx, E_CONFLICT, NULL, "account %lld has a person already", (long long)cx->actor.account_id);
    return audit_add(cx, "person.claim", "person", r->id, NULL);
}

err_t person_claim(struct ctx *cx, const struct person_in *in, int64_t *id)
{
    struct registering r = {.in = in, .no_doubles = true};
    TRY(check_in(cx, in));
    if (cx->actor.person_id != 0) {
        *id = cx->actor.person_id;
        return person_correct(cx, *id, in);
    }
    TRY(store_tx(cx, STORE_WRITE, claim_tx, &r));
    *id = r.id;
    return E_OK;
}

struct joining {
    int64_t id;
    const char *login;
};

static err_t join_tx(struct ctx *cx, void *arg)
{
    const struct joining *j = arg;
    struct q_person_account_named_row *rows;
    struct q_person_row person;
    size_t n;
    TRY(person_row(cx, j->id, &person));
    TRY(q_person_account_named(cx, &(struct q_person_account_named_in){.login = j->login}, &rows, &n));
    if (n == 0)
        return SAY(cx, E_INVALID, "login", N_("没有这个求职者账号，请检查登录名。"));
    if (rows[0].person_id != NULL && *rows[0].person_id == j->id)
        return E_OK;
    TRY(q_person_account_join(cx, &(struct q_person_account_join_in){.id = rows[0].id, .person_id = &j->id}, &n));
    if (n != 1)
        return SAY(cx, E_CONFLICT, "login", N_("这个账号已经绑定了另一位求职者。"));
    return audit_add(cx, "person.join", "person", j->id, NULL);
}

err_t person_join(struct ctx *cx, int64_t id, const char *login)
{
    return store_tx(cx, STORE_WRITE, join_tx, &(struct joining){id, account_login(cx, login)});
}
