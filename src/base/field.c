#include "base/field.h"

#include "base/day.h"
#include "base/idno.h"
#include "base/phone.h"
#include "base/text.h"
#include "base/uscc.h"

#include <string.h>
#include <strings.h>

enum { TEXT_MAX = 200, LONG_MAX_CHARS = 5000, FILE_MAX_DEFAULT = 20 * 1024 * 1024 };

const char *pairs_get(const struct pairs *ps, const char *name)
{
    for (size_t i = 0; i < ps->n; i++)
        if (strcmp(ps->p[i].name, name) == 0)
            return ps->p[i].value;
    return NULL;
}

void form_error(struct ctx *cx, struct form *form, const char *field, const char *say)
{
    struct form_error *e = ARENA_NEW(cx->arena, struct form_error);
    *e = (struct form_error){.field = field, .say = say};
    struct form_error **at = &form->errors;
    while (*at != NULL)
        at = &(*at)->next;
    *at = e;
    form->tail = &e->next;
    form->n_errors++;
}

/* ---- sentences: each returns what to say, in the request's language ---- */

static const char *num(struct ctx *cx, int64_t n) { return arena_fmt(cx->arena, "%lld", (long long)n); }

const char *form_yuan(struct arena *a, int64_t fen)
{
    const char *sign = fen < 0 ? "-" : "";
    unsigned long long v = fen < 0 ? 0ull - (unsigned long long)fen : (unsigned long long)fen;
    return v % 100 == 0 ? arena_fmt(a, "%s%llu", sign, v / 100) : arena_fmt(a, "%s%llu.%02llu", sign, v / 100, v % 100);
}

static const char *yuan(struct ctx *cx, int64_t fen) { return form_yuan(cx->arena, fen); }

static const char *say1(struct ctx *cx, const struct field *f, const char *msgid)
{
    return text_fill(cx->arena, tr(cx, msgid), "label", tr(cx, f->label), NULL);
}

static const char *say_limit(struct ctx *cx, const struct field *f, const char *msgid, const char *limit, const char *n)
{
    return text_fill(cx->arena, tr(cx, msgid), "label", tr(cx, f->label), "limit", limit, "n", n, NULL);
}

static const char *say_missing(struct ctx *cx, const struct field *f)
{
    switch (f->type) {
    case F_BOOL: return say1(cx, f, N_("请勾选“{label}”。"));
    case F_DATE:
    case F_STAMP:
    case F_CHOICE:
    case F_CHOICES:
    case F_STREET:
    case F_OCCUPATION: return say1(cx, f, N_("请选择“{label}”。"));
    case F_FILE: return say1(cx, f, N_("请选择文件：{label}。"));
    default: return say1(cx, f, N_("请填写“{label}”。"));
    }
}

/* Bounds of numbers; `show` writes one of them for people. */
static const char *bounds(struct ctx *cx, const struct field *f, int64_t v, const char *(*show)(struct ctx *, int64_t), bool time)
{
    bool none = f->min == 0 && f->max == 0;
    if (none || (v >= f->min && (f->max == 0 || v <= f->max)))
        return NULL;
    if (v < f->min)
        return say_limit(cx, f, time ? N_("“{label}”不能早于 {limit}，请改一下。") : N_("“{label}”最少是 {limit}，请改一下。"),
                         show(cx, f->min), "");
    return say_limit(cx, f, time ? N_("“{label}”不能晚于 {limit}，请改一下。") : N_("“{label}”最多是 {limit}，请改一下。"),
                     show(cx, f->max), "");
}

/* ---- readers: one for each type; the sentence, or NULL when `at` is filled ---- */

typedef const char *reader(struct ctx *cx, const struct field *f, const char *s, void *at);

static const char *put_i64(struct ctx *cx, const struct field *f, void *at, int64_t v)
{
    if (f->type == F_BOOL || (f->flags & F_REQUIRED)) {
        *(int64_t *)at = v;
    } else {
        int64_t *p = ARENA_NEW(cx->arena, int64_t);
        *p = v;
        *(const int64_t **)at = p;
    }
    return NULL;
}

static const char *put_text(void *at, const char *s)
{
    *(const char **)at = s;
    return NULL;
}

static const char *length(struct ctx *cx, const struct field *f, const char *s)
{
    int64_t n = (int64_t)utf8_count(s, strlen(s)), max = f->max > 0 ? f->max : f->type == F_LONG ? LONG_MAX_CHARS : TEXT_MAX;
    if (n > max)
        return say_limit(cx, f, N_("“{label}”最多 {limit} 个字，现在是 {n} 个字，请删短一些。"), num(cx, max), num(cx, n));
    if (n < f->min)
        return say_limit(cx, f, N_("“{label}”最少 {limit} 个字，现在是 {n} 个字，请补充一些。"), num(cx, f->min), num(cx, n));
    return NULL;
}

static const char *read_text(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    if (strpbrk(s, "\r\n") != NULL)
        return say1(cx, f, N_("“{label}”只能写一行，请去掉换行。"));
    s = text_clean(cx->arena, s, strlen(s));
    const char *wrong = length(cx, f, s);
    return wrong != NULL ? wrong : put_text(at, s);
}

static const char *read_long(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    size_t n = strlen(s), len = 0;
    char *out = arena_alloc(cx->arena, n + 1);
    for (size_t i = 0; i < n;) {
        uint32_t cp;
        size_t step = utf8_next(s + i, n - i, &cp, NULL);
        if (cp == '\r' && s[i + 1] != '\n')
            out[len++] = '\n';
        else if (cp == '\t')
            out[len++] = ' ';
        else if (cp != '\r' && !text_is_invisible(cp)) {
            memcpy(out + len, s + i, step);
            len += step;
        }
        i += step;
    }
    while (len > 0 && (out[len - 1] == '\n' || out[len - 1] == ' '))
        len--;
    out[len] = '\0';
    const char *wrong = length(cx, f, out + strspn(out, "\n"));
    return wrong != NULL ? wrong : put_text(at, out + strspn(out, "\n"));
}

static const char *read_as_is(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    const char *wrong = length(cx, f, s);
    return wrong != NULL ? wrong : put_text(at, arena_strndup(cx->arena, s, strlen(s)));
}

/* Reads "12,345.6" as 1234560 when scale is 2. False: no number, too many decimals, or more than 15 digits. */
static bool decimal(const char *s, int scale, int64_t *v)
{
    bool minus = *s == '-', point = false;
    int seen = 0, decimals = 0;
    *v = 0;
    for (s += minus || *s == '+'; *s != '\0'; s++) {
        if (*s == ',' && seen > 0 && !point)
            continue;
        if (*s == '.' && scale > 0 && !point && seen > 0) {
            point = true;
            continue;
        }
        if (*s < '0' || *s > '9' || ++seen > 15 || (point && ++decimals > scale))
            return false;
        *v = *v * 10 + (*s - '0');
    }
    for (; decimals < scale; decimals++)
        *v *= 10;
    *v = minus ? -*v : *v;
    return seen > 0 && s[-1] != '.' && s[-1] != ',';
}

static const char *read_int(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    int64_t v;
    if (!decimal(text_fold(cx->arena, s, strlen(s)), 0, &v))
        return say1(cx, f, N_("“{label}”要写整数，例如 12。"));
    const char *wrong = bounds(cx, f, v, num, false);
    return wrong != NULL ? wrong : put_i64(cx, f, at, v);
}

static const char *read_money(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    static const char unit[] = "元", sign[] = "¥", wide_sign[] = "￥";
    const char *t = text_fold(cx->arena, s, strlen(s));
    int64_t v;
    if (strncmp(t, sign, strlen(sign)) == 0)
        t += strlen(sign);
    else if (strncmp(t, wide_sign, strlen(wide_sign)) == 0)
        t += strlen(wide_sign);
    size_t n = strlen(t);
    if (n > strlen(unit) && strcmp(t + n - strlen(unit), unit) == 0)
        t = arena_strndup(cx->arena, t, n - strlen(unit));
    if (!decimal(t, 2, &v))
        return say1(cx, f, N_("“{label}”写多少元，最多两位小数，例如 4500 或 4500.50。"));
    const char *wrong = bounds(cx, f, v, yuan, false);
    return wrong != NULL ? wrong : put_i64(cx, f, at, v);
}

static const char *show_date(struct ctx *cx, int64_t ymd) { return day_text_full(cx, ymd); }
static const char *show_stamp(struct ctx *cx, int64_t ms) { return day_text_stamp(cx, ms); }

static const char *read_date(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    int64_t v = day_read(text_fold(cx->arena, s, strlen(s)));
    if (v == 0)
        return say1(cx, f, N_("“{label}”要写成年-月-日，例如 2026-03-01，而且这一天要存在。"));
    const char *wrong = bounds(cx, f, v, show_date, true);
    return wrong != NULL ? wrong : put_i64(cx, f, at, v);
}

static const char *read_stamp(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    int64_t v;
    if (!day_read_stamp(text_clean(cx->arena, s, strlen(s)), DAY_ZONE, &v))
        return say1(cx, f, N_("“{label}”要写日期和时间，例如 2026-03-01 09:30。"));
    const char *wrong = bounds(cx, f, v, show_stamp, true);
    return wrong != NULL ? wrong : put_i64(cx, f, at, v);
}

static bool one_of(const char *s, const char *words) /* each word ends with NUL, the list with an empty one */
{
    for (; *words != '\0'; words += strlen(words) + 1)
        if (strcmp(s, words) == 0)
            return true;
    return false;
}

static bool is_yes(const char *s) { return one_of(s, "1\0on\0true\0yes\0是\0有\0"); }

static const char *read_bool(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    const char *t = text_fold(cx->arena, s, strlen(s));
    if (!is_yes(t) && !one_of(t, "0\0off\0false\0no\0否\0无\0"))
        return say1(cx, f, N_("“{label}”只能是“是”或“否”。"));
    if (!is_yes(t) && (f->flags & F_REQUIRED))
        return say_missing(cx, f);
    return put_i64(cx, f, at, is_yes(t));
}

/* Sentences about numbers say how many characters were given. */
static const char *say_count(struct ctx *cx, const char *msgid, const char *s)
{
    const char *t = text_fold(cx->arena, s, strlen(s));
    int64_t n = 0;
    for (; *t != '\0'; t++)
        n += (*t >= '0' && *t <= '9') || (*t >= 'a' && *t <= 'z');
    return text_fill(cx->arena, tr(cx, msgid), "n", num(cx, n), NULL);
}

static const char *read_phone(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    (void)f;
    char *out = arena_alloc(cx->arena, PHONE_MAX);
    const char *wrong = phone_read(s, out, NULL);
    return wrong != NULL ? say_count(cx, wrong, s) : put_text(at, out);
}

static const char *read_idno(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    (void)f;
    struct idno id;
    const char *wrong = idno_read(s, day_of(cx->now, DAY_ZONE), &id);
    return wrong != NULL ? say_count(cx, wrong, s) : put_text(at, arena_strndup(cx->arena, id.text, strlen(id.text)));
}

static const char *read_uscc(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    (void)f;
    char *out = arena_alloc(cx->arena, 19);
    const char *wrong = uscc_read(s, out);
    return wrong != NULL ? say_count(cx, wrong, s) : put_text(at, out);
}

static bool email_domain(const char *s)
{
    static const char word[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-";
    int labels = 0;
    for (;; s++, labels++) {
        size_t n = strspn(s, word);
        if (n == 0 || n > 63 || *s == '-' || s[n - 1] == '-')
            return false;
        s += n;
        if (*s == '\0')
            return labels > 0 && n > 1;
        if (*s != '.')
            return false;
    }
}

static const char *read_email(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    (void)f;
    static const char local[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+/=?^_`{|}~-";
    s = text_clean(cx->arena, s, strlen(s));
    size_t n = strspn(s, local);
    bool good = n > 0 && n <= 64 && s[n] == '@' && strlen(s) <= 254 && *s != '.' && s[n - 1] != '.' && strstr(s, "..") == NULL;
    if (!good || !email_domain(s + n + 1))
        return tr(cx, N_("邮箱要写成 name@example.com 这样，请检查有没有漏掉 @ 或写错。"));
    return put_text(at, s);
}

/* People's files hold the word, forms hold the code: both are understood. */
static const struct choice *choice_find(struct ctx *cx, const struct field *f, const char *s, size_t n)
{
    for (const struct choice *c = f->choices; c != NULL && c->code != NULL; c++) {
        const char *word = tr(cx, c->label);
        if ((strlen(c->code) == n && memcmp(c->code, s, n) == 0) || (strlen(c->label) == n && memcmp(c->label, s, n) == 0) ||
            (strlen(word) == n && memcmp(word, s, n) == 0))
            return c;
    }
    return NULL;
}

static const char *read_choice(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    s = text_clean(cx->arena, s, strlen(s));
    const struct choice *c = choice_find(cx, f, s, strlen(s));
    return c == NULL ? say1(cx, f, N_("“{label}”请从给出的选项里选一个。")) : put_text(at, c->code);
}

/* A name instead of a code. NULL: not found, and *say tells what to do. */
static const char *code_named(struct ctx *cx, const struct field *f, const char *s, const char *msgid, const char **say)
{
    const char *several = NULL, *code = cx->names != NULL ? cx->names->code(cx, f->type, s, &several) : NULL;
    *say = code != NULL      ? NULL
           : several != NULL ? text_fill(cx->arena, tr(cx, N_("“{label}”有几个都像：{several}。请写全，或从列表里选。")), "label",
                                         tr(cx, f->label), "several", several, NULL)
                             : say1(cx, f, msgid);
    return code;
}

static const char *read_street(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    const char *say, *t = text_fold(cx->arena, s, strlen(s));
    int64_t v;
    if (strspn(t, "0123456789") != strlen(t)) {
        t = code_named(cx, f, s, N_("“{label}”请从列表里选一个街道或镇。"), &say);
        if (t == NULL)
            return say;
    }
    if (!decimal(t, 0, &v) || v < 110000001 || v > 829999999)
        return say1(cx, f, N_("“{label}”请从列表里选一个街道或镇。"));
    return put_i64(cx, f, at, v);
}

static bool is_occupation(const char *t)
{
    static const char shape[] = "0-00-00-00";
    bool good = strlen(t) == strlen(shape) && *t >= '1' && *t <= '8';
    for (size_t i = 0; good && shape[i] != '\0'; i++)
        good = shape[i] == '-' ? t[i] == '-' : t[i] >= '0' && t[i] <= '9';
    return good;
}

static const char *read_occupation(struct ctx *cx, const struct field *f, const char *s, void *at)
{
    const char *say, *t = text_fold(cx->arena, s, strlen(s));
    if (is_occupation(t))
        return put_text(at, t);
    t = code_named(cx, f, s, N_("“{label}”请从列表里选，或写职业编码，例如 4-10-01-05。"), &say);
    return t != NULL ? put_text(at, t) : say;
}

static reader *const readers[] = {
    [F_TEXT] = read_text,     [F_LONG] = read_long,     [F_INT] = read_int,       [F_MONEY] = read_money,
    [F_DATE] = read_date,     [F_STAMP] = read_stamp,   [F_BOOL] = read_bool,     [F_PHONE] = read_phone,
    [F_IDNO] = read_idno,     [F_USCC] = read_uscc,     [F_EMAIL] = read_email,   [F_CHOICE] = read_choice,
    [F_STREET] = read_street, [F_OCCUPATION] = read_occupation, [F_PASSWORD] = read_as_is, [F_HIDDEN] = read_as_is,
};

/* ---- the form ---- */

static bool blank(const char *s)
{
    uint32_t cp;
    for (size_t i = 0, n = strlen(s); i < n;) {
        i += utf8_next(s + i, n - i, &cp, NULL);
        if (!text_is_space(cp) && !text_is_invisible(cp))
            return false;
    }
    return true;
}

/* What no field may hold: bytes that are not UTF-8, NUL, control characters. */
static bool unclean(const struct pair *p)
{
    uint32_t cp;
    bool good = strlen(p->value) >= p->len;
    for (size_t i = 0, n = strlen(p->value); good && i < n;) {
        i += utf8_next(p->value + i, n - i, &cp, &good);
        good = good && (!text_is_control(cp) || cp == '\t' || cp == '\n' || cp == '\r');
    }
    return !good;
}

static const struct pair *pair_next(const struct pairs *raw, const char *name, size_t *from)
{
    while (*from < raw->n) {
        const struct pair *p = &raw->p[(*from)++];
        if (strcmp(p->name, name) == 0)
            return p;
    }
    return NULL;
}

/* Marks the choices named by the pairs of this field. False: one of them is none of the choices. */
static bool choices_mark(struct ctx *cx, const struct field *f, const struct pairs *raw, bool *marked)
{
    const struct pair *p;
    bool good = true;
    for (size_t from = 0; (p = pair_next(raw, f->name, &from)) != NULL;) {
        for (const char *s = text_clean(cx->arena, p->value, strlen(p->value)); *s != '\0';) {
            static const char comma[] = "，", pause[] = "、";
            size_t n = strcspn(s, ",");
            const char *wide = strstr(s, comma), *other = strstr(s, pause);
            n = wide != NULL && (size_t)(wide - s) < n ? (size_t)(wide - s) : n;
            n = other != NULL && (size_t)(other - s) < n ? (size_t)(other - s) : n;
            const struct choice *c = choice_find(cx, f, s, n);
            if (c != NULL)
                marked[c - f->choices] = true;
            else if (n > 0)
                good = false;
            s += n;
            s += *s == ',' ? 1 : *s != '\0' ? strlen(comma) : 0;
            s += strspn(s, " ");
        }
    }
    return good;
}

static size_t choice_count(const struct field *f)
{
    size_t n = 0;
    while (f->choices != NULL && f->choices[n].code != NULL)
        n++;
    return n;
}

static const char *read_choices(struct ctx *cx, const struct field *f, const struct pairs *raw, void *at)
{
    size_t n = choice_count(f), picked = 0;
    bool *marked = ARENA_ARRAY(cx->arena, bool, n + 1);
    if (!choices_mark(cx, f, raw, marked))
        return say1(cx, f, N_("“{label}”请从给出的选项里选。"));
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < n; i++)
        if (marked[i]) {
            buf_str(&b, picked++ > 0 ? "," : "");
            buf_str(&b, f->choices[i].code);
        }
    if (picked == 0)
        return f->flags & F_REQUIRED ? say_missing(cx, f) : NULL;
    if (f->max > 0 && (int64_t)picked > f->max)
        return say_limit(cx, f, N_("“{label}”最多选 {limit} 项，现在选了 {n} 项，请去掉几项。"), num(cx, f->max), num(cx, (int64_t)picked));
    if ((int64_t)picked < f->min)
        return say_limit(cx, f, N_("“{label}”最少选 {limit} 项，现在选了 {n} 项，请再选几项。"), num(cx, f->min), num(cx, (int64_t)picked));
    return put_text(at, buf_text(&b));
}

static const char *read_field(struct ctx *cx, const struct field *f, const struct pairs *raw, void *at)
{
    const struct pair *p;
    for (size_t from = 0; (p = pair_next(raw, f->name, &from)) != NULL;)
        if (unclean(p))
            return say1(cx, f, N_("“{label}”里有认不出的字符，请重新输入。"));
    if (f->type == F_CHOICES)
        return read_choices(cx, f, raw, at);
    size_t from = 0;
    p = pair_next(raw, f->name, &from);
    if (p == NULL || (f->type == F_PASSWORD ? *p->value == '\0' : blank(p->value)))
        return f->flags & F_REQUIRED ? say_missing(cx, f) : NULL;
    return readers[f->type](cx, f, p->value, at);
}

err_t form_read(struct ctx *cx, struct form *form, const struct field *fields, const struct pairs *raw, void *out)
{
    *form = (struct form){.fields = fields, .raw = raw};
    for (const struct field *f = fields; f->name != NULL; f++) {
        if (f->type == F_FILE)
            continue;
        const char *wrong = read_field(cx, f, raw, (char *)out + f->off);
        if (wrong != NULL)
            form_error(cx, form, f->name, wrong);
    }
    return form->errors == NULL ? E_OK : SAY(cx, E_INVALID, form->errors->field, form->errors->say);
}

const struct field *form_file(const struct field *fields)
{
    for (const struct field *f = fields; f->name != NULL; f++)
        if (f->type == F_FILE)
            return f;
    return NULL;
}

const char *form_file_types(struct ctx *cx, const struct field *f)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < choice_count(f); i++)
        buf_fmt(&b, "%s.%s", i > 0 ? "," : "", f->choices[i].code);
    return b.len > 0 ? buf_text(&b) : NULL;
}

static bool file_type_fits(const struct field *f, const char *name)
{
    const char *dot = strrchr(name, '.');
    for (size_t i = 0; i < choice_count(f); i++)
        if (dot != NULL && strcasecmp(dot + 1, f->choices[i].code) == 0)
            return true;
    return choice_count(f) == 0;
}

err_t form_file_check(struct ctx *cx, struct form *form, const struct field *f, const char *name, int64_t size)
{
    const char *wrong = NULL;
    int64_t max = f->max > 0 ? f->max : FILE_MAX_DEFAULT;
    if (name == NULL || *name == '\0')
        wrong = f->flags & F_REQUIRED ? say_missing(cx, f) : NULL;
    else if (size == 0)
        wrong = tr(cx, N_("这个文件是空的，请重新选择。"));
    else if (size > max)
        wrong = say_limit(cx, f, N_("文件太大了，最多 {limit} MB，请分成几个文件。"), num(cx, (max + 1048575) / 1048576), "");
    else if (!file_type_fits(f, name))
        wrong = say_limit(cx, f, N_("这种文件打不开，请选 {limit} 文件。"), form_file_types(cx, f), "");
    if (wrong == NULL)
        return E_OK;
    form_error(cx, form, f->name, wrong);
    return SAY(cx, E_INVALID, f->name, wrong);
}
