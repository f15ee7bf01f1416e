/* Wishes: the few questions that a recommendation needs. And "not for me". */
#include "city/people/people.h"

#include "base/text.h"
#include "city/people/people_impl.h"

#include "people.sql.h"

#include <stddef.h>
#include <string.h>

const struct choice person_education[] = { /* in the order of enum match_education */
    {"unknown", N_("没有登记")}, {"primary", N_("小学")},  {"junior", N_("初中")}, {"senior", N_("高中、中专、技校")},
    {"college", N_("大专")},     {"bachelor", N_("本科")}, {"master", N_("硕士")}, {"doctor", N_("博士")},
    {0},
};
const struct choice person_shifts[] = { /* in the order of the bits of enum match_shift */
    {"day", N_("长白班")}, {"night", N_("夜班")}, {"two", N_("两班倒")}, {"three", N_("三班倒")}, {"flexible", N_("弹性时间")}, {0},
};
const struct choice person_job_types[] = {
    {"full", N_("全职")}, {"part", N_("兼职、小时工")}, {"gig", N_("零工、日结")}, {"intern", N_("实习、见习")}, {0},
};

const struct field wish_fields[] = {
    {"words", F_TEXT, F_WIDE, N_("想做什么"), N_("用自己的话说，比如：护理、做饭、保洁"), .max = 100, .off = offsetof(struct wish, words)},
    {"wage_floor", F_MONEY, 0, N_("每月至少多少元"), .max = 20000000, .off = offsetof(struct wish, wage_floor)},
    {"street", F_STREET, 0, N_("离哪儿近"), N_("街道或镇的名字"), .off = offsetof(struct wish, street)},
    {"radius_km", F_INT, 0, N_("最远多少公里"), .min = 1, .max = 100, .off = offsetof(struct wish, radius_km)},
    {"job_types", F_CHOICES, 0, N_("工作方式"), .choices = person_job_types, .off = offsetof(struct wish, job_types)},
    {"shifts", F_CHOICES, 0, N_("哪些班能上"), N_("不选就是都可以"), .choices = person_shifts, .off = offsetof(struct wish, shifts)},
    {"education", F_CHOICE, 0, N_("学历"), .choices = person_education, .off = offsetof(struct wish, education)},
    {"years", F_INT, 0, N_("干过几年"), N_("同类工作的年数"), .max = 60, .off = offsetof(struct wish, years)},
    {"certificates", F_TEXT, 0, N_("有什么证"), N_("用顿号分开，比如：健康证、电工证"), .max = 100, .off = offsetof(struct wish, certificates)},
    {"skills", F_TEXT, 0, N_("会什么、干过什么"), .max = 200, .off = offsetof(struct wish, skills)},
    {"occupation", F_OCCUPATION, 0, N_("职业（标准名称）"), N_("可以不填"), .off = offsetof(struct wish, occupation)},
    {0},
};

int64_t education_rank(const char *code)
{
    for (int64_t i = 0; code != NULL && person_education[i].code != NULL; i++)
        if (strcmp(person_education[i].code, code) == 0)
            return i;
    return 0;
}

const char *education_code(int64_t rank)
{
    int64_t n = (int64_t)(sizeof person_education / sizeof *person_education) - 1;
    return person_education[rank > 0 && rank < n ? rank : 0].code;
}

static const int64_t *number(struct ctx *cx, int64_t v)
{
    int64_t *p = ARENA_NEW(cx->arena, int64_t);
    *p = v;
    return p;
}

err_t wish_get(struct ctx *cx, int64_t person_id, struct wish *out)
{
    struct q_wish_row *rows;
    size_t n;
    *out = (struct wish){.words = "", .occupation = "", .districts = "", .job_types = "", .shifts = "", .certificates = "", .skills = "",
                         .education = person_education[0].code};
    TRY(q_wish(cx, &(struct q_wish_in){.person_id = person_id}, &rows, &n));
    if (n == 0)
        return E_OK;
    const struct q_wish_row *r = &rows[0];
    *out = (struct wish){
        .words = r->words, .occupation = r->occupations, .districts = r->districts, .job_types = r->job_types, .shifts = r->shifts,
        .certificates = r->certificates, .skills = r->skills, .education = education_code(r->education), .wage_floor = r->wage_floor,
        .street = r->street == 0 ? NULL : number(cx, r->street),
        .radius_km = r->radius_m == NULL ? NULL : number(cx, *r->radius_m / 1000),
        .years = r->experience == 0 ? NULL : number(cx, r->experience / 12), .updated_at = r->updated_at,
    };
    return E_OK;
}

struct saving {
    int64_t person_id;
    const struct wish *w;
};

static const char *or_empty(const char *s) { return s == NULL ? "" : s; }

/* "健康证、电工证，叉车证" -> "健康证,电工证,叉车证" */
static const char *comma_list(struct ctx *cx, const char *s)
{
    static const char *const marks[] = {"、", "，", "；", ";", " ", ","};
    struct buf b = {.a = cx->arena};
    bool gap = false;
    for (s = or_empty(s); *s != '\0';) {
        size_t skip = 0;
        for (size_t i = 0; i < sizeof marks / sizeof *marks && skip == 0; i++)
            if (strncmp(s, marks[i], strlen(marks[i])) == 0)
                skip = strlen(marks[i]);
        if (skip == 0) {
            if (gap && b.len > 0)
                buf_str(&b, ",");
            buf_add(&b, s, 1);
        }
        gap = skip > 0;
        s += skip > 0 ? skip : 1;
    }
    return buf_text(&b);
}

static err_t save_tx(struct ctx *cx, void *arg)
{
    const struct saving *s = arg;
    const struct wish *w = s->w;
    struct q_person_row person;
    TRY(person_row(cx, s->person_id, &person));
    if (person.erase_on != NULL)
        return SAY(cx, E_STATE, NULL, N_("本人已要求删除，资料只保存不再使用，不能修改。"));
    struct q_wish_put_in in = {
        .person_id = s->person_id, .words = or_empty(w->words), .occupations = or_empty(w->occupation), .wage_floor = w->wage_floor,
        .street = w->street == NULL ? 0 : *w->street, .radius_m = w->radius_km == NULL ? NULL : number(cx, *w->radius_km * 1000),
        .districts = or_empty(w->districts), .job_types = or_empty(w->job_types), .shifts = or_empty(w->shifts),
        .education = education_rank(w->education), .experience = w->years == NULL ? 0 : *w->years * 12,
        .certificates = comma_list(cx, w->certificates), .skills = or_empty(w->skills), .updated_at = cx->now,
    };
    TRY(q_wish_put(cx, &in, NULL));
    return audit_add(cx, "person.wish", "person", s->person_id, NULL);
}

err_t wish_save(struct ctx *cx, int64_t person_id, const struct wish *in)
{
    return store_tx(cx, STORE_WRITE, save_tx, &(struct saving){person_id, in});
}

/* ---- not for me ---- */

struct disliking {
    int64_t person_id, job_id;
    const char *reason;
};

static err_t dislike_tx(struct ctx *cx, void *arg)
{
    const struct disliking *d = arg;
    TRY(q_dislike_put(cx, &(struct q_dislike_put_in){.person_id = d->person_id, .job_id = d->job_id, .reason = d->reason, .at = cx->now}, NULL));
    return audit_add(cx, "person.dislike", "job", d->job_id, NULL);
}

err_t dislike_add(struct ctx *cx, int64_t person_id, int64_t job_id, const char *reason)
{
    if (reason == NULL || *reason == '\0')
        return SAY(cx, E_INVALID, "reason", N_("请选择为什么不合适，下次就不再推荐这类岗位。"));
    return store_tx(cx, STORE_WRITE, dislike_tx, &(struct disliking){person_id, job_id, reason});
}

err_t dislike_list(struct ctx *cx, int64_t person_id, struct q_dislike_list_row **rows, size_t *n)
{
    return q_dislike_list(cx, &(struct q_dislike_list_in){.person_id = person_id}, rows, n);
}
