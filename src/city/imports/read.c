/* read.c -- what a row of a table says, as an ad: words cleaned, codes found, and everything that is wrong with it. */
#include "city/imports/imports_impl.h"

#include "city/choices.h"
#include "city/house.h"
#include "city/reference.h"
#include "match/match.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/phone.h"
#include "base/text.h"
#include "base/uscc.h"
#include "base/wage.h"
#include "base/years.h"

#include <stdlib.h>
#include <string.h>

struct reader {
    struct ctx *cx;
    const struct import_terms *t;
    const struct mapping *m;
    const struct row *row;
    struct import_ad *ad;
};

static bool filled(const char *s) { return s != NULL && *s != '\0'; }

void import_complain(struct ctx *cx, struct import_ad *ad, bool bad, const char *field, const char *kind, const char *words,
                     const char *remedy)
{
    if (ad->n_problems == ad->cap) {
        size_t cap = ad->cap == 0 ? 4 : ad->cap * 2;
        ad->problems = arena_grow(cx->arena, ad->problems, ad->cap * sizeof *ad->problems, cap * sizeof *ad->problems);
        ad->cap = cap;
    }
    const char *short_words = words != NULL ? text_cut(cx->arena, words, 30) : "";
    ad->problems[ad->n_problems++] = (struct import_problem){bad, field, kind, short_words, remedy};
    ad->n_bad += bad;
}

static void bad(struct reader *r, const char *field, const char *kind, const char *words, const char *remedy)
{
    import_complain(r->cx, r->ad, true, field, tr(r->cx, kind), words, tr(r->cx, remedy));
}

static void warn(struct reader *r, const char *field, const char *kind, const char *words, const char *remedy)
{
    import_complain(r->cx, r->ad, false, field, tr(r->cx, kind), words, tr(r->cx, remedy));
}

/* The cell of a field, "" when there is none. */
static const char *cell(const struct reader *r, const char *field)
{
    const char *s = mapping_cell(r->m, r->row, field);
    return s != NULL ? s : "";
}

/* A cell as one clean line, "" for what crawlers put in place of nothing. */
static const char *line(const struct reader *r, const char *field)
{
    static const char *const nothing[] = {"-", "--", "无", "暂无", "null", "NULL", "None", "nan", "NaN", "N/A", "..."};
    const char *s = cell(r, field);
    s = text_clean(r->cx->arena, s, strlen(s));
    for (size_t i = 0; i < sizeof nothing / sizeof *nothing; i++)
        if (strcmp(s, nothing[i]) == 0)
            return "";
    return s;
}

/* ---- words ---- */

static void read_title(struct reader *r)
{
    enum { MOST = 60 };
    const char *raw = line(r, "title"), *title = match_clean_title(r->cx, raw);
    if (!filled(title))
        title = raw;
    if (utf8_count(title, strlen(title)) < 2) {
        bad(r, "title", N_("没有写岗位名称。"), raw, N_("写招什么人，例如：养老护理员。"));
        return;
    }
    size_t keep = utf8_clip(title, strlen(title), MOST);
    if (title[keep] != '\0')
        warn(r, "title", N_("岗位名称太长，只留前 60 个字。"), NULL, N_("工资、福利写在自己的列里。"));
    r->ad->form.title = arena_strndup(r->cx->arena, title, keep);
}

static void read_company(struct reader *r)
{
    char code[19];
    const char *uscc = line(r, "uscc"), *wrong = filled(uscc) ? uscc_read(uscc, code) : NULL;
    r->ad->company = line(r, "company");
    if (filled(uscc) && wrong == NULL)
        r->ad->uscc = arena_fmt(r->cx->arena, "%s", code);
    if (wrong != NULL && r->t->own)
        bad(r, "uscc", N_("统一社会信用代码不对。"), uscc, N_("照营业执照上的 18 位抄写，不知道就空着。"));
    if (r->t->employer_id == 0 && utf8_count(r->ad->company, strlen(r->ad->company)) < 2)
        bad(r, "company", N_("没有写单位名称。"), NULL, N_("写营业执照上的单位名称。"));
    r->ad->company = arena_strndup(r->cx->arena, r->ad->company, utf8_clip(r->ad->company, strlen(r->ad->company), 80));
}

/* ---- numbers ---- */

static const char *wage_words(const struct reader *r)
{
    const char *s = line(r, "salary"), *least = line(r, "salary_min"), *most = line(r, "salary_max"), *unit = line(r, "salary_unit");
    if (filled(s) || (!filled(least) && !filled(most)))
        return s;
    bool digits_only = strspn(unit, "0123456789") == strlen(unit);
    const char *behind = digits_only ? "元/月" : strstr(unit, "元") != NULL ? unit : arena_fmt(r->cx->arena, "元/%s", unit);
    if (filled(least) && filled(most) && strcmp(least, most) != 0)
        return arena_fmt(r->cx->arena, "%s-%s%s", least, most, behind);
    return arena_fmt(r->cx->arena, "%s%s", filled(least) ? least : most, behind);
}

static void read_wage(struct reader *r)
{
    enum { HARDLY = 30 };
    struct wage w;
    const char *s = wage_words(r), *said;
    r->ad->form.wage = "面议";
    if (!filled(s)) {
        if (r->t->own)
            bad(r, "salary", N_("没有写工资。"), NULL, N_("写成 4500-5800元/月、200元/天、25元/小时，或者：面议。"));
        return;
    }
    said = arena_strndup(r->cx->arena, s, utf8_clip(s, strlen(s), 60));
    switch (wage_read(r->cx->arena, said, NULL, &w)) {
    case WAGE_UPSIDE_DOWN:
        bad(r, "salary", N_("工资的低数比高数大。"), said, N_("看看是不是写反了。"));
        return;
    case WAGE_UNKNOWN:
        bad(r, "salary", N_("看不懂这个工资。"), said, N_("写成 4500-5800元/月、200元/天、25元/小时，或者：面议。"));
        return;
    default: break;
    }
    r->ad->form.wage = said;
    if (w.unit == WAGE_NEGOTIABLE && r->t->own)
        warn(r, "salary", N_("工资面议，来应聘的人会少。"), NULL, N_("能写范围就写范围。"));
    else if (w.unit != WAGE_NEGOTIABLE && w.confidence <= HARDLY)
        warn(r, "salary", N_("这个工资不太寻常。"), said, N_("核对一下数字和单位。"));
}

static void read_openings(struct reader *r)
{
    int64_t n = 0;
    const char *s = line(r, "headcount");
    bool good = headcount_read(r->cx->arena, s, &n);
    r->ad->form.openings = n > 0 ? n : 1;
    if (!filled(s) && r->t->own)
        bad(r, "headcount", N_("没有写招几人。"), NULL, N_("写一个数，例如：5。"));
    else if (filled(s) && !good && r->t->own)
        bad(r, "headcount", N_("看不懂招几人。"), s, N_("写一个 1 到 5000 的数，例如：5。"));
    else if (good && n == 0 && r->t->own)
        warn(r, "headcount", N_("没有说清招几人，按 1 人算。"), s, N_("写一个数，例如：5。"));
}

static const char *education_code(enum education e)
{
    static const char *const codes[] = {NULL, "junior", "junior", "senior", "college", "bachelor", "master", "doctor"};
    return (size_t)e < sizeof codes / sizeof *codes ? codes[e] : NULL;
}

static void read_demands(struct reader *r)
{
    enum education level;
    bool at_most = false;
    struct experience years;
    const char *s = line(r, "education"), *e = line(r, "experience");
    if (filled(s)) {
        const char *code = city_word(r->cx->house->city, "education", s);
        if (code != NULL)
            r->ad->form.education = strcmp(code, "any") == 0 ? NULL : code;
        else if (education_read(r->cx->arena, s, &level, &at_most))
            r->ad->form.education = at_most ? NULL : education_code(level);
        else if (r->t->own)
            bad(r, "education", N_("看不懂学历要求。"), s, N_("写成：不限、初中、高中、中专、大专、本科、硕士、博士。"));
    }
    if (!filled(e))
        return;
    size_t column = mapping_column(r->m, "experience");
    bool in_months = strstr(r->m->columns[column].head, "月") != NULL && strspn(e, "0123456789") == strlen(e);
    int64_t *months = ARENA_NEW(r->cx->arena, int64_t);
    if (in_months)
        *months = strtoll(e, NULL, 10);
    else if (experience_read(r->cx->arena, e, &years))
        *months = years.min;
    else if (r->t->own)
        bad(r, "experience", N_("看不懂工作经验。"), e, N_("写成：不限、1年以上、3-5年。"));
    if (*months > 0 && *months <= 600)
        r->ad->form.experience = months;
}

/* ---- lists ---- */

/* Adds a code to a list parted by ',', once. */
static void add_code(struct buf *b, const char *code)
{
    const char *all = buf_text(b), *at = strstr(all, code);
    size_t n = strlen(code);
    for (; at != NULL; at = strstr(at + n, code))
        if ((at == all || at[-1] == ',') && (at[n] == '\0' || at[n] == ','))
            return;
    buf_fmt(b, "%s%s", b->len > 0 ? "," : "", code);
}

static const char *choice_of(const struct ctx *cx, const struct choice *list, const char *word)
{
    for (; list->code != NULL; list++)
        if (strcmp(list->label, word) == 0 || strcmp(tr(cx, list->label), word) == 0 || strcmp(list->code, word) == 0)
            return list->code;
    return NULL;
}

struct words_of { /* where the words of a cell go */
    const char *kind;            /* of city_word() */
    const struct choice *labels; /* or NULL */
    struct buf *codes, *rest;    /* rest may be NULL */
};

static void sort_words(struct reader *r, const char *s, const struct words_of *w)
{
    static const char gaps[] = ",|;'\"[]\n\t、，；";
    while (*s != '\0') {
        size_t n = 0, gap = 0;
        while (s[n] != '\0' && gap == 0) {
            unsigned char c = (unsigned char)s[n];
            size_t len = c < 0x80 ? 1 : c < 0xe0 ? 2 : c < 0xf0 ? 3 : 4;
            gap = c < 0x80 ? strchr(gaps, c) != NULL : memmem(gaps, sizeof gaps - 1, s + n, len) != NULL ? len : 0;
            n += gap == 0 ? strnlen(s + n, len) : 0;
        }
        const char *word = text_clean(r->cx->arena, s, n);
        const char *code = filled(word) ? city_word(r->cx->house->city, w->kind, word) : NULL;
        if (code == NULL && w->labels != NULL && filled(word))
            code = choice_of(r->cx, w->labels, word);
        if (code != NULL)
            add_code(w->codes, code);
        else if (filled(word) && w->rest != NULL)
            buf_fmt(w->rest, "%s%s", w->rest->len > 0 ? " " : "", word);
        s += n + gap;
    }
}

/* The first words of a list that are neither a degree nor years: skills, for an ad without a description. */
static const char *skills(struct reader *r, const char *rest)
{
    struct buf b = {.a = r->cx->arena};
    enum education level;
    struct experience years;
    while (*rest != '\0') {
        size_t n = strcspn(rest, " ");
        const char *word = arena_strndup(r->cx->arena, rest, n);
        if (!education_read(r->cx->arena, word, &level, NULL) && !experience_read(r->cx->arena, word, &years) && strlen(word) > 1)
            buf_fmt(&b, "%s%s", b.len > 0 ? "、" : "", word);
        rest += n + (rest[n] == ' ');
    }
    return buf_text(&b);
}

static const char *read_lists(struct reader *r)
{
    struct arena *a = r->cx->arena;
    struct buf benefits = {.a = a}, rest = {.a = a}, shifts = {.a = a}, certificates = {.a = a}, types = {.a = a};
    sort_words(r, cell(r, "tags"), &(struct words_of){"benefit", benefit_choices, &benefits, &rest});
    sort_words(r, cell(r, "shift"), &(struct words_of){"shift", shift_choices, &shifts, NULL});
    sort_words(r, cell(r, "certificates"), &(struct words_of){"certificate", certificate_choices, &certificates, NULL});
    sort_words(r, cell(r, "employment_type"), &(struct words_of){"job_type", job_type_choices, &types, NULL});
    r->ad->form.benefits = benefits.len > 0 ? buf_text(&benefits) : NULL;
    r->ad->form.shift = shifts.len > 0 ? buf_text(&shifts) : NULL;
    r->ad->form.certificates = certificates.len > 0 ? buf_text(&certificates) : NULL;
    if (types.len > 0) {
        const char *first = buf_text(&types);
        r->ad->form.job_type = arena_strndup(a, first, strcspn(first, ","));
    }
    return rest.len > 0 ? skills(r, buf_text(&rest)) : "";
}

/* ---- long texts ---- */

/* A mobile number standing at `s`: eleven digits that begin with 13..19, no digit beside them. */
static bool mobile_at(const char *all, const char *s)
{
    if (s[0] != '1' || s[1] < '3' || s[1] > '9' || (s > all && s[-1] >= '0' && s[-1] <= '9'))
        return false;
    return strspn(s, "0123456789") == 11;
}

/* Plain words: no markup, no marks that a crawler left for what it masked, mobile numbers masked (`*phone` gets the first). */
static const char *long_text(struct reader *r, const char *s, size_t most, const char **phone)
{
    static const char *const masks[] = {"<PHONE>", "<TEL>", "<EMAIL>", "<QQWX>", "<NAME>", "<ID>"};
    struct buf b = {.a = r->cx->arena};
    for (const char *p = s; *p != '\0';) {
        size_t skip = 0;
        for (size_t i = 0; *p == '<' && i < sizeof masks / sizeof *masks && skip == 0; i++)
            skip = strncmp(p, masks[i], strlen(masks[i])) == 0 ? strlen(masks[i]) : 0;
        if (skip > 0) {
            p += skip;
        } else if (*p == '1' && mobile_at(s, p)) {
            const char *whole = arena_strndup(r->cx->arena, p, 11);
            *phone = *phone != NULL ? *phone : whole;
            buf_str(&b, text_mask_phone(r->cx->arena, whole));
            p += 11;
        } else {
            size_t n = 1 + strcspn(p + 1, "<1");
            buf_add(&b, p, n);
            p += n;
        }
    }
    s = buf_text(&b);
    if (strchr(s, '<') != NULL || strchr(s, '&') != NULL)
        s = text_strip_markup(r->cx->arena, s, strlen(s));
    return text_cut(r->cx->arena, s, most);
}

static void read_texts(struct reader *r, const char *words)
{
    enum { DUTIES = 4990, DEMANDS = 2990 };
    const char *phone = NULL, *more = cell(r, "category");
    struct job_form *f = &r->ad->form;
    f->description = long_text(r, cell(r, "description"), DUTIES, &phone);
    f->requirements = long_text(r, cell(r, "requirements"), DEMANDS, &phone);
    if (!filled(f->description) && filled(f->requirements)) {
        f->description = f->requirements;
        f->requirements = NULL;
    }
    if (!filled(f->description) && r->t->own)
        bad(r, "description", N_("没有写做什么。"), NULL, N_("用一两句话写每天的活。"));
    else if (!filled(f->description))
        f->description = filled(words) ? words : text_clean(r->cx->arena, more, strlen(more));
    f->requirements = filled(f->requirements) ? f->requirements : NULL;
    f->hours = filled(line(r, "hours")) ? text_cut(r->cx->arena, line(r, "hours"), 60) : NULL;
    if (f->contact_phone == NULL && r->t->own)
        f->contact_phone = phone;
}

static void read_contact(struct reader *r)
{
    char digits[PHONE_MAX];
    const char *name = line(r, "contact"), *phone = line(r, "phone");
    if (filled(name) && name[0] != '<')
        r->ad->form.contact_name = arena_strndup(r->cx->arena, name, utf8_clip(name, strlen(name), 30));
    if (!filled(phone) || phone[0] == '<')
        return;
    if (phone_read(phone, digits, NULL) == NULL)
        r->ad->form.contact_phone = arena_fmt(r->cx->arena, "%s", digits);
    else if (r->t->own)
        bad(r, "phone", N_("联系电话不对。"), NULL, N_("手机号 11 位，固定电话带区号，例如 022-23456789。"));
}

/* ---- place, days, where it comes from ---- */

static void read_place(struct reader *r)
{
    struct import_place p;
    const char *address = line(r, "address");
    import_place(r->cx, &(struct import_address){line(r, "city"), line(r, "district"), line(r, "street"), address, r->t->streets}, r->t->own, &p);
    r->ad->elsewhere = p.where == IMPORT_ELSEWHERE;
    r->ad->district = p.district;
    r->ad->form.street = p.street;
    r->ad->form.address = filled(address) ? text_cut(r->cx->arena, address, 100) : NULL;
    r->ad->place = p.street == 0 && filled(p.text) ? p.text : NULL;
    if (p.where == IMPORT_ELSEWHERE && !r->t->anywhere)
        bad(r, "city", N_("不是本市的岗位。"), p.text, N_("这里只收本市的岗位。"));
    else if (p.where == IMPORT_NOWHERE && !r->t->anywhere)
        bad(r, "city", N_("没有写在哪个城市。"), NULL, N_("加一列：城市。"));
    else if (r->t->own && p.street == 0 && p.district == 0)
        bad(r, "street", N_("看不出在哪个区、哪个街道。"), p.text, N_("写街道或乡镇的名称，例如：大王庄街道。"));
    else if (r->t->own && p.street == 0)
        warn(r, "street", N_("看不出在哪个街道，只按区来找。"), p.text, N_("写街道或乡镇的名称，例如：大王庄街道。"));
}

static void read_days(struct reader *r)
{
    int64_t today = day_of(r->cx->now, DAY_ZONE);
    const char *posted = line(r, "posted"), *until = line(r, "valid_through");
    r->ad->posted_on = filled(posted) ? import_day(posted, today, false) : 0;
    if (filled(posted) && (r->ad->posted_on == 0 || r->ad->posted_on > today)) {
        warn(r, "posted", N_("发布日期看不懂或者还没到，按今天算。"), posted, N_("写成 2026-03-01。"));
        r->ad->posted_on = 0;
    }
    if (!filled(until))
        return;
    int64_t *day = ARENA_NEW(r->cx->arena, int64_t);
    *day = import_day(until, today, true);
    if (*day == 0)
        bad(r, "valid_through", N_("没有这样一个截止日期。"), until, N_("写成 2026-03-01；不写就是 30 天。"));
    else if (*day < today)
        bad(r, "valid_through", N_("截止日期已经过了。"), until, N_("还在招就改成以后的日期，不招了就不用导入。"));
    else
        r->ad->form.valid_until = day;
}

/* The same cells are the same ad, whatever the file is called and wherever the row stands. */
static const char *cells_hash(struct reader *r)
{
    unsigned char sum[HASH_LEN];
    char hex[33];
    struct buf b = {.a = r->cx->arena};
    for (size_t i = 0; i < r->m->n; i++)
        if (r->m->columns[i].field != NULL)
            buf_fmt(&b, "%s=%s\t", r->m->columns[i].field->name, i < r->row->n ? r->row->cells[i] : "");
    hash_sha256(b.p, b.len, sum);
    hash_hex(sum, 16, hex);
    return arena_fmt(r->cx->arena, "row:%s", hex);
}

static void read_source(struct reader *r)
{
    const char *number = line(r, "source_id"), *name = line(r, "source");
    if (!filled(number))
        number = line(r, "url");
    r->ad->source_name = r->t->source_name != NULL ? r->t->source_name : filled(name) ? text_cut(r->cx->arena, name, 60) : r->t->file_name;
    r->ad->ref = filled(number) && !r->t->own ? text_cut(r->cx->arena, number, 300) : cells_hash(r);
}

err_t import_read(struct ctx *cx, const struct import_terms *t, const struct mapping *m, const struct row *row, struct import_ad *ad)
{
    struct reader r = {cx, t, m, row, ad};
    *ad = (struct import_ad){0};
    read_place(&r);
    if (ad->n_bad > 0 && !t->own) /* of another city: nobody will mend its other cells */
        return E_OK;
    read_title(&r);
    read_company(&r);
    read_wage(&r);
    read_openings(&r);
    read_demands(&r);
    read_contact(&r);
    read_texts(&r, read_lists(&r));
    read_days(&r);
    read_source(&r);
    const struct city_occupation *o = city_occupation(cx->house->city, line(&r, "category"));
    ad->form.occupation = o != NULL && o->level == 4 ? o->code : NULL;
    return E_OK;
}
