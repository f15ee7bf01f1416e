#include "rules/lint.h"

#include "rules/starts.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { GAP = 6 /* characters */, MAX_GAPS = 3, MAX_PATTERN = 2000, MAX_RULES = 64, EXCEPT_REACH = 90 /* bytes before a hit */ };

struct plain { /* a text without blanks, and where its bytes came from */
    char *s;
    size_t n;
    uint32_t *from, *to; /* of each byte: where its character begins and ends in the text as given */
    struct start *start; /* of each byte: starts_at() */
    uint32_t *places; /* bytes with which some pattern may begin */
    size_t n_places;
};

static size_t char_len(const char *s)
{
    unsigned char c = (unsigned char)*s;
    size_t want = c < 0xC0 ? 1 : c < 0xE0 ? 2 : c < 0xF0 ? 3 : 4, n = 1;
    while (n < want && ((unsigned char)s[n] & 0xC0) == 0x80)
        n++;
    return n;
}

static bool is_blank(const char *s, size_t n)
{
    uint32_t c = 0; /* its bytes, one behind the other */
    for (size_t i = 0; i < n; i++)
        c = c << 8 | (unsigned char)s[i];
    switch (c) {
    case ' ': case '\t': case '\r':
    case 0xC2A0:                                 /* U+00A0 */
    case 0xE38080:                               /* U+3000 */
    case 0xE2808B: case 0xE2808C: case 0xE2808D: /* U+200B to U+200D */
    case 0xE281A0:                               /* U+2060 */
    case 0xEFBBBF:                               /* U+FEFF */
        return true;
    default: return false;
    }
}

/* U+FF01..U+FF5E are the ASCII signs in full width; 0 when it is none of them. */
static char half_width(const char *s, size_t n)
{
    const unsigned char *p = (const unsigned char *)s;
    if (n != 3 || p[0] != 0xEF || (p[1] != 0xBC && p[1] != 0xBD))
        return 0;
    unsigned c = ((p[1] & 0x3Fu) << 6 | (p[2] & 0x3Fu)) + 0x20u - 0xF00u;
    return c > 0x20 && c < 0x7F ? (char)c : 0;
}

static struct plain plain_of(struct arena *a, const char *text, const struct starts *some)
{
    size_t len = strlen(text);
    struct plain p = {.s = arena_alloc(a, len + 1)};
    p.from = ARENA_ARRAY(a, uint32_t, len + 1);
    p.to = ARENA_ARRAY(a, uint32_t, len + 1);
    for (size_t i = 0, n; i < len; i += n) {
        n = char_len(text + i);
        if (is_blank(text + i, n))
            continue;
        char half = n == 1 ? text[i] : half_width(text + i, n);
        size_t put = half != 0 ? 1 : n;
        for (size_t k = 0; k < put; k++, p.n++) {
            p.s[p.n] = half != 0 ? (char)tolower((unsigned char)half) : text[i + k];
            p.from[p.n] = (uint32_t)i;
            p.to[p.n] = (uint32_t)(i + n);
        }
    }
    p.start = ARENA_ARRAY(a, struct start, p.n + 1);
    p.places = ARENA_ARRAY(a, uint32_t, p.n + 1);
    for (size_t i = 0, n; i < p.n; i += n) {
        n = char_len(p.s + i);
        for (size_t k = 1; k < n; k++)
            p.start[i + k].first = 4096;
        p.start[i] = starts_at(p.s + i);
        p.places[p.n_places] = (uint32_t)i;
        p.n_places += starts_any(some, p.start[i]);
    }
    return p;
}

static bool ends_clause(const char *s)
{
    return *s == '\0' || strchr(",;!?\n", *s) != NULL || strncmp(s, "。", 3) == 0;
}

static const char *match(const char *pat, const char *s);

/* Letters and # up to `|`, `]`, `[`, `*` or the end: where they end in the text and, *rest, in the pattern; NULL: they do not stand here. */
static const char *match_plain(const char *p, const char *s, const char **rest)
{
    for (; *p != '\0' && *p != '|' && *p != ']' && *p != '[' && *p != '*'; p++) {
        if (*p == '#' ? *s < '0' || *s > '9' : *s != *p)
            return NULL;
        s++;
        while (*p == '#' && *s >= '0' && *s <= '9')
            s++;
    }
    *rest = p;
    return s;
}

/* `pat` stands on '['. Tries each choice with what follows it. */
static const char *match_choice(const char *pat, const char *s)
{
    const char *close = strchr(pat, ']'), *rest;
    if (close == NULL)
        return NULL;
    for (const char *p = pat + 1; p <= close; p++) {
        const char *end = match_plain(p, s, &rest);
        end = end != NULL ? match(close + 1, end) : NULL;
        if (end != NULL)
            return end;
        while (*p != '|' && *p != ']')
            p++;
    }
    return NULL;
}

/* Where the shortest match of `pat` that begins at `s` ends, or NULL. */
static const char *match(const char *pat, const char *s)
{
    s = match_plain(pat, s, &pat);
    if (s == NULL)
        return NULL;
    if (*pat == '\0')
        return s;
    if (*pat == '[')
        return match_choice(pat, s);
    for (int skipped = 0; skipped <= GAP; skipped++) {
        const char *end = match(pat + 1, s);
        if (end != NULL)
            return end;
        if (ends_clause(s))
            return NULL;
        s += char_len(s);
    }
    return NULL;
}

static bool excepted(const struct rule_param *except, const struct plain *p, size_t a, size_t b)
{
    if (except == NULL)
        return false;
    for (size_t s = a > EXCEPT_REACH ? a - EXCEPT_REACH : 0; s < b; s++)
        for (size_t k = 0; starts_any(except->starts, p->start[s]) && k < except->n_items; k++) {
            const char *end = starts_item(except->starts, k, p->start[s]) ? match(except->items[k], p->s + s) : NULL;
            if (end != NULL && end > p->s + a)
                return true;
        }
    return false;
}

struct finding {
    struct ctx *cx;
    struct lint_hit *hits;
    size_t n;
};

static bool taken(const struct finding *f, size_t since, const struct rule *rule, size_t from, size_t to)
{
    for (size_t i = since; i < f->n; i++)
        if (f->hits[i].rule == rule && f->hits[i].from < to && from < f->hits[i].to)
            return true;
    return false;
}

/* Every place of one text where a pattern of `list` matches, a place once. `since`: the first hit of this text. */
static void search(struct finding *f, const struct rule *rule, const char *list, const struct lint_text *t, const struct plain *p,
                   size_t since)
{
    const struct rule_param *patterns = rule_get(rule, list, RULE_LIST);
    if (patterns == NULL)
        return;
    for (size_t i = 0; i < p->n_places && f->n < LINT_MAX_HITS; i++) {
        size_t s = p->places[i];
        struct start c = p->start[s];
        for (size_t k = 0; starts_any(patterns->starts, c) && k < patterns->n_items; k++) {
            const char *end = starts_item(patterns->starts, k, c) ? match(patterns->items[k], p->s + s) : NULL;
            if (end == NULL || end == p->s + s)
                continue;
            size_t e = (size_t)(end - p->s), from = p->from[s], to = p->to[e - 1];
            if (taken(f, since, rule, from, to) || excepted(rule_get(rule, "except", RULE_LIST), p, s, e))
                continue;
            const struct rule_param *say = rule_get(rule, "say", RULE_TEXT);
            f->hits[f->n++] = (struct lint_hit){.rule = rule,
                                                .severity = *list == 'b' ? LINT_BLOCK : LINT_WARN,
                                                .field = t->field,
                                                .from = from,
                                                .to = to,
                                                .words = arena_strndup(f->cx->arena, t->text + from, to - from),
                                                .say = say != NULL ? say->text : rule->clause};
            break;
        }
    }
}

static int by_place(const void *a, const void *b)
{
    const struct lint_hit *x = a, *y = b;
    return x->from != y->from ? (x->from > y->from) - (x->from < y->from) : (int)y->severity - (int)x->severity;
}

size_t lint_ad(struct ctx *cx, const struct rules *rules, int64_t on, const struct lint_text *texts, size_t n_texts,
               const struct lint_hit **hits)
{
    const struct rule *ads[MAX_RULES];
    size_t n_ads = rules_list(rules, "ad", on, ads, MAX_RULES);
    struct finding f = {.cx = cx, .hits = ARENA_ARRAY(cx->arena, struct lint_hit, LINT_MAX_HITS)};
    for (size_t t = 0; t < n_texts; t++) {
        if (texts[t].text == NULL)
            continue;
        struct plain p = plain_of(cx->arena, texts[t].text, rules->starts);
        size_t since = f.n;
        for (size_t r = 0; r < n_ads && p.n_places > 0; r++) {
            search(&f, ads[r], "block", &texts[t], &p, since);
            search(&f, ads[r], "warn", &texts[t], &p, since);
        }
        qsort(f.hits + since, f.n - since, sizeof *f.hits, by_place);
    }
    *hits = f.hits;
    return f.n;
}

/* NULL when the pattern is well formed. */
static const char *pattern_fault(const char *pat)
{
    int gaps = 0;
    bool open = false;
    if (strlen(pat) > MAX_PATTERN || *pat == '*')
        return *pat == '*' ? "begins with a gap" : "too long";
    for (const char *p = pat; *p != '\0'; p++) {
        if ((*p == '[' && open) || (*p == ']' && !open))
            return "brackets do not pair";
        if ((*p == '*' && open) || (*p == '|' && !open))
            return "a gap inside or a bar outside brackets";
        open = *p == '[' || (open && *p != ']');
        gaps += *p == '*';
    }
    return open ? "a bracket is not closed" : gaps > MAX_GAPS ? "too many gaps" : NULL;
}

err_t lint_check(struct ctx *cx, const struct rules *rules)
{
    static const char *const lists[] = {"block", "warn", "except"};
    for (size_t i = 0; i < rules->n; i++)
        for (size_t l = 0; l < sizeof lists / sizeof *lists; l++) {
            const struct rule_param *list = rule_get(&rules->rule[i], lists[l], RULE_LIST);
            for (size_t k = 0; list != NULL && k < list->n_items; k++) {
                const char *fault = pattern_fault(list->items[k]);
                if (fault != NULL)
                    return FAIL(cx, E_INVALID, lists[l], "%s: %s: %.80s", rules->rule[i].id, fault, list->items[k]);
            }
        }
    return E_OK;
}
