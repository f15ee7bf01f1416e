#include "city/counter/reasons.h"

#include "base/field.h"
#include "base/maybe.h"
#include "base/text.h"
#include "city/choices.h"
#include "city/jobs/jobs.h"

#include <stdint.h>
#include <string.h>

#define WEEKEND "weekend" /* the engine has one bit for weekends and for hours one may choose */

/* ---- the wish as the engine takes it ---- */

/* The next code of "a,b": its start and length; returns where to go on. */
static const char *code_next(const char *list, const char **code, size_t *len)
{
    *code = list;
    *len = strcspn(list, ",");
    return list + *len + (list[*len] == ',');
}

enum { WISHED = 8, SURE = 400 /* of 1000: below it the engine only guesses what a word means */ };

/* Bytes of the blank or mark between two words at `s`; 0 when a word stands there. */
static size_t word_gap(const char *s)
{
    static const char *const marks[] = {"、", "，", "；", ",", ";", " ", "/", "。"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (strncmp(s, marks[i], strlen(marks[i])) == 0)
            return strlen(marks[i]);
    return 0;
}

static size_t word_length(const char *s)
{
    size_t n = 0;
    while (s[n] != '\0' && word_gap(s + n) == 0)
        n++;
    return n;
}

static size_t certificates(struct ctx *cx, const char *list, const int32_t **out)
{
    int32_t *v = ARENA_ARRAY(cx->arena, int32_t, MATCH_CERTS_MAX * 4);
    const char *code;
    size_t n = 0, len;
    while (*list != '\0' && n < MATCH_CERTS_MAX * 4) {
        list = code_next(list, &code, &len);
        int32_t number = certificate_number(arena_strndup(cx->arena, code, len));
        if (number > 0)
            v[n++] = number;
    }
    *out = v;
    return n;
}

/* The occupations wished: the one that was picked, then what each of the person's words is called in the list of occupations. */
static void wished(struct ctx *cx, const struct match *m, const struct wish *w, struct match_list *out)
{
    int64_t *codes = ARENA_ARRAY(cx->arena, int64_t, WISHED);
    int32_t picked = match_pack(or_empty(w->occupation));
    size_t n = 0;
    if (picked != 0)
        codes[n++] = picked;
    for (const char *p = text_clean(cx->arena, or_empty(w->words), strlen(or_empty(w->words))); *p != '\0' && n < WISHED;) {
        const struct match_occupation *o;
        size_t found = 0, len = word_length(p);
        struct fail before = cx->fail;
        if (len > 0 && match_occupation(cx, m, arena_strndup(cx->arena, p, len), 1, &o, &found) != E_OK)
            cx->fail = before; /* a word that is nothing to the engine is no wish, and no failure */
        for (size_t i = 0; i < found && o[i].score >= SURE; i++)
            codes[n++] = o[i].code;
        p += len + word_gap(p + len);
    }
    *out = (struct match_list){codes, n};
}

/* Hours that one may choose suit whoever named a shift. */
static uint8_t accepted_shifts(const char *codes)
{
    uint8_t bits = codes != NULL ? shift_bits(codes) : 0;
    return bits != 0 ? (uint8_t)(bits | MATCH_FLEXIBLE) : 0;
}

void reason_person(struct ctx *cx, const struct match *m, const struct wish *w, int32_t lat, int32_t lng, struct match_person *out)
{
    bool skills = *or_empty(w->skills) != '\0', words = *or_empty(w->words) != '\0';
    *out = (struct match_person){
        .wage_floor = w->wage_floor == NULL ? 0 : *w->wage_floor, .lat = lat, .lng = lng,
        .radius = w->radius_km == NULL || (lat == 0 && lng == 0) ? 0 : (int32_t)(*w->radius_km * 1000),
        .education = (uint8_t)education_rank(w->education), .experience = w->years == NULL ? 0 : (uint16_t)(*w->years * 12),
        .types = type_bits(or_empty(w->job_types)), .shifts = accepted_shifts(w->shifts),
        .words = words && skills ? arena_fmt(cx->arena, "%s %s", w->words, w->skills) : words ? w->words : skills ? w->skills : NULL,
    };
    out->n_certificates = certificates(cx, or_empty(w->certificates), &out->certificates);
    wished(cx, m, w, &out->occupations);
}

/* ---- sentences ---- */

static const char *fill1(struct ctx *cx, const char *msgid, const char *name, const char *value)
{
    return text_fill(cx->arena, tr(cx, msgid), name, value, NULL);
}

static const char *fill2(struct ctx *cx, const char *msgid, const char *a, const char *va, const char *b, const char *vb)
{
    return text_fill(cx->arena, tr(cx, msgid), a, va, b, vb, NULL);
}

static const char *yuan(struct ctx *cx, int64_t fen) { return form_yuan(cx->arena, fen); }

static const char *metres(struct ctx *cx, int64_t m)
{
    if (m < 1000)
        return fill1(cx, N_("{n} 米"), "n", arena_fmt(cx->arena, "%lld", (long long)(m < 50 ? 50 : (m + 49) / 50 * 50)));
    if (m % 1000 < 50 || m >= 20000)
        return fill1(cx, N_("{n} 公里"), "n", arena_fmt(cx->arena, "%lld", (long long)m / 1000));
    return fill1(cx, N_("{n} 公里"), "n", arena_fmt(cx->arena, "%lld.%lld", (long long)m / 1000, (long long)m % 1000 / 100));
}

static const char *months(struct ctx *cx, int64_t n)
{
    const char *years = arena_fmt(cx->arena, "%lld", (long long)n / 12), *rest = arena_fmt(cx->arena, "%lld", (long long)n % 12);
    if (n < 12)
        return fill1(cx, N_("{n} 个月"), "n", rest);
    return n % 12 == 0 ? fill1(cx, N_("{n} 年"), "n", years) : fill2(cx, N_("{n} 年 {m} 个月"), "n", years, "m", rest);
}

static const char *education(struct ctx *cx, int64_t rank) { return tr(cx, choice_label(education_choices, education_code(rank))); }

/* The words of those codes of "a,b" that share a bit with `only`. */
static const char *code_words(struct ctx *cx, const char *list, const struct choice *choices, uint8_t (*bits)(const char *), unsigned only)
{
    struct buf b = {.a = cx->arena};
    const char *code;
    size_t len;
    while (*list != '\0') {
        list = code_next(list, &code, &len);
        const char *one = arena_strndup(cx->arena, code, len);
        if ((bits(one) & only) == 0)
            continue;
        if (b.len > 0)
            buf_str(&b, tr(cx, N_("、")));
        buf_str(&b, tr(cx, choice_label(choices, one)));
    }
    return buf_text(&b);
}

const char *certificate_word(struct ctx *cx, int32_t number)
{
    int32_t n = 0;
    while (certificate_choices[n].code != NULL)
        n++;
    return tr(cx, number > 0 && number <= n ? certificate_choices[number - 1].label : N_("一项证书"));
}

/* Each maker says one thing; .say = NULL: there is nothing to say. */
typedef struct reason maker(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f);

static struct reason say(const struct match_reason *r, enum reason_state state, const char *text)
{
    return (struct reason){.kind = r->kind, .state = state, .say = text};
}

static struct reason occupation(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->code == 0)
        return say(r, REASON_NOTE, NULL);
    const char *text = r->have >= 4   ? N_("就是您想做的职业")
                       : r->have == 3 ? N_("和您想做的职业是同一小类")
                       : r->have == 2 ? N_("不是您想做的职业，只是同一中类")
                       : r->have == 1 ? N_("不是您想做的职业，只是同一大类")
                                      : N_("不是您想做的职业");
    return say(r, r->have >= 3 ? REASON_FITS : REASON_MISSES, tr(cx, text));
}

static struct reason skills(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->need == 0 || r->have == 0)
        return say(r, REASON_NOTE, NULL);
    return say(r, REASON_NOTE, fill2(cx, N_("岗位提到的 {need} 项技能，您说到 {have} 项"), "need", arena_fmt(cx->arena, "%lld", (long long)r->need),
                                     "have", arena_fmt(cx->arena, "%lld", (long long)r->have)));
}

static struct reason distance(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->have < 0)
        return say(r, r->need > 0 ? REASON_UNKNOWN : REASON_NOTE,
                   r->need > 0 ? tr(cx, N_("地点没写清，去之前问一问远不远")) : NULL);
    const char *far = metres(cx, r->have);
    if (r->need <= 0)
        return say(r, REASON_NOTE, fill1(cx, N_("离您说的地方约 {far}"), "far", far));
    if (r->have <= r->need)
        return say(r, REASON_FITS, fill2(cx, N_("约 {far}，在 {most}以内"), "far", far, "most", metres(cx, r->need)));
    if (r->met)
        return say(r, REASON_FITS, fill1(cx, N_("约 {far}，在您愿意去的区"), "far", far));
    return say(r, REASON_MISSES, fill2(cx, N_("约 {far}，比您说的远 {more}"), "far", far, "more", metres(cx, r->have - r->need)));
}

static struct reason wage(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->need <= 0)
        return say(r, REASON_NOTE, NULL);
    if (r->have <= 0)
        return say(r, REASON_UNKNOWN, tr(cx, N_("工资没写明，去之前问清楚")));
    if (r->have >= r->need)
        return say(r, REASON_FITS, fill2(cx, N_("每月最多 {most} 元，您要 {floor} 元"), "most", yuan(cx, r->have), "floor", yuan(cx, r->need)));
    return say(r, REASON_MISSES, fill2(cx, N_("每月最多 {most} 元，比您要的少 {less} 元"), "most", yuan(cx, r->have), "less",
                                       yuan(cx, r->need - r->have)));
}

static struct reason schooling(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->need <= 0)
        return say(r, REASON_FITS, tr(cx, N_("没有学历要求")));
    const char *need = education(cx, r->need);
    if (r->have <= 0)
        return say(r, REASON_UNKNOWN, fill1(cx, N_("要{need}，您的学历没登记"), "need", need));
    return say(r, r->have >= r->need ? REASON_FITS : REASON_MISSES,
               fill2(cx, N_("要{need}，您是{have}"), "need", need, "have", education(cx, r->have)));
}

static struct reason experience(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->need <= 0)
        return say(r, REASON_FITS, tr(cx, N_("没有经验要求")));
    if (r->have <= 0)
        return say(r, REASON_MISSES, fill1(cx, N_("要干过 {need}，您没登记同类经验"), "need", months(cx, r->need)));
    if (r->have >= r->need)
        return say(r, REASON_FITS, fill2(cx, N_("要干过 {need}，您有 {have}"), "need", months(cx, r->need), "have", months(cx, r->have)));
    return say(r, REASON_MISSES, text_fill(cx->arena, tr(cx, N_("要干过 {need}，您有 {have}，差 {less}")), "need", months(cx, r->need), "have",
                                           months(cx, r->have), "less", months(cx, r->need - r->have), NULL));
}

static struct reason certificate(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    const char *name = certificate_word(cx, (int32_t)r->code);
    return r->have >= r->need ? say(r, REASON_FITS, fill1(cx, N_("要{name}，您有"), "name", name))
                              : say(r, REASON_MISSES, fill1(cx, N_("要{name}，您没登记"), "name", name));
}

/* Of the ad's hours that suit, is every one a weekend shift that the person said nothing of? */
static bool only_weekends(struct ctx *cx, const struct reason_facts *f, unsigned need)
{
    const char *code, *list = f->shifts, *wanted = f->want_shifts;
    size_t len;
    bool some = false;
    while (*wanted != '\0') {
        wanted = code_next(wanted, &code, &len);
        if (len == strlen(WEEKEND) && memcmp(code, WEEKEND, len) == 0)
            return false;
    }
    while (*list != '\0') {
        list = code_next(list, &code, &len);
        bool weekend = len == strlen(WEEKEND) && memcmp(code, WEEKEND, len) == 0;
        if (!weekend && (shift_bits(arena_strndup(cx->arena, code, len)) & need))
            return false;
        some |= weekend;
    }
    return some;
}

static struct reason shift(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    unsigned have = (unsigned)r->have, need = (unsigned)r->need;
    if (need == 0)
        return say(r, REASON_NOTE, NULL);
    if (have == 0)
        return say(r, REASON_UNKNOWN, tr(cx, N_("没写班次，去之前问一问")));
    if ((have & need) && only_weekends(cx, f, need))
        return say(r, REASON_UNKNOWN, tr(cx, N_("是周末班，您没说能不能上")));
    if (have & need)
        return say(r, REASON_FITS, fill1(cx, N_("班次能上：{shift}"), "shift", code_words(cx, f->shifts, shift_choices, shift_bits, need)));
    return say(r, REASON_MISSES, fill2(cx, N_("班次是{have}，您想上{need}"), "have", code_words(cx, f->shifts, shift_choices, shift_bits, ~0u),
                                       "need", code_words(cx, f->want_shifts, shift_choices, shift_bits, ~0u)));
}

static struct reason type(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    unsigned have = (unsigned)r->have, need = (unsigned)r->need;
    if (need == 0)
        return say(r, REASON_NOTE, NULL);
    if (have == 0)
        return say(r, REASON_UNKNOWN, tr(cx, N_("没写是全职还是零工，去之前问一问")));
    if (have & need)
        return say(r, REASON_FITS, fill1(cx, N_("工作方式：{type}"), "type", code_words(cx, f->types, job_type_choices, type_bits, need)));
    return say(r, REASON_MISSES, fill2(cx, N_("这是{have}，您想找{need}"), "have", code_words(cx, f->types, job_type_choices, type_bits, ~0u),
                                       "need", code_words(cx, f->want_types, job_type_choices, type_bits, ~0u)));
}

static struct reason freshness(struct ctx *cx, const struct match_reason *r, const struct reason_facts *f)
{
    (void)f;
    if (r->have <= 0)
        return say(r, REASON_NOTE, tr(cx, N_("今天发布或核实")));
    return say(r, REASON_NOTE, fill1(cx, N_("{n} 天前发布或核实"), "n", arena_fmt(cx->arena, "%lld", (long long)r->have)));
}

static maker *const makers[MATCH_R_COUNT] = {
    [MATCH_R_OCCUPATION] = occupation, [MATCH_R_SKILLS] = skills,          [MATCH_R_DISTANCE] = distance,
    [MATCH_R_WAGE] = wage,             [MATCH_R_EDUCATION] = schooling,    [MATCH_R_EXPERIENCE] = experience,
    [MATCH_R_CERTIFICATE] = certificate, [MATCH_R_SHIFT] = shift,          [MATCH_R_TYPE] = type,
    [MATCH_R_FRESHNESS] = freshness,
};

size_t reason_list(struct ctx *cx, const struct match_recommendation *m, const struct reason_facts *f, struct reason *out, size_t cap, int *met,
                   int *total)
{
    size_t n = 0;
    *met = *total = 0;
    for (size_t i = 0; i < m->n && n < cap; i++) {
        maker *make = m->reasons[i].kind < MATCH_R_COUNT ? makers[m->reasons[i].kind] : NULL;
        if (make == NULL)
            continue;
        out[n] = make(cx, &m->reasons[i], f);
        if (out[n].say == NULL)
            continue;
        *total += out[n].state != REASON_NOTE;
        *met += out[n].state == REASON_FITS;
        n++;
    }
    return n;
}

static const char *const state_codes[] = {[REASON_FITS] = "fits", [REASON_MISSES] = "misses", [REASON_UNKNOWN] = "unknown", [REASON_NOTE] = "note"};

void reason_view(struct ctx *cx, struct view *list, const struct reason *r, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "state", state_codes[r[i].state]);
        view_str(cx->arena, v, "say", r[i].say);
        view_bool(cx->arena, v, "fits", r[i].state == REASON_FITS);
        view_bool(cx->arena, v, "misses", r[i].state == REASON_MISSES);
        view_bool(cx->arena, v, "unknown", r[i].state == REASON_UNKNOWN);
    }
}

const char *reason_json(struct ctx *cx, const struct reason *r, size_t n)
{
    struct buf b = {.a = cx->arena};
    struct view *o = view_obj(cx->arena), *list = view_list(cx->arena, o, "reasons");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "state", state_codes[r[i].state]);
        view_str(cx->arena, v, "say", r[i].say);
    }
    view_json(&b, o);
    return buf_text(&b);
}
