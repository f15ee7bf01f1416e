#include "city/imports/imports_impl.h"

#include "base/hash.h"

#include "imports.sql.h"

#include <string.h>

err_t import_find(struct ctx *cx, int64_t id, struct q_import_get_row *out)
{
    return q_import_get(cx, &(struct q_import_get_in){.id = id}, out);
}

const char *import_token(struct ctx *cx)
{
    char token[44];
    hash_token(token);
    return arena_fmt(cx->arena, "%s", token);
}

err_t import_numbered(struct ctx *cx, int64_t id)
{
    return q_import_code(cx, &(struct q_import_code_in){.code = arena_fmt(cx->arena, "I%lld", (long long)id), .id = id}, NULL);
}

err_t import_id_of(struct ctx *cx, const char *code, int64_t *id)
{
    struct q_import_by_code_row row;
    TRY(q_import_by_code_first(cx, &(struct q_import_by_code_in){.code = code}, &row));
    *id = row.id;
    return E_OK;
}

err_t import_page(struct ctx *cx, const struct q_import_list_in *in, struct q_import_list_row **rows, size_t *n)
{
    return q_import_list(cx, in, rows, n);
}

err_t import_rows(struct ctx *cx, const struct q_import_row_page_in *in, struct q_import_row_page_row **rows, size_t *n)
{
    return q_import_row_page(cx, in, rows, n);
}

static int64_t of_state(const struct q_import_row_counts_row *rows, size_t n, const char *state)
{
    for (size_t i = 0; i < n; i++)
        if (strcmp(rows[i].state, state) == 0)
            return rows[i].n;
    return 0;
}

err_t import_states(struct ctx *cx, int64_t id, struct import_states *out)
{
    struct q_import_row_counts_row *rows;
    size_t n;
    TRY(q_import_row_counts(cx, &(struct q_import_row_counts_in){.import_id = id}, &rows, &n));
    *out = (struct import_states){of_state(rows, n, "good"), of_state(rows, n, "warn"), of_state(rows, n, "bad"), of_state(rows, n, "same")};
    return E_OK;
}

err_t import_twin(struct ctx *cx, const struct q_import_get_row *i, const char **code, int64_t *at)
{
    struct q_import_by_hash_row *rows;
    size_t n;
    struct q_import_by_hash_in in = {.file_hash = i->file_hash, .kind = "sheet", .source_name = i->source_name, .anywhere = i->anywhere};
    *code = NULL;
    TRY(q_import_by_hash(cx, &in, &rows, &n));
    for (size_t k = 0; k < n && *code == NULL; k++)
        if (rows[k].id != i->id && strcmp(rows[k].status, "done") == 0) {
            *code = rows[k].code;
            *at = rows[k].at;
        }
    return E_OK;
}
