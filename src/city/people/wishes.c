/* Wishes: the few questions that a recommendation needs. And "not for me". */
#include "city/people/people.h"

#include "base/maybe.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/jobs/jobs.h"
#include "city/people/people_impl.h"
#include "store/store.h"

#include "people.sql.h"

#include <stddef.h>
#include <string.h>

const struct field wish_fields[] = {
    {"words", F_TEXT, F_WIDE, N_("想做什么"), N_("用自己的话说，比如：护理、做饭、保洁"), .max = 100, .off = offsetof(struct wish, words)},
    {"wage_floor", F_MONEY, 0, N_("每月至少多少元"), .max = 20000000, .off = offsetof(struct wish, wage_floor)},
    {"street", F_STREET, 0, N_("离哪儿近"), N_("街道或镇的名字"), .off = offsetof(struct wish, street)},
    {"radius_km", F_INT, 0, N_("最远多少公里"), .min = 1, .max = 100, .off = offsetof(struct wish, radius_km)},
    {"job_types", F_CHOICES, 0, N_("工作方式"), .choices = job_type_choices, .off = offsetof(struct wish, job_types)},
    {"shifts", F_CHOICES, 0, N_("哪些班能上"), N_("不选就是都可以"), .choices = shift_choices, .off = offsetof(struct wish, shifts)},
    {"education", F_CHOICE, 0, N_("学历"), .choices = education_choices, .off = offsetof(struct wish, education)},
    {"years", F_INT, 0, N_("干过几年"), N_("同类工作的年数"), .max = 60, .off = offsetof(struct wish, years)},
    {"certificates", F_TEXT, F_WIDE, N_("有什么证"), N_("用顿号分开，比如：健康证、电工证、驾照 C1"), .max = 120, .off = offsetof(struct wish, certificates)},
    {"skills", F_TEXT, 0, N_("会什么、干过什么"), .max = 200, .off = offsetof(struct wish, skills)},
    {"occupation", F_OCCUPATION, 0, N_("职业（标准名称）"), N_("可以不填"), .off = offsetof(struct wish, occupation)},
    {0},
};

static const char *const education_codes[MATCH_EDU_COUNT] = { /* the first code of a step of enum match_education */
    [MATCH_EDU_ANY] = "any",         [MATCH_EDU_PRIMARY] = "junior",    [MATCH_EDU_JUNIOR] = "junior", [MATCH_EDU_SENIOR] = "senior",
    [MATCH_EDU_COLLEGE] = "college", [MATCH_EDU_BACHELOR] = "bachelor", [MATCH_EDU_MASTER] = "master", [MATCH_EDU_DOCTOR] = "doctor",
};

int64_t education_rank(const char *code)
{
    if (code != NULL && strcmp(code, "vocational") == 0)
        return MATCH_EDU_SENIOR;
    for (int64_t i = MATCH_EDU_DOCTOR; code != NULL && i > MATCH_EDU_ANY; i--)
        if (strcmp(education_codes[i], code) == 0)
            return i;
    return MATCH_EDU_ANY;
}

const char *education_code(int64_t rank)
{
    return education_codes[rank > 0 && rank < MATCH_EDU_COUNT ? rank : MATCH_EDU_ANY];
}

err_t wish_get(struct ctx *cx, int64_t person_id, struct wish *out)
{
    struct q_wish_row *rows;
    size_t n;
    *out = (struct wish){.words = "", .occupation = "", .districts = "", .job_types = "", .shifts = "", .certificates = "", .skills = "",
                         .education = education_codes[0]};
    TRY(q_wish(cx, &(struct q_wish_in){.person_id = person_id}, &rows, &n));
    if (n == 0)
        return E_OK;
    const struct q_wish_row *r = &rows[0];
    *out = (struct wish){
        .words = r->words, .occupation = r->occupations, .districts = r->districts, .job_types = r->job_types, .shifts = r->shifts,
        .certificates = r->certificates, .skills = r->skills, .education = education_code(r->education), .wage_floor = r->wage_floor,
        .street = r->street == 0 ? NULL : just(cx->arena, r->street),
        .radius_km = r->radius_m == NULL ? NULL : just(cx->arena, *r->radius_m / 1000),
        .years = r->experience == 0 ? NULL : just(cx->arena, r->experience / 12), .updated_at = r->updated_at,
    };
    return E_OK;
}

/* "健康证、电工证，叉车证" -> "健康证,电工证,叉车证"; a blank inside a name ("驾照 C1") stays. */
static const char *words_split(struct ctx *cx, const char *s)
{
    static const char *const marks[] = {"、", "，", "；", ";", ","};
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

struct saving {
    int64_t person_id;
    const struct wish *w;
};

/* ---- certificates: people write words, codes are stored ---- */

/* The certificate that a word names: its code, its name, or the only name that begins with the word. NULL when none or several do. */
static const char *certificate_code(struct ctx *cx, const char *word)
{
    const char *folded = text_fold(cx->arena, word, strlen(word)), *begins = NULL;
    int n = 0;
    for (const struct choice *c = certificate_choices; c->code != NULL; c++) {
        const char *label = text_fold(cx->arena, c->label, strlen(c->label)), *here = tr(cx, c->label);
        here = text_fold(cx->arena, here, strlen(here));
        if (strcmp(c->code, folded) == 0 || strcmp(label, folded) == 0 || strcmp(here, folded) == 0)
            return c->code;
        if (strncmp(label, folded, strlen(folded)) == 0) {
            begins = c->code;
            n++;
        }
    }
    return n == 1 ? begins : NULL;
}

static bool in_list(const char *codes, const char *code)
{
    size_t len = strlen(code);
    for (const char *at = codes; (at = strstr(at, code)) != NULL; at += len)
        if ((at == codes || at[-1] == ',') && (at[len] == '\0' || at[len] == ','))
            return true;
    return false;
}

static err_t certificate_codes(struct ctx *cx, const char *words, const char **out)
{
    const char *list = words_split(cx, words);
    *out = "";
    while (*list != '\0') {
        size_t len = strcspn(list, ",");
        const char *word = arena_strndup(cx->arena, list, len), *code = certificate_code(cx, word);
        if (code == NULL)
            return SAY(cx, E_INVALID, "certificates",
                       text_fill(cx->arena, tr(cx, N_("不认识“{word}”这种证，请写全称，或者写到“会什么”里。")), "word", word, NULL));
        if (!in_list(*out, code))
            *out = **out == '\0' ? code : arena_fmt(cx->arena, "%s,%s", *out, code);
        list += len + (list[len] == ',');
    }
    return E_OK;
}

struct pairs wish_pairs(struct ctx *cx, const struct wish *w)
{
    struct wish shown = *w;
    struct buf b = {.a = cx->arena};
    for (const char *p = or_empty(w->certificates); *p != '\0';) {
        size_t len = strcspn(p, ",");
        if (b.len > 0)
            buf_str(&b, tr(cx, N_("、")));
        buf_str(&b, tr(cx, choice_label(certificate_choices, arena_strndup(cx->arena, p, len))));
        p += len + (p[len] == ',');
    }
    shown.certificates = buf_text(&b);
    return form_pairs(cx, wish_fields, &shown);
}

static err_t save_tx(struct ctx *cx, void *arg)
{
    const struct saving *s = arg;
    const struct wish *w = s->w;
    struct q_person_row person;
    const char *certificates;
    TRY(person_row(cx, s->person_id, &person));
    if (person.erase_on != NULL)
        return SAY(cx, E_STATE, NULL, N_("本人已要求删除，资料只保存不再使用，不能修改。"));
    TRY(certificate_codes(cx, w->certificates, &certificates));
    struct q_wish_put_in in = {
        .person_id = s->person_id, .words = or_empty(w->words), .occupations = or_empty(w->occupation), .wage_floor = w->wage_floor,
        .street = w->street == NULL ? 0 : *w->street, .radius_m = w->radius_km == NULL ? NULL : just(cx->arena, *w->radius_km * 1000),
        .districts = or_empty(w->districts), .job_types = or_empty(w->job_types), .shifts = or_empty(w->shifts),
        .education = education_rank(w->education), .experience = w->years == NULL ? 0 : *w->years * 12,
        .certificates = certificates, .skills = or_empty(w->skills), .updated_at = cx->now,
    };
    TRY(q_wish_put(cx, &in, NULL));
    TRY(change_add(cx, "person", s->person_id));
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
