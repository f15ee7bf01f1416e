/* close.c -- the end of a class: when what could be claimed is paid, and nobody waits for a result. */
#include "city/claims/claims_impl.h"

#include "city/classes/classes.h"
#include "store/store.h"

#include "claims.sql.h"

#include <string.h>

enum { A_RUN = 500 };

static err_t nothing_left(struct ctx *cx, int64_t class_id, bool *yes)
{
    struct claim_candidate *c;
    size_t n;
    TRY(claim_candidates(cx, class_id, &c, &n));
    *yes = true;
    for (size_t i = 0; i < n; i++)
        *yes = *yes && (c[i].lacks != NULL || c[i].claim_code != NULL);
    return E_OK;
}

struct closing {
    int64_t class_id;
    bool examined;
};

static err_t close_tx(struct ctx *cx, void *arg)
{
    const struct closing *k = arg;
    if (!k->examined)
        TRY(class_step(cx, k->class_id, "examine", NULL));
    return class_step(cx, k->class_id, "close", NULL);
}

err_t claims_close_classes(struct ctx *cx)
{
    struct q_claim_class_done_row *rows;
    size_t n;
    TRY(q_claim_class_done(cx, &(struct q_claim_class_done_in){.lim = A_RUN}, &rows, &n));
    for (size_t i = 0; i < n; i++) {
        struct closing k = {rows[i].id, strcmp(rows[i].status, "examined") == 0};
        bool done;
        TRY(nothing_left(cx, k.class_id, &done));
        err_t e = done ? store_tx(cx, STORE_WRITE, close_tx, &k) : E_OK;
        if (e != E_OK && e != E_CONFLICT && e != E_STATE)
            return e;
    }
    return E_OK;
}
