#include "rules/certificate_number.h"

#include "base/text.h"

#include <string.h>

static bool digits(const char *s, size_t n)
{
    return strspn(s, "0123456789") >= n;
}

static bool letter(char c)
{
    return c >= 'A' && c <= 'Z';
}

static int64_t number_of(const char *s, size_t n)
{
    int64_t v = 0;
    for (size_t i = 0; i < n; i++)
        v = 10 * v + (s[i] - '0');
    return v;
}

/* Upper case, no blanks and dashes of handwriting; false when it is too long or has other characters. */
static bool tidy(struct arena *a, const char *s, bool dashes, char out[CERTIFICATE_NUMBER_MAX + 1])
{
    size_t n = 0;
    for (const char *p = text_clean(a, s, strlen(s)); *p != '\0'; p++) {
        char c = *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p;
        if (c == ' ' || (c == '-' && !dashes))
            continue;
        if (!(letter(c) || (c >= '0' && c <= '9') || c == '-') || n == CERTIFICATE_NUMBER_MAX)
            return false;
        out[n++] = c;
    }
    out[n] = '\0';
    return true;
}

static const char *read_level(struct certificate_number *o)
{
    const char *t = o->text;
    if (strlen(t) != 22)
        return N_("职业技能等级证书的编号是 22 位，现在是 {n} 位。请照证书上的编号填写。");
    if (letter(t[0]) && letter(t[1]) && digits(t + 2, 20)) {
        o->form = CERTIFICATE_TOP;
        return NULL;
    }
    if (t[0] != 'Y' && t[0] != 'S')
        return N_("职业技能等级证书的编号以 Y（用人单位）或 S（社会评价组织）开头。");
    if (!digits(t + 1, 21))
        return N_("编号的字母后面应当是 21 位数字，请核对有没有把数字写成字母。");
    o->form = CERTIFICATE_LEVEL;
    memcpy(o->body, t, 13);
    o->body[13] = '\0';
    o->province = number_of(t + 5, 2);
    o->year = 2000 + number_of(t + 13, 2);
    o->level = number_of(t + 15, 1);
    return NULL;
}

const char *certificate_number_read(struct arena *a, const char *s, const char *kind, struct certificate_number *out)
{
    bool special = strcmp(kind, "special") == 0;
    *out = (struct certificate_number){0};
    if (!tidy(a, s, special, out->text))
        return N_("证书编号只能有字母、数字，最多 30 位。请照证书上的编号填写。");
    if (strcmp(kind, "qualification") == 0) {
        out->form = CERTIFICATE_OLD;
        return strlen(out->text) == 16 && digits(out->text, 16) ? NULL : N_("职业资格证书的编号是 16 位数字，现在是 {n} 位。");
    }
    if (!special)
        return read_level(out);
    out->form = CERTIFICATE_SPECIAL;
    return strlen(out->text) >= 6 ? NULL : N_("专项职业能力证书的编号至少 6 位，现在是 {n} 位。");
}

/* ---- does it fit ---- */

struct checks {
    struct ctx *cx;
    struct certificate_check *out;
    size_t n, bad;
};

static const char *num(struct checks *c, int64_t v)
{
    return arena_fmt(c->cx->arena, "%lld", (long long)v);
}

static void add(struct checks *c, const char *code, bool good, const char *say)
{
    c->out[c->n++] = (struct certificate_check){code, say, good};
    c->bad += !good;
}

static void inside_number(struct checks *c, const struct certificate_facts *f)
{
    const struct certificate_number *k = f->number;
    struct arena *a = c->cx->arena;
    if (k->form != CERTIFICATE_LEVEL)
        return;
    add(c, "level", k->level == f->level,
        text_fill(a, tr(c->cx, k->level == f->level ? N_("编号第 16 位的等级是 {got}，和班期的等级一致。") : N_("编号第 16 位的等级是 {got}，班期的等级是 {want}。")), "got",
                  num(c, k->level), "want", num(c, f->level), NULL));
    int64_t year = f->issued_on / 10000;
    add(c, "year", k->year == year,
        text_fill(a, tr(c->cx, k->year == year ? N_("编号里的年份是 {got}，和发证日期一致。") : N_("编号里的年份是 {got}，发证日期是 {want} 年。")), "got", num(c, k->year),
                  "want", num(c, year), NULL));
    add(c, "province", k->province == f->province,
        text_fill(a, tr(c->cx, k->province == f->province ? N_("编号里的省级代码是 {got}，是本市的。") : N_("编号里的省级代码是 {got}，本市是 {want}。")), "got",
                  num(c, k->province), "want", num(c, f->province), NULL));
}

static void by_whom(struct checks *c, const struct certificate_facts *f)
{
    const struct certificate_number *k = f->number;
    struct arena *a = c->cx->arena;
    bool known = f->evaluator_kind != NULL && !f->evaluator_ended;
    const char *say = known                ? N_("评价组织“{who}”在本市的名单里。")
                      : f->evaluator_ended ? N_("评价组织“{who}”在发证那天已经不在名单里。")
                                           : N_("评价组织“{who}”不在本市的名单里，请核对名称。");
    add(c, "evaluator", known, text_fill(a, tr(c->cx, say), "who", f->evaluator, NULL));
    if (known && k->form == CERTIFICATE_LEVEL) {
        bool fits = (strcmp(f->evaluator_kind, "employer") == 0 ? k->text[0] == 'Y' : k->text[0] == 'S') &&
                    strncmp(k->text, f->prefix, strlen(f->prefix)) == 0;
        add(c, "prefix", fits,
            text_fill(a, tr(c->cx, fits ? N_("编号的开头 {body} 和这个评价组织相符。") : N_("编号的开头 {body} 不是“{who}”的。")), "body", k->body, "who", f->evaluator, NULL));
    }
    if (strcmp(f->evaluator, f->provider) == 0 && (f->evaluator_kind == NULL || strcmp(f->evaluator_kind, "employer") != 0))
        add(c, "self", false, tr(c->cx, N_("评价组织和培训机构是同一家：培训的人不能自己考自己。")));
}

size_t certificate_consistent(struct ctx *cx, const struct certificate_facts *f, struct certificate_check out[CERTIFICATE_CHECKS], size_t *bad)
{
    struct checks c = {cx, out, 0, 0};
    inside_number(&c, f);
    by_whom(&c, f);
    bool after = f->issued_on > f->ends_on && f->issued_on <= f->today;
    const char *say = after                       ? N_("发证日期在结课以后。")
                      : f->issued_on > f->today ? N_("发证日期还没有到。")
                                                : N_("发证日期不晚于结课日期，课没上完不能发证。");
    add(&c, "date", after, tr(cx, say));
    *bad = c.bad;
    return c.n;
}
