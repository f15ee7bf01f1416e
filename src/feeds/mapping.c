#include "feeds/mapping.h"

#include "base/view.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { HEAD_MAX = 128, TAKE = 45, SURE = 100, ALIAS = 95, SIMILAR = 60, SAMPLES = 50 };

/* A heading as it is compared: no space, marks or brackets with what is in them, small letters, half width.
 * "* 月薪（元/月）（必填）" and "月薪" are the same. */
static size_t plain_head(const char *s, size_t n, char *out, size_t cap)
{
    size_t w = 0;
    int depth = 0;
    for (size_t i = 0; i < n && w + 4 < cap; i++) {
        const unsigned char *p = (const unsigned char *)s + i;
        unsigned char c = *p;
        if (c == 0xef && i + 2 < n && ((p[1] == 0xbc && p[2] >= 0x81) || (p[1] == 0xbd && p[2] <= 0x9e))) { /* full width */
            c = (unsigned char)(p[1] == 0xbc ? p[2] - 0x60 : p[2] - 0x20);
            i += 2;
        } else if (c == 0xe3 && i + 2 < n && p[1] == 0x80) { /* 、。「【 and their like */
            depth += p[2] == 0x90 || p[2] == 0x94;
            depth -= depth > 0 && (p[2] == 0x91 || p[2] == 0x95);
            i += 2;
            continue;
        }
        depth += c == '(' || c == '[';
        if (c == ')' || c == ']') {
            depth -= depth > 0;
            continue;
        }
        if (depth > 0 || (c < 0x80 && strchr(" \t\n*_-:/.,;'\"!?#|", c) != NULL))
            continue;
        out[w++] = (char)(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
    out[w] = '\0';
    return w;
}

static bool all_of(const char *s, const char *set) { return *s != '\0' && s[strspn(s, set)] == '\0'; }

static bool has_any(const char *s, const char *words) /* words separated by '|' */
{
    while (*words != '\0') {
        size_t n = strcspn(words, "|");
        if (memmem(s, strlen(s), words, n) != NULL)
            return true;
        words += n + (words[n] == '|');
    }
    return false;
}

static size_t count_digits(const char *s)
{
    size_t n = 0;
    for (; *s != '\0'; s++)
        n += *s >= '0' && *s <= '9';
    return n;
}

static bool looks_like_date(const char *s)
{
    size_t n = count_digits(s);
    return n >= 2 && n <= 14 && strlen(s) <= 32 &&
           (has_any(s, "年|月|日前|今天|昨天") ||
            (has_any(s, "-|/|.") && n >= 4 && s[0] >= '0' && s[0] <= '9' && all_of(s, "0123456789-/.: TZ+")) ||
            (n == 8 && strlen(s) == 8 && (s[0] == '1' || s[0] == '2') && (s[1] == '9' || s[1] == '0')));
}

static bool looks_like(enum map_kind kind, const char *s)
{
    size_t len = strlen(s), digits = count_digits(s);
    switch (kind) {
    case MAP_WAGE:
        return len < 60 && (has_any(s, "面议") ||
                            (digits > 0 && (has_any(s, "元|千|万|/月|/年|/天|k|K|薪") ||
                                            (digits >= 6 && has_any(s, "-|~|—|至") && all_of(s, "0123456789-~ ,.[]")))));
    case MAP_COUNT: return digits > 0 && digits <= 4 && len <= 16 && (all_of(s, "0123456789") || has_any(s, "人|名|若干"));
    case MAP_NUMBER: return all_of(s, "0123456789.,");
    case MAP_DATE: return looks_like_date(s);
    case MAP_PHONE: return digits >= 7 && digits <= 26 && all_of(s, "0123456789-+() /、,*");
    case MAP_URL: return strncmp(s, "http://", 7) == 0 || strncmp(s, "https://", 8) == 0;
    case MAP_EMAIL: return len < 100 && strchr(s, '@') != NULL && strchr(s, '.') != NULL && strchr(s, ' ') == NULL;
    case MAP_EDUCATION: return len < 40 && has_any(s, "本科|大专|硕士|博士|高中|中专|初中|学历|中技|职高|研究生");
    case MAP_COMPANY: return len < 160 && has_any(s, "公司|集团|有限|厂|事务所|合作社|中心|商行|经营部|酒店|医院|学校");
    case MAP_USCC: return len == 18 && digits >= 8 && all_of(s, "0123456789ABCDEFGHJKLMNPQRTUWXY");
    case MAP_LONG: return len > 120;
    default: return false;
    }
}

/* Per cent of the filled samples of a column that look like `kind`; -1 when none is filled. */
static int share(enum map_kind kind, const struct row *samples, size_t n, size_t col)
{
    int filled = 0, good = 0;
    for (size_t i = 0; i < n && i < SAMPLES; i++) {
        const char *s = col < samples[i].n ? samples[i].cells[col] : "";
        filled += *s != '\0';
        good += *s != '\0' && looks_like(kind, s);
    }
    return filled == 0 ? -1 : good * 100 / filled;
}

/* How well a heading fits one alias. */
static int fit(const char *head, size_t n, const char *alias, size_t len)
{
    char a[HEAD_MAX];
    size_t m = plain_head(alias, len, a, sizeof a);
    if (n == 0 || m == 0)
        return 0;
    if (n == m && memcmp(head, a, n) == 0)
        return ALIAS;
    if (m < 4 && (unsigned char)a[0] < 0x80) /* "id" is found inside too many words */
        return 0;
    if (n > m && memmem(head, n, a, m) != NULL) /* the longer the part, the surer; a part at the end says what it is */
        return SIMILAR + (int)(20 * m / n) + (memcmp(head + n - m, a, m) == 0 ? 5 : 0);
    return n < m && n >= 9 && memmem(a, m, head, n) != NULL ? SIMILAR - 10 + (int)(10 * n / m) : 0;
}

static int head_score(const struct ctx *cx, const struct map_field *f, const char *plain, size_t n)
{
    int best = 0, now;
    for (const char *a = f->aliases; *a != '\0';) {
        size_t len = strcspn(a, "|");
        now = fit(plain, n, a, len);
        best = now > best ? now : best;
        a += len + (a[len] == '|');
    }
    const char *own[] = {f->name, f->label, tr(cx, f->label), f->code};
    for (size_t i = 0; i < sizeof own / sizeof *own; i++) {
        now = own[i] == NULL ? 0 : fit(plain, n, own[i], strlen(own[i]));
        now = now == ALIAS ? SURE : now;
        best = now > best ? now : best;
    }
    return best;
}

struct score {
    int head, values, total;
};

static struct score score(const struct ctx *cx, const struct map_field *f, const struct row *head, const struct row *samples,
                          size_t n_samples, size_t col)
{
    char plain[HEAD_MAX];
    const char *h = head->cells[col];
    size_t n = plain_head(h, strlen(h), plain, sizeof plain);
    struct score s = {.head = head_score(cx, f, plain, n),
                      .values = f->kind == MAP_ANY ? -1 : share(f->kind, samples, n_samples, col)};
    s.total = s.head;
    if (s.head > 0 && s.head < ALIAS && s.values >= 0)
        s.total += s.values >= 60 ? 10 : s.values < 20 ? -15 : 0;
    bool telling = f->kind == MAP_WAGE || f->kind == MAP_PHONE || f->kind == MAP_URL || f->kind == MAP_EMAIL ||
                   f->kind == MAP_EDUCATION || f->kind == MAP_COMPANY || f->kind == MAP_USCC || f->kind == MAP_LONG;
    if (s.head == 0 && telling && s.values >= 80)
        s.total = 50; /* the values alone */
    return s;
}

static const char *reason(struct ctx *cx, const struct map_field *f, const struct score *s, const char *head)
{
    const char *label = tr(cx, f->label);
    if (s->head >= ALIAS)
        return arena_fmt(cx->arena, tr(cx, "表头“%s”就是“%s”。"), head, label);
    if (s->head > 0 && s->values >= 60)
        return arena_fmt(cx->arena, tr(cx, "表头“%s”和“%s”相近，内容也像。"), head, label);
    if (s->head > 0)
        return arena_fmt(cx->arena, tr(cx, "表头“%s”和“%s”相近，请核对。"), head, label);
    return arena_fmt(cx->arena, tr(cx, "表头认不出，内容像“%s”，请核对。"), label);
}

void mapping_guess(struct ctx *cx, const struct map_field *fields, const struct row *head, const struct row *samples,
                   size_t n_samples, struct mapping *out)
{
    size_t n_fields = 0;
    while (fields[n_fields].name != NULL)
        n_fields++;
    struct score *all = ARENA_ARRAY(cx->arena, struct score, n_fields * head->n);
    bool *taken = ARENA_ARRAY(cx->arena, bool, n_fields);
    *out = (struct mapping){.fields = fields, .columns = ARENA_ARRAY(cx->arena, struct map_column, head->n), .n = head->n};
    for (size_t c = 0; c < head->n; c++) {
        out->columns[c] = (struct map_column){.head = head->cells[c], .why = tr(cx, "没有对应的项目，不导入。")};
        for (size_t f = 0; f < n_fields; f++)
            all[c * n_fields + f] = score(cx, &fields[f], head, samples, n_samples, c);
    }
    for (;;) { /* the surest pair first */
        size_t best_c = 0, best_f = 0;
        int best = TAKE - 1;
        for (size_t c = 0; c < head->n; c++)
            for (size_t f = 0; f < n_fields && out->columns[c].field == NULL; f++)
                if (!taken[f] && all[c * n_fields + f].total > best) {
                    best = all[c * n_fields + f].total;
                    best_c = c;
                    best_f = f;
                }
        if (best < TAKE)
            return;
        struct map_column *col = &out->columns[best_c];
        col->field = &fields[best_f];
        col->confidence = best < SURE ? best : SURE;
        col->why = reason(cx, &fields[best_f], &all[best_c * n_fields + best_f], col->head);
        taken[best_f] = true;
    }
}

static const struct map_field *field_named(const struct mapping *m, const char *name, size_t n)
{
    for (const struct map_field *f = m->fields; f->name != NULL; f++)
        if (strlen(f->name) == n && memcmp(f->name, name, n) == 0)
            return f;
    return NULL;
}

static void give(struct mapping *m, size_t column, const struct map_field *field, const char *why, const char *gone)
{
    for (size_t i = 0; i < m->n && field != NULL; i++)
        if (i != column && m->columns[i].field == field) {
            m->columns[i].field = NULL;
            m->columns[i].confidence = 0;
            m->columns[i].why = gone;
        }
    m->columns[column].field = field;
    m->columns[column].confidence = SURE;
    m->columns[column].why = why;
}

err_t mapping_set(struct ctx *cx, struct mapping *m, size_t column, const char *field)
{
    const struct map_field *f = field == NULL || *field == '\0' ? NULL : field_named(m, field, strlen(field));
    if (column >= m->n || (f == NULL && field != NULL && *field != '\0'))
        return SAY(cx, E_INVALID, "mapping", N_("没有这一列或这个项目，请重新选。"));
    give(m, column, f, tr(cx, "您指定的。"), tr(cx, "没有对应的项目，不导入。"));
    return E_OK;
}

size_t mapping_column(const struct mapping *m, const char *field)
{
    for (size_t i = 0; i < m->n; i++)
        if (m->columns[i].field != NULL && strcmp(m->columns[i].field->name, field) == 0)
            return i;
    return SIZE_MAX;
}

const char *mapping_cell(const struct mapping *m, const struct row *row, const char *field)
{
    size_t i = mapping_column(m, field);
    return i == SIZE_MAX || i >= row->n ? NULL : row->cells[i];
}

const char *mapping_text(struct ctx *cx, const struct mapping *m)
{
    struct buf b = {.a = cx->arena};
    for (size_t i = 0; i < m->n; i++) {
        for (const char *p = m->columns[i].head; *p != '\0'; p++) /* a heading may have several lines */
            buf_add(&b, *p == '\n' || *p == '\t' ? " " : p, 1);
        buf_fmt(&b, "\t%s\n", m->columns[i].field == NULL ? "-" : m->columns[i].field->name);
    }
    return buf_text(&b);
}

static bool same_head(const char *head, const char *line, size_t n)
{
    if (strlen(head) != n)
        return false;
    for (size_t i = 0; i < n; i++)
        if (head[i] != line[i] && !(line[i] == ' ' && (head[i] == '\n' || head[i] == '\t')))
            return false;
    return true;
}

err_t mapping_apply(struct ctx *cx, struct mapping *m, const char *text)
{
    bool *done = ARENA_ARRAY(cx->arena, bool, m->n);
    while (*text != '\0') {
        size_t line = strcspn(text, "\n"), head = 0;
        const char *tab = memrchr(text, '\t', line);
        if (tab == NULL)
            return SAY(cx, E_INVALID, "mapping", N_("保存的列对应关系读不懂，请重新选一次。"));
        head = (size_t)(tab - text);
        size_t n = line - head - 1;
        bool none = n == 1 && tab[1] == '-';
        const struct map_field *f = none ? NULL : field_named(m, tab + 1, n);
        for (size_t i = 0; i < m->n && (none || f != NULL); i++)
            if (!done[i] && same_head(m->columns[i].head, text, head)) {
                give(m, i, f, tr(cx, "和上次一样。"), tr(cx, "没有对应的项目，不导入。"));
                done[i] = true;
                break;
            }
        text += line + (text[line] == '\n');
    }
    return E_OK;
}
