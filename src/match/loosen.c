/* loosen.c -- how many more people an ad would suit if it waived one of its own conditions. */
#include "match/reverse.h"

static void count_only(struct reverse *x, unsigned piece, uint32_t word, uint64_t bits, void *arg)
{
    (void)x, (void)piece, (void)word, (void)bits, (void)arg; /* reverse_walk() counts */
}

/* Waives the condition; false: the ad does not make it. */
static bool waive(struct ad_gate *g, enum match_reason_kind kind)
{
    switch (kind) {
    case MATCH_R_EDUCATION: return g->education == 0 ? false : (g->education = 0, true);
    case MATCH_R_EXPERIENCE: return g->experience == 0 ? false : (g->experience = 0, true);
    case MATCH_R_CERTIFICATE: return g->certs == 0 ? false : (g->certs = 0, true);
    case MATCH_R_SHIFT: return g->shifts == 255 ? false : (g->shifts = 255, true);
    case MATCH_R_TYPE: return g->types == 255 ? false : (g->types = 255, true);
    case MATCH_R_WAGE: return g->wage_max == 0 ? false : (g->wage_max += g->wage_max / 5, true);
    default: return false;
    }
}

err_t match_people_loosen(struct ctx *cx, const struct match_view *v, int64_t ad, int32_t today, struct match_loosened out[static MATCH_R_COUNT],
                          size_t *n)
{
    struct reverse *x = ARENA_NEW(cx->arena, struct reverse);
    TRY(reverse_ready(cx, v->m, view_snap(v), ad, today, x));
    struct ad_gate strict = x->gate;
    reverse_walk(x, count_only, NULL);
    uint32_t before = x->fitting;
    *n = 0;
    for (int kind = 0; kind < MATCH_R_COUNT; kind++) {
        x->gate = strict;
        x->fitting = 0;
        if (!waive(&x->gate, (enum match_reason_kind)kind))
            continue;
        reverse_walk(x, count_only, NULL);
        if (x->fitting > before)
            out[(*n)++] = (struct match_loosened){(enum match_reason_kind)kind, x->fitting - before};
    }
    return E_OK;
}
