#include "base/flow.h"

#include <string.h>

err_t flow_step(struct ctx *cx, const struct flow *f, const char *from, const char *action, const char *note, const void *row,
                const struct flow_edge **edge)
{
    for (const struct flow_edge *e = f->edges; e->from != NULL; e++) {
        if (strcmp(e->from, from) != 0 || strcmp(e->action, action) != 0)
            continue;
        if ((cx->actor.role & e->roles) == 0)
            return FAIL(cx, E_DENIED, NULL, "%s: %s is not for role %x", f->name, action, cx->actor.role);
        if ((e->flags & FLOW_NOTE) && (note == NULL || *note == '\0'))
            return SAY(cx, E_INVALID, "note", N_("请写明原因。"));
        if (e->guard != NULL)
            TRY(e->guard(cx, row));
        *edge = e;
        return E_OK;
    }
    return FAIL(cx, E_STATE, NULL, "%s: no '%s' from '%s'", f->name, action, from);
}

size_t flow_allowed(const struct ctx *cx, const struct flow *f, const char *from, const struct flow_edge *out[], size_t cap)
{
    size_t n = 0;
    for (const struct flow_edge *e = f->edges; e->from != NULL && n < cap; e++)
        if (strcmp(e->from, from) == 0 && (cx->actor.role & e->roles) != 0)
            out[n++] = e;
    return n;
}

const char *flow_label(const struct flow *f, const char *state)
{
    for (const struct flow_state *s = f->states; s->name != NULL; s++)
        if (strcmp(s->name, state) == 0)
            return s->label;
    return state;
}

void flow_view(const struct ctx *cx, const struct flow *f, const char *from, struct view *to)
{
    const struct flow_edge *may[16];
    size_t n = flow_allowed(cx, f, from, may, 16);
    struct view *list = view_list(cx->arena, to, "actions");
    for (size_t i = 0; i < n; i++) {
        struct view *v = view_item(cx->arena, list);
        view_str(cx->arena, v, "action", may[i]->action);
        view_str(cx->arena, v, "label", tr(cx, may[i]->label));
        view_bool(cx->arena, v, "needs_note", (may[i]->flags & FLOW_NOTE) != 0);
        view_bool(cx->arena, v, "main", i == 0);
    }
}

static bool leaves(const struct flow *f, const char *state)
{
    for (const struct flow_edge *e = f->edges; e->from != NULL; e++)
        if (strcmp(e->from, state) == 0)
            return true;
    return false;
}

static bool reached(const struct flow *f, const char *state, int depth)
{
    if (strcmp(f->initial, state) == 0)
        return true;
    if (depth == 0)
        return false;
    for (const struct flow_edge *e = f->edges; e->from != NULL; e++)
        if (strcmp(e->to, state) == 0 && strcmp(e->from, state) != 0 && reached(f, e->from, depth - 1))
            return true;
    return false;
}

err_t flow_lint(struct ctx *cx, const struct flow *f)
{
    for (const struct flow_edge *e = f->edges; e->from != NULL; e++) {
        bool final = (e->flags & FLOW_FINAL) != 0;
        if (leaves(f, e->to) == final)
            return FAIL(cx, E_BUG, NULL, "%s: '%s' is %s", f->name, e->to, final ? "final but has exits" : "a dead end not marked final");
        if (!reached(f, e->from, 16))
            return FAIL(cx, E_BUG, NULL, "%s: '%s' is unreachable", f->name, e->from);
        if (flow_label(f, e->to) == e->to || flow_label(f, e->from) == e->from)
            return FAIL(cx, E_BUG, NULL, "%s: '%s' or '%s' has no label", f->name, e->from, e->to);
        for (const struct flow_edge *g = e + 1; g->from != NULL; g++)
            if (strcmp(e->from, g->from) == 0 && strcmp(e->action, g->action) == 0)
                return FAIL(cx, E_BUG, NULL, "%s: duplicate %s/%s", f->name, e->from, e->action);
    }
    return E_OK;
}

void flow_mermaid(struct buf *out, const struct flow *f)
{
    buf_fmt(out, "stateDiagram-v2\n  direction LR\n");
    for (const struct flow_state *s = f->states; s->name != NULL; s++)
        buf_fmt(out, "  %s: %s %s\n", s->name, s->label, s->name);
    buf_fmt(out, "  [*] --> %s\n", f->initial);
    for (const struct flow_edge *e = f->edges; e->from != NULL; e++)
        buf_fmt(out, "  %s --> %s: %s\n", e->from, e->to, e->label);
    for (const struct flow_state *s = f->states; s->name != NULL; s++)
        if (!leaves(f, s->name))
            buf_fmt(out, "  %s --> [*]\n", s->name);
}
