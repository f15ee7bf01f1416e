#include "city/accounts/audit_view.h"

#include "accounts.sql.h"

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
