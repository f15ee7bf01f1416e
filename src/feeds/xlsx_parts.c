/* xlsx_parts.c -- shared strings, cell styles that mean dates, merged cells. */
#include "feeds/xlsx.h"

#include <stdlib.h>
#include <string.h>

enum { PAGE = 4096, STRINGS_MAX = 4 << 20, STRING_BYTES_MAX = 96 << 20, MERGES_MAX = 50000, XF_MAX = 65536, FORMATS_MAX = 4096 };

static void add_string(struct table *t, struct xlsx *x, const char *s, size_t n)
{
    struct strings *all = &x->shared;
    size_t page = all->n / PAGE;
    if (page == all->cap_pages) {
        size_t cap = all->cap_pages == 0 ? 16 : all->cap_pages * 2;
        all->pages = arena_grow(&t->own, all->pages, all->cap_pages * sizeof *all->pages, cap * sizeof *all->pages);
        all->cap_pages = cap;
    }
    if (all->n % PAGE == 0)
        all->pages[page] = ARENA_ARRAY(&t->own, const char *, PAGE);
    all->pages[page][all->n++ % PAGE] = n == 0 ? "" : arena_strndup(&t->own, s, n);
    all->bytes += (int64_t)n + 16;
}

const char *xlsx_string(const struct xlsx *x, int64_t i)
{
    return i < 0 || (size_t)i >= x->shared.n ? NULL : x->shared.pages[i / PAGE][i % PAGE];
}

err_t xlsx_strings_read(struct ctx *cx, struct table *t, struct xlsx *x)
{
    struct part *p;
    struct xmlin *in;
    bool in_text = false, in_phonetic = false;
    int rc;
    TRY(part_open(cx, t, x, x->strings, &p));
    if (p == NULL)
        return E_OK;
    TRY(xmlin_open(cx, &t->own, part_read, p, NULL, &in));
    while ((rc = xmlin_step(in)) == 1) {
        int type = xmlTextReaderNodeType(in->reader);
        bool start = type == XML_READER_TYPE_ELEMENT, end = type == XML_READER_TYPE_END_ELEMENT || (start && xmlin_empty(in));
        if (start && xmlin_is(in, "si"))
            x->value.len = 0;
        if ((start || end) && xmlin_is(in, "rPh"))
            in_phonetic = start && !end;
        if ((start || end) && xmlin_is(in, "t"))
            in_text = start && !end && !in_phonetic;
        if (end && xmlin_is(in, "si"))
            add_string(t, x, x->value.p, x->value.len);
        if (!start && !end && in_text) {
            const char *s = (const char *)xmlTextReaderConstValue(in->reader);
            if (s != NULL && x->value.len <= (size_t)t->limits.cell)
                buf_add(&x->value, s, strlen(s)); /* a text too long stays too long, and is refused where it is used */
        }
        if (x->shared.n > STRINGS_MAX || x->shared.bytes > STRING_BYTES_MAX)
            return FILE_SAY(cx, E_LIMIT, "%s", tr(cx, "表格里的文字太多。请另存为“CSV UTF-8”，或分成几个文件再上传。"));
    }
    xmlin_close(in);
    return rc < 0 ? part_refuse(cx, p, in) : E_OK;
}

/* ECMA-376 18.8.30; 27–36 and 50–58 are the East Asian date formats. */
static enum xlsx_date builtin_format(int id)
{
    if (id == 22)
        return XD_STAMP;
    if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47) || id == 55 || id == 56)
        return XD_TIME;
    return (id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58) ? XD_DATE : XD_NUMBER;
}

/* A format code means a date when y, d or 年, a time when h or s stands outside quotes, brackets and escapes. */
static enum xlsx_date code_format(const char *s)
{
    bool date = false, time = false;
    for (; *s != '\0' && *s != ';'; s++) {
        if (*s == '"' || *s == '[') {
            char close = *s == '"' ? '"' : ']';
            time |= close == ']' && (s[1] == 'h' || s[1] == 'm' || s[1] == 's') && (s[2] == ']' || s[2] == s[1]);
            const char *e = strchr(s + 1, close);
            if (e == NULL)
                break;
            s = e;
        } else if ((*s == '\\' || *s == '_' || *s == '*') && s[1] != '\0') {
            s++;
        } else if (strncmp(s, "General", 7) == 0) {
            s += 6;
        } else {
            date |= *s == 'y' || *s == 'Y' || *s == 'd' || *s == 'D';
            time |= *s == 'h' || *s == 'H' || *s == 's' || *s == 'S';
        }
    }
    return date && time ? XD_STAMP : date ? XD_DATE : time ? XD_TIME : XD_NUMBER;
}

struct formats {
    struct {
        int id;
        enum xlsx_date kind;
    } p[FORMATS_MAX];
    size_t n;
};

static enum xlsx_date format_kind(const struct formats *f, int id)
{
    for (size_t i = 0; i < f->n; i++)
        if (f->p[i].id == id)
            return f->p[i].kind;
    return builtin_format(id);
}

err_t xlsx_styles_read(struct ctx *cx, struct table *t, struct xlsx *x)
{
    struct part *p;
    struct xmlin *in;
    char buf[256];
    bool in_xfs = false;
    size_t cap = 0;
    int rc;
    TRY(part_open(cx, t, x, x->styles, &p));
    if (p == NULL)
        return E_OK;
    struct formats *f = ARENA_NEW(cx->arena, struct formats);
    TRY(xmlin_open(cx, &t->own, part_read, p, NULL, &in));
    while ((rc = xmlin_step(in)) == 1) {
        int type = xmlTextReaderNodeType(in->reader);
        if (xmlin_is(in, "cellXfs"))
            in_xfs = type == XML_READER_TYPE_ELEMENT;
        if (type != XML_READER_TYPE_ELEMENT)
            continue;
        if (xmlin_is(in, "numFmt") && f->n < FORMATS_MAX && xmlin_attr(in, "numFmtId", buf, sizeof buf)) {
            f->p[f->n].id = (int)strtol(buf, NULL, 10);
            f->p[f->n++].kind = xmlin_attr(in, "formatCode", buf, sizeof buf) ? code_format(buf) : XD_NUMBER;
        } else if (in_xfs && xmlin_is(in, "xf") && x->n_xf < XF_MAX) {
            if (x->n_xf == cap) {
                x->xf = arena_grow(&t->own, x->xf, cap, cap + 1024);
                cap += 1024;
            }
            int id = xmlin_attr(in, "numFmtId", buf, sizeof buf) ? (int)strtol(buf, NULL, 10) : 0;
            x->xf[x->n_xf++] = (unsigned char)format_kind(f, id);
        }
    }
    xmlin_close(in);
    return rc < 0 ? part_refuse(cx, p, in) : E_OK;
}

bool xlsx_ref(const char *s, int64_t *row, size_t *col)
{
    size_t c = 0;
    int64_t r = 0;
    const char *from = s;
    for (; *s >= 'A' && *s <= 'Z' && s - from < 4; s++)
        c = c * 26 + (size_t)(*s - 'A' + 1);
    if (c == 0)
        return false;
    for (from = s; *s >= '0' && *s <= '9' && s - from < 8; s++)
        r = r * 10 + (*s - '0');
    *row = r;
    *col = c - 1;
    return r > 0;
}

static void add_merge(struct table *t, struct merges *m, const char *ref)
{
    int64_t r1, r2;
    size_t c1, c2;
    const char *colon = strchr(ref, ':');
    if (colon == NULL || !xlsx_ref(ref, &r1, &c1) || !xlsx_ref(colon + 1, &r2, &c2))
        return;
    if (r2 <= r1 || c1 >= (size_t)t->limits.cols || m->n == MERGES_MAX)
        return; /* merged sideways only: the value stays in its first cell */
    if (m->n == m->cap) {
        size_t cap = m->cap == 0 ? 64 : m->cap * 2;
        m->p = arena_grow(&t->own, m->p, m->cap * sizeof *m->p, cap * sizeof *m->p);
        m->cap = cap;
    }
    m->p[m->n++] = (struct merge){.first = r1, .last = r2, .col = c1};
}

static int by_first(const void *a, const void *b)
{
    const struct merge *x = a, *y = b;
    return x->first != y->first ? (x->first > y->first) - (x->first < y->first) : (x->col > y->col) - (x->col < y->col);
}

/* Takes the references out of `<mergeCell ref="A2:A9"/>` elements that lie whole in p; returns where the rest begins. */
static size_t scan_merges(struct table *t, struct merges *m, const char *p, size_t n)
{
    static const char word[] = "mergeCell ref=\"";
    enum { LEN = sizeof word - 1, TAIL = 64 };
    size_t at = 0;
    while (at < n) {
        const char *hit = memmem(p + at, n - at, word, LEN);
        if (hit == NULL || (size_t)(p + n - hit) < LEN + TAIL)
            return hit != NULL ? (size_t)(hit - p) : n > LEN ? n - LEN > at ? n - LEN : at : at;
        char ref[32] = {0};
        for (size_t i = 0; i + 1 < sizeof ref && hit[LEN + i] != '"'; i++)
            ref[i] = hit[LEN + i];
        add_merge(t, m, ref);
        at = (size_t)(hit - p) + LEN;
    }
    return at;
}

/* Merged cells are declared after the rows: one quick pass over the bytes, before the rows are read. */
err_t xlsx_merges_read(struct ctx *cx, struct table *t, struct xlsx *x)
{
    enum { STEP = 64 << 10 };
    struct part *p;
    char *buf = arena_alloc(cx->arena, STEP + 128);
    size_t kept = 0;
    int n;
    TRY(part_open(cx, t, x, x->sheet, &p));
    if (p == NULL)
        return E_OK;
    while ((n = part_read(p, buf + kept, (int)(STEP - kept))) > 0) {
        size_t all = kept + (size_t)n, used = scan_merges(t, &x->merges, buf, all);
        kept = all - used;
        memmove(buf, buf + used, kept);
    }
    if (n < 0)
        return part_refuse(cx, p, NULL);
    memset(buf + kept, '"', 128);
    (void)scan_merges(t, &x->merges, buf, kept + 128);
    if (x->merges.n > 1)
        qsort(x->merges.p, x->merges.n, sizeof *x->merges.p, by_first);
    return E_OK;
}
