#include "city/accounts/audit_view.h"

#include "city/house.h"
#include "store/store.h"

#include "accounts.sql.h"

#include <stdio.h>

err_t audit_entries(struct ctx *cx, const struct q_audit_list_in *in, struct q_audit_list_row **rows, size_t *n)
{
    return q_audit_list(cx, in, rows, n);
}

err_t audit_check(struct ctx *cx, struct audit_summary *out)
{
    struct audit_report r;
    TRY(audit_verify(cx, &r));
    *out = (struct audit_summary){r.entries, r.first_bad, r.why, r.head};
    return E_OK;
}

static int put(void *arg, const char *text, size_t n) { return fwrite(text, 1, n, arg) == n ? 0 : -1; }

err_t audit_to_file(struct ctx *cx, const char **path)
{
    *path = arena_fmt(cx->arena, "%s/spool/audit-%s.ndjson", cx->house->data_dir, cx->request_id);
    FILE *f = fopen(*path, "we");
    if (f == NULL)
        return FAIL(cx, E_IO, NULL, "%s cannot be written", *path);
    err_t e = audit_export(cx, put, f);
    bool bad = fclose(f) != 0;
    return e == E_OK && bad ? FAIL(cx, E_IO, NULL, "%s cannot be written", *path) : e;
}
