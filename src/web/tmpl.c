#include "web/tmpl.h"

#include <stdio.h>
#include <string.h>

enum op { OP_TEXT, OP_VALUE, OP_EACH, OP_NONE, OP_END, OP_MSG, OP_PART, OP_ICON, OP_ASSET, OP_STOP };
enum { DEPTH_MAX = 16 };

struct step {
    enum op op;
    const char *s;
    size_t n;
    unsigned jump; /* EACH/NONE: how far the matching END is */
};
struct tmpl {
    struct step *steps;
    unsigned n, cap;
};

/* Where in the HTML a tag stands: values are allowed in text and in double-quoted attributes only. */
enum place { IN_TEXT, IN_TAG, IN_DOUBLE, IN_SINGLE };

static enum place place_after(enum place at, const char *s, size_t n)
{
    for (size_t i = 0; i < n; i++) {
        char c = s[i];
        if (at == IN_TEXT && c == '<')
            at = IN_TAG;
        else if (at == IN_TAG && c == '>')
            at = IN_TEXT;
        else if (at == IN_TAG && (c == '"' || c == '\''))
            at = c == '"' ? IN_DOUBLE : IN_SINGLE;
        else if ((at == IN_DOUBLE && c == '"') || (at == IN_SINGLE && c == '\''))
            at = IN_TAG;
    }
    return at;
}

static struct step *push(struct arena *a, struct tmpl *t, enum op op, const char *s, size_t n)
{
    if (t->n == t->cap) {
        unsigned want = t->cap == 0 ? 32 : t->cap * 2;
        t->steps = arena_grow(a, t->steps, t->cap * sizeof *t->steps, want * sizeof *t->steps);
        t->cap = want;
    }
    t->steps[t->n] = (struct step){.op = op, .s = s, .n = n};
    return &t->steps[t->n++];
}

static bool all_of(const char *s, size_t n, const char *set)
{
    for (size_t i = 0; i < n; i++)
        if (s[i] == '\0' || strchr(set, s[i]) == NULL)
            return false;
    return n > 0;
}

#define LOWER "abcdefghijklmnopqrstuvwxyz0123456789"
static bool name_ok(char kind, const char *s, size_t n)
{
    switch (kind) {
    case '_': return n > 0 && memchr(s, '\0', n) == NULL;
    case '>': return all_of(s, n, LOWER "_-/");
    case 'i': return all_of(s, n, LOWER "-");
    case '@': return all_of(s, n, LOWER "_-./");
    default: return all_of(s, n, LOWER "_.") && s[0] != '.' && s[n - 1] != '.';
    }
}

struct tag {
    char kind; /* 0 = a value */
    const char *s;
    size_t n;
};

/* Reads the inside of {{…}}; "{{i name}}" needs its blank, so that {{id}} stays a value. */
static struct tag tag_read(const char *s, const char *close)
{
    struct tag t = {.s = s};
    if (s < close && memchr("#^/_>!@", *s, 7) != NULL)
        t.kind = *t.s++;
    else if (close - s > 2 && s[0] == 'i' && s[1] == ' ')
        t.kind = *t.s++;
    while (t.s < close && *t.s == ' ')
        t.s++;
    t.n = (size_t)(close - t.s);
    while (t.n > 0 && t.s[t.n - 1] == ' ')
        t.n--;
    return t;
}

struct compile {
    struct arena *a;
    struct tmpl *t;
    unsigned open[DEPTH_MAX], depth;
    enum place place, opened_in[DEPTH_MAX];
};

static bool section(struct compile *c, struct tag g)
{
    if (g.kind != '/') {
        if (c->depth == DEPTH_MAX)
            return false;
        c->opened_in[c->depth] = c->place;
        c->open[c->depth++] = c->t->n;
        push(c->a, c->t, g.kind == '#' ? OP_EACH : OP_NONE, g.s, g.n);
        return true;
    }
    if (c->depth == 0)
        return false;
    struct step *o = &c->t->steps[c->open[--c->depth]];
    if (o->n != g.n || memcmp(o->s, g.s, g.n) != 0 || c->opened_in[c->depth] != c->place)
        return false; /* another name, or a section that leaves a quote or tag open */
    o->jump = c->t->n - c->open[c->depth];
    push(c->a, c->t, OP_END, g.s, g.n);
    return true;
}

static bool compile_tag(struct compile *c, struct tag g)
{
    if (g.kind == '!')
        return true;
    if (!name_ok(g.kind, g.s, g.n))
        return false;
    if (g.kind == '#' || g.kind == '^' || g.kind == '/')
        return section(c, g);
    bool quoted = c->place == IN_DOUBLE;
    if (c->place == IN_SINGLE || (c->place == IN_TAG && g.kind != '>') || (quoted && g.kind == 'i'))
        return false;
    push(c->a, c->t,
         g.kind == '_'   ? OP_MSG
         : g.kind == '>' ? OP_PART
         : g.kind == 'i' ? OP_ICON
         : g.kind == '@' ? OP_ASSET
                         : OP_VALUE,
         g.s, g.n);
    return true;
}

struct tmpl *tmpl_compile(struct arena *a, const char *src, size_t n, size_t *err_at)
{
    struct compile c = {.a = a, .t = ARENA_NEW(a, struct tmpl)};
    const char *p = src, *end = src + n;
    while (p < end) {
        const char *open = memmem(p, (size_t)(end - p), "{{", 2);
        const char *stop = open == NULL ? end : open;
        if (stop > p) {
            push(a, c.t, OP_TEXT, p, (size_t)(stop - p));
            c.place = place_after(c.place, p, (size_t)(stop - p));
        }
        if (open == NULL)
            break;
        *err_at = (size_t)(open - src);
        const char *close = memmem(open + 2, (size_t)(end - open - 2), "}}", 2);
        if (close == NULL)
            return NULL;
        if (close + 2 < end && close[2] == '}') /* "{{_ 共 {n}}}": the inner brace belongs to the text */
            close++;
        if (!compile_tag(&c, tag_read(open + 2, close)))
            return NULL;
        p = close + 2;
    }
    *err_at = n;
    if (c.depth != 0)
        return NULL;
    push(a, c.t, OP_STOP, NULL, 0);
    return c.t;
}

void tmpl_uses(const struct tmpl *t, void (*fn)(void *arg, char kind, const char *name, size_t len), void *arg)
{
    for (const struct step *s = t->steps; s->op != OP_STOP; s++) {
        char kind = s->op == OP_PART ? '>' : s->op == OP_ASSET ? '@' : s->op == OP_ICON ? 'i' : s->op == OP_MSG ? '_' : '\0';
        if (kind != '\0')
            fn(arg, kind, s->s, s->n);
    }
}

/* ---- rendering ---- */
struct scope {
    const struct view *v;
    const struct scope *up;
};
struct run {
    struct buf *out;
    const struct tmpl_env *env;
    int depth;
};

/* view_get() with the first character tried before the rest: a page looks up thousands of names. */
static const struct view *member(const struct view *obj, const char *s, size_t n)
{
    if (obj->kind != V_OBJ)
        return NULL;
    for (const struct view *v = obj->head; v != NULL; v = v->next)
        if (v->key != NULL && v->key[0] == s[0] && strncmp(v->key, s, n) == 0 && v->key[n] == '\0')
            return v;
    return NULL;
}

static const struct view *find(const struct scope *sc, const char *s, size_t n)
{
    const char *dot = memchr(s, '.', n);
    size_t first = dot == NULL ? n : (size_t)(dot - s);
    const struct view *v = NULL;
    for (; sc != NULL && v == NULL; sc = sc->up)
        v = member(sc->v, s, first);
    while (v != NULL && dot != NULL) {
        s = dot + 1;
        n -= first + 1;
        dot = memchr(s, '.', n);
        first = dot == NULL ? n : (size_t)(dot - s);
        v = member(v, s, first);
    }
    return v;
}

static bool truthy(const struct view *v)
{
    if (v == NULL || v->kind == V_NULL)
        return false;
    if (v->kind == V_BOOL || v->kind == V_I64 || v->kind == V_LIST)
        return v->i != 0;
    return v->kind == V_OBJ || v->len > 0;
}

static void put_i64(struct buf *b, int64_t i)
{
    char num[24], *p = num + sizeof num;
    uint64_t u = i < 0 ? 0 - (uint64_t)i : (uint64_t)i;
    do
        *--p = (char)('0' + u % 10);
    while ((u /= 10) != 0);
    if (i < 0)
        *--p = '-';
    buf_add(b, p, (size_t)(num + sizeof num - p));
}

/* "30,000": groups of three. */
static void put_count(struct buf *b, int64_t i)
{
    char plain[24];
    int n = snprintf(plain, sizeof plain, "%lld", (long long)i);
    for (int k = 0; k < n; k++) {
        buf_add(b, plain + k, 1);
        int left = n - 1 - k;
        if (left > 0 && left % 3 == 0 && plain[k] != '-')
            buf_add(b, ",", 1);
    }
}

static void put_value(struct buf *b, const struct view *v)
{
    if (v == NULL)
        return;
    if (v->kind == V_STR)
        buf_html(b, v->s, v->len);
    else if (v->kind == V_HTML)
        buf_add(b, v->s, v->len);
    else if (v->kind == V_I64 && v->len == 1)
        put_count(b, v->i);
    else if (v->kind == V_I64 || v->kind == V_BOOL)
        put_i64(b, v->i);
}

/* The text in the reader's language, with each {name} replaced by its value; a brace that names nothing stays. */
static void put_text(struct run *r, const struct step *s, const struct scope *sc)
{
    const char *p = r->env->text == NULL ? NULL : r->env->text(r->env->arg, s->s, s->n);
    size_t n = p == NULL ? s->n : strlen(p);
    p = p == NULL ? s->s : p;
    const char *end = p + n;
    while (p < end) {
        const char *open = memchr(p, '{', (size_t)(end - p));
        const char *close = open == NULL ? NULL : memchr(open, '}', (size_t)(end - open));
        if (close == NULL)
            break;
        if (!name_ok(0, open + 1, (size_t)(close - open - 1))) {
            buf_html(r->out, p, (size_t)(open + 1 - p));
            p = open + 1;
            continue;
        }
        buf_html(r->out, p, (size_t)(open - p));
        put_value(r->out, find(sc, open + 1, (size_t)(close - open - 1)));
        p = close + 1;
    }
    buf_html(r->out, p, (size_t)(end - p));
}

static void put_asset(struct run *r, const char *name, size_t len)
{
    const char *url = r->env->asset == NULL ? NULL : r->env->asset(r->env->arg, name, len);
    if (url != NULL)
        buf_html(r->out, url, strlen(url));
}

static void put_icon(struct run *r, const struct step *s)
{
    buf_str(r->out, "<svg class=\"i\" aria-hidden=\"true\" focusable=\"false\"><use href=\"");
    put_asset(r, "icons.svg", strlen("icons.svg"));
    buf_add(r->out, "#", 1);
    buf_html(r->out, s->s, s->n);
    buf_str(r->out, "\"/></svg>");
}

static void run_steps(struct run *r, const struct step *s, const struct scope *sc);

static void run_each(struct run *r, const struct step *s, const struct scope *sc)
{
    const struct view *v = find(sc, s->s, s->n);
    if (s->op == OP_NONE) {
        if (!truthy(v))
            run_steps(r, s + 1, sc);
    } else if (truthy(v) && v->kind == V_LIST) {
        for (const struct view *m = v->head; m != NULL; m = m->next)
            run_steps(r, s + 1, &(struct scope){m, sc});
    } else if (truthy(v)) {
        run_steps(r, s + 1, &(struct scope){v, sc});
    }
}

static void run_part(struct run *r, const struct step *s, const struct scope *sc)
{
    const struct tmpl *p = r->depth < DEPTH_MAX && r->env->part != NULL ? r->env->part(r->env->arg, s->s, s->n) : NULL;
    if (p == NULL)
        return;
    r->depth++;
    run_steps(r, p->steps, sc);
    r->depth--;
}

static void run_steps(struct run *r, const struct step *s, const struct scope *sc)
{
    for (;; s++) {
        switch (s->op) {
        case OP_STOP:
        case OP_END: return;
        case OP_TEXT: buf_add(r->out, s->s, s->n); break;
        case OP_VALUE: put_value(r->out, find(sc, s->s, s->n)); break;
        case OP_MSG: put_text(r, s, sc); break;
        case OP_ICON: put_icon(r, s); break;
        case OP_ASSET: put_asset(r, s->s, s->n); break;
        case OP_PART: run_part(r, s, sc); break;
        case OP_EACH:
        case OP_NONE:
            run_each(r, s, sc);
            s += s->jump;
            break;
        }
    }
}

void tmpl_render(struct buf *out, const struct tmpl *t, const struct view *v, const struct tmpl_env *env)
{
    struct run r = {out, env, 0};
    run_steps(&r, t->steps, &(struct scope){v, NULL});
}
