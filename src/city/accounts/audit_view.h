/* audit_view.h -- the audit chain for people who check: newest first, and sound or not. */
#ifndef CITY_ACCOUNTS_AUDIT_VIEW_H
#define CITY_ACCOUNTS_AUDIT_VIEW_H
#include "base/ctx.h"
#include "accounts.rows.h"

struct audit_summary {
    int64_t entries, first_bad; /* 0 = sound */
    const char *why, *head;
};
err_t audit_entries(struct ctx *cx, const struct q_audit_list_in *in, struct q_audit_list_row **rows, size_t *n) MUST_USE;
err_t audit_check(struct ctx *cx, struct audit_summary *out) MUST_USE;
/* The whole chain as a file of lines, for `yizhan audit verify FILE` on a machine that has nothing of ours. *path: in the spool. */
err_t audit_to_file(struct ctx *cx, const char **path) MUST_USE;
#endif
