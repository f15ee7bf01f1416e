/* flow.h -- the life of a thing as data.
 *
 * A flow is one const table.  The same table drives the server (may this actor
 * do this now?), the page (which buttons to show), the audit chain (action
 * names), the deadline list, the diagram in docs (flow_mermaid) and the tests (flow_lint).
 */
#ifndef BASE_FLOW_H
#define BASE_FLOW_H
#include "base/ctx.h"
#include "base/view.h"

enum { FLOW_NOTE = 1 /* a written reason is required */, FLOW_FINAL = 2 /* the target is an end */ };

struct flow_state {
    const char *name, *label; /* database code; Chinese word (message id) */
};

struct flow_edge {
    const char *from, *action, *to;
    const char *label; /* the word on the button, a message id */
    unsigned roles;    /* who may; ROLE_CLOCK alone = only the scheduler */
    unsigned flags;
    err_t (*guard)(struct ctx *cx, const void *row); /* NULL = always; a failed guard says what is missing */
};

struct flow {
    const char *name, *initial;
    const struct flow_state *states; /* ends with a zero entry */
    const struct flow_edge *edges;   /* ends with a zero entry */
};

/* A step asked of the record `id`, as a transaction's argument. */
struct flow_act {
    int64_t id;
    const char *action, *note;
};

/* Finds the edge and checks role, note and guard, in this order.
 * E_STATE: no such edge; E_DENIED: not this role; E_INVALID "note": reason missing; else the guard's answer. */
err_t flow_step(struct ctx *cx, const struct flow *f, const char *from, const char *action, const char *note, const void *row,
                const struct flow_edge **edge) MUST_USE;
/* The edges this actor may try from `from`; guards are not asked. Returns how many were put into `out`. */
size_t flow_allowed(const struct ctx *cx, const struct flow *f, const char *from, const struct flow_edge *out[], size_t cap);
const char *flow_label(const struct flow *f, const char *state); /* message id; the code itself when unknown */
/* Appends list "actions" {action,label,needs_note,main} to `to`: the buttons this actor sees; the first of the table is the main one. */
void flow_view(const struct ctx *cx, const struct flow *f, const char *from, struct view *to);
/* Unreachable states, dead ends not marked final, duplicate edges, states without a label. */
err_t flow_lint(struct ctx *cx, const struct flow *f) MUST_USE;
void flow_mermaid(struct buf *out, const struct flow *f); /* Mermaid source of the state diagram */
#endif
