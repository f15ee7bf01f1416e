#include "rules/rules.h"

#include "rules/starts.h"

#include "base/embed.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

enum { MAX_LINE = 4000 };
static const int64_t in_force = 99991231;

struct reader {
    struct ctx *cx;
    const char *file;
    int line;
    struct rule *rules;
    size_t n, cap;
    bool open; /* the last rule is still being read */
    struct rule_param *params; /* of the rule being read */
    size_t n_params, cap_params;
};

static err_t wrong(struct reader *r, const char *why, const char *what)
{
    return FAIL(r->cx, E_INVALID, "rules", "%s:%d: %s: %.80s", r->file, r->line, why, what);
}

/* Cuts blanks from both ends of [s, s+n) and copies. */
static char *trimmed(struct reader *r, const char *s, size_t n)
{
    while (n > 0 && isspace((unsigned char)*s))
        s++, n--;
    while (n > 0 && isspace((unsigned char)s[n - 1]))
        n--;
    return arena_strndup(r->cx->arena, s, n);
}

static bool is_name(const char *s)
{
    if (!islower((unsigned char)*s))
        return false;
    for (; *s != '\0'; s++)
        if (!islower((unsigned char)*s) && !isdigit((unsigned char)*s) && *s != '_' && *s != '.')
            return false;
    return true;
}

/* Whole numbers and, with `places` 2, yuan: 12 or 12.5 or 12.50 become 1200, 1250, 1250. */
static bool read_number(const char *s, int places, int64_t *out)
{
    bool minus = *s == '-';
    s += minus;
    int64_t v = 0;
    int digits = 0, after = -1;
    for (; *s != '\0'; s++) {
        if (*s == '.' && after < 0 && places > 0 && digits > 0) {
            after = 0;
            continue;
        }
        if (!isdigit((unsigned char)*s) || ++digits > 15 || (after >= 0 && ++after > places))
            return false;
        v = v * 10 + (*s - '0');
    }
    if (digits == 0 || after == 0)
        return false;
    for (int i = after < 0 ? 0 : after; i < places; i++)
        v *= 10;
    *out = minus ? -v : v;
    return true;
}

/* "2026-05-01" -> 20260501; 0 when it is not a date. */
static int64_t read_date(const char *s)
{
    static const char form[] = "dddd-dd-dd";
    int64_t v = 0;
    if (strlen(s) != sizeof form - 1)
        return 0;
    for (size_t i = 0; i < sizeof form - 1; i++) {
        if (form[i] == '-' ? s[i] != '-' : !isdigit((unsigned char)s[i]))
            return 0;
        if (form[i] == 'd')
            v = v * 10 + (s[i] - '0');
    }
    int64_t month = v / 100 % 100, day = v % 100;
    return v >= 19000101 && month >= 1 && month <= 12 && day >= 1 && day <= 31 ? v : 0;
}

static err_t add_items(struct reader *r, struct rule_param *p, char *value)
{
    const char **items = NULL;
    size_t n = 0, cap = 0;
    if (p->n_items > 0) {
        cap = p->n_items * 2;
        items = ARENA_ARRAY(r->cx->arena, const char *, cap);
        for (; n < p->n_items; n++)
            items[n] = p->items[n];
    }
    for (char *save = NULL, *w = strtok_r(value, " \t", &save); w != NULL; w = strtok_r(NULL, " \t", &save)) {
        if (n == cap) {
            size_t more = cap == 0 ? 16 : cap * 2;
            items = arena_grow(r->cx->arena, items, sizeof *items * cap, sizeof *items * more);
            cap = more;
        }
        items[n++] = w;
    }
    if (n == p->n_items)
        return wrong(r, "empty list", p->name);
    p->items = items;
    p->n_items = n;
    p->starts = starts_of(r->cx->arena, items, n);
    return E_OK;
}

static struct rule_param *param_named(struct reader *r, const char *name)
{
    for (size_t i = 0; i < r->n_params; i++)
        if (strcmp(r->params[i].name, name) == 0)
            return &r->params[i];
    return NULL;
}

static struct rule_param *new_param(struct reader *r, struct rule_param p)
{
    if (r->n_params == r->cap_params) {
        size_t more = r->cap_params == 0 ? 8 : r->cap_params * 2;
        r->params = arena_grow(r->cx->arena, r->params, sizeof *r->params * r->cap_params, sizeof *r->params * more);
        r->cap_params = more;
    }
    r->params[r->n_params] = p;
    return &r->params[r->n_params++];
}

/* name : type unit = value */
static err_t read_param(struct reader *r, const char *name, const char *type_unit, char *value)
{
    static const char *const types[] = {[RULE_INT] = "int", [RULE_MONEY] = "money", [RULE_TEXT] = "text", [RULE_LIST] = "list"};
    size_t n = strcspn(type_unit, " ");
    struct rule_param p = {.name = name, .unit = trimmed(r, type_unit + n, strlen(type_unit + n))};
    for (size_t t = RULE_INT; t <= RULE_LIST; t++)
        if (strlen(types[t]) == n && memcmp(types[t], type_unit, n) == 0)
            p.type = (enum rule_type)t;
    struct rule_param *old = param_named(r, name);
    if (old != NULL && (old->type != RULE_LIST || p.type != RULE_LIST))
        return wrong(r, "the parameter is there already", name);
    switch (p.type) {
    case RULE_INT:
        return read_number(value, 0, &p.number) ? new_param(r, p), E_OK : wrong(r, "not a whole number", value);
    case RULE_MONEY:
        return read_number(value, 2, &p.number) ? new_param(r, p), E_OK : wrong(r, "not an amount in yuan", value);
    case RULE_TEXT:
        p.text = value;
        return *value != '\0' ? new_param(r, p), E_OK : wrong(r, "empty text", name);
    case RULE_LIST:
        return add_items(r, old != NULL ? old : new_param(r, p), value);
    }
    return wrong(r, "the type is not int, money, text or list", type_unit);
}

static err_t set_once(struct reader *r, const char **to, const char *name, const char *value)
{
    if (*to != NULL || *value == '\0')
        return wrong(r, *to != NULL ? "said twice" : "empty", name);
    *to = value;
    return E_OK;
}

static err_t set_date(struct reader *r, int64_t *to, const char *value)
{
    if (*to != 0 || read_date(value) == 0)
        return wrong(r, *to != 0 ? "said twice" : "not a date like 2026-05-01", value);
    *to = read_date(value);
    return E_OK;
}

/* name = value */
static err_t read_head(struct reader *r, const char *name, const char *value)
{
    struct rule *rule = &r->rules[r->n - 1];
    if (strcmp(name, "title") == 0)
        return set_once(r, &rule->title, name, value);
    if (strcmp(name, "cite") == 0)
        return set_once(r, &rule->cite, name, value);
    if (strcmp(name, "source") == 0)
        return set_once(r, &rule->source, name, value);
    if (strcmp(name, "clause") == 0)
        return set_once(r, &rule->clause, name, value);
    if (strcmp(name, "from") == 0)
        return set_date(r, &rule->from, value);
    if (strcmp(name, "to") == 0)
        return set_date(r, &rule->to, value);
    if (strcmp(name, "kind") == 0 && (strcmp(value, "law") == 0 || strcmp(value, "norm") == 0)) {
        rule->norm = *value == 'n';
        return E_OK;
    }
    return wrong(r, "unknown entry", name);
}

/* Closes the rule being read: everything a citation needs must be there. */
static err_t finish(struct reader *r)
{
    if (!r->open)
        return E_OK;
    r->open = false;
    struct rule *rule = &r->rules[r->n - 1];
    rule->to = rule->to == 0 ? in_force : rule->to;
    if (rule->title == NULL || rule->cite == NULL || rule->clause == NULL || rule->source == NULL || rule->from == 0)
        return wrong(r, "title, cite, source, from or clause is missing", rule->id);
    if (rule->to < rule->from)
        return wrong(r, "ends before it begins", rule->id);
    rule->params = r->params;
    rule->n_params = r->n_params;
    r->params = NULL;
    r->n_params = r->cap_params = 0;
    return E_OK;
}

static err_t begin(struct reader *r, const char *s, size_t n)
{
    TRY(finish(r));
    if (n < 3 || s[n - 1] != ']')
        return wrong(r, "no closing bracket", s);
    const char *id = trimmed(r, s + 1, n - 2);
    if (!is_name(id))
        return wrong(r, "an id is small letters, digits, _ and .", id);
    if (r->n == r->cap) {
        size_t more = r->cap == 0 ? 32 : r->cap * 2;
        r->rules = arena_grow(r->cx->arena, r->rules, sizeof *r->rules * r->cap, sizeof *r->rules * more);
        r->cap = more;
    }
    r->rules[r->n++] = (struct rule){.id = id};
    r->open = true;
    return E_OK;
}

static err_t read_line(struct reader *r, const char *s, size_t n)
{
    const char *line = trimmed(r, s, n);
    n = strlen(line);
    if (n == 0 || *line == '#')
        return E_OK;
    if (*line == '[')
        return begin(r, line, n);
    const char *eq = strchr(line, '=');
    if (eq == NULL || !r->open)
        return wrong(r, eq == NULL ? "no = in the line" : "before the first [id]", line);
    char *value = trimmed(r, eq + 1, strlen(eq + 1));
    const char *colon = memchr(line, ':', (size_t)(eq - line));
    const char *name = trimmed(r, line, (size_t)((colon != NULL ? colon : eq) - line));
    if (!is_name(name))
        return wrong(r, "a name is small letters, digits, _ and .", name);
    if (colon == NULL)
        return read_head(r, name, value);
    return read_param(r, name, trimmed(r, colon + 1, (size_t)(eq - colon - 1)), value);
}

static err_t read_file(struct reader *r, const struct rules_file *f)
{
    r->file = f->name;
    r->line = 0;
    if (memchr(f->text, '\0', f->n) != NULL)
        return wrong(r, "not a text file", f->name);
    for (const char *s = f->text, *end = f->text + f->n; s < end;) {
        const char *nl = memchr(s, '\n', (size_t)(end - s));
        size_t n = (size_t)((nl != NULL ? nl : end) - s);
        r->line++;
        if (n > MAX_LINE)
            return wrong(r, "the line is too long", f->name);
        TRY(read_line(r, s, n));
        s += n + 1;
    }
    TRY(finish(r));
    return E_OK;
}

static int by_id_newest_first(const void *a, const void *b)
{
    const struct rule *x = a, *y = b;
    int d = strcmp(x->id, y->id);
    return d != 0 ? d : (x->from < y->from) - (x->from > y->from);
}

static const struct starts *starts_of_ads(struct reader *r)
{
    struct starts *all = ARENA_NEW(r->cx->arena, struct starts);
    for (size_t i = 0; i < 2 * r->n; i++) {
        const struct rule_param *list = rule_get(&r->rules[i / 2], i % 2 == 0 ? "block" : "warn", RULE_LIST);
        if (list != NULL)
            starts_add(all, list->starts);
    }
    return all;
}

err_t rules_load(struct ctx *cx, const struct rules_file *files, size_t n, struct rules *out)
{
    struct reader r = {.cx = cx};
    for (size_t i = 0; i < n; i++) {
        size_t before = r.n;
        TRY(read_file(&r, &files[i]));
        if (r.n == before)
            return wrong(&r, "no rule in the file", files[i].name);
    }
    if (r.n > 0)
        qsort(r.rules, r.n, sizeof *r.rules, by_id_newest_first);
    *out = (struct rules){r.rules, r.n, starts_of_ads(&r)};
    return E_OK;
}

err_t rules_embedded(struct ctx *cx, const char *folder, struct rules *out)
{
    struct rules_file *files = ARENA_ARRAY(cx->arena, struct rules_file, embedded_count);
    size_t n = 0;
    for (size_t i = 0; i < embedded_count; i++)
        if (strncmp(embedded[i].name, folder, strlen(folder)) == 0)
            files[n++] = (struct rules_file){embedded[i].name, (const char *)embedded[i].p, embedded[i].n};
    if (n == 0)
        return FAIL(cx, E_NOTFOUND, NULL, "no rule files under %s", folder);
    return rules_load(cx, files, n, out);
}

static bool holds(const struct rule *r, int64_t on)
{
    return r->from <= on && on <= r->to;
}

const struct rule *rules_find(const struct rules *rules, const char *id, int64_t on)
{
    for (size_t i = 0; i < rules->n; i++)
        if (strcmp(rules->rule[i].id, id) == 0 && holds(&rules->rule[i], on))
            return &rules->rule[i];
    return NULL;
}

size_t rules_list(const struct rules *rules, const char *id, int64_t on, const struct rule *out[], size_t cap)
{
    size_t n = 0, len = strlen(id);
    for (size_t i = 0; i < rules->n && n < cap; i++) {
        const struct rule *r = &rules->rule[i];
        if (strncmp(r->id, id, len) == 0 && (r->id[len] == '\0' || r->id[len] == '.') && holds(r, on))
            out[n++] = r;
    }
    return n;
}

const struct rule_param *rule_get(const struct rule *rule, const char *name, enum rule_type type)
{
    for (size_t i = 0; i < rule->n_params; i++)
        if (rule->params[i].type == type && strcmp(rule->params[i].name, name) == 0)
            return &rule->params[i];
    return NULL;
}

err_t rules_number(struct ctx *cx, const struct rules *rules, const char *id, const char *name, int64_t on, int64_t *number,
                   const struct rule **rule)
{
    const struct rule *r = rules_find(rules, id, on);
    const struct rule_param *p = r == NULL ? NULL : rule_get(r, name, RULE_INT);
    if (r != NULL && p == NULL)
        p = rule_get(r, name, RULE_MONEY);
    if (p == NULL)
        return FAIL(cx, E_BUG, NULL, "no rule %s with %s on %lld", id, name, (long long)on);
    *number = p->number;
    if (rule != NULL)
        *rule = r;
    return E_OK;
}
