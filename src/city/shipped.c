#include "city/shipped.h"

#include "base/embed.h"

#include <ctype.h>
#include <string.h>

static size_t count(const char *s, size_t n, char c)
{
    size_t found = 0;
    for (size_t i = 0; i < n; i++)
        found += s[i] == c;
    return found;
}

/* Cuts one line into the cells of `row`. */
static bool cut(char *line, const char **row, size_t columns)
{
    if (count(line, strlen(line), ',') + 1 != columns || strchr(line, '"') != NULL)
        return false;
    for (size_t c = 0; c < columns; c++) {
        row[c] = line;
        line += strcspn(line, ",");
        *line++ = '\0';
    }
    return true;
}

err_t shipped_read(struct ctx *cx, const char *name, const char *header, struct shipped *out)
{
    const struct embedded *file = embed_find(name);
    if (file == NULL)
        return FAIL(cx, E_BUG, NULL, "%s is not in the program", name);
    char *text = arena_strndup(cx->arena, (const char *)file->p, file->n);
    size_t columns = count(header, strlen(header), ',') + 1, lines = count(text, file->n, '\n');
    const char **cells = ARENA_ARRAY(cx->arena, const char *, lines * columns + 1);
    size_t line = 0;
    for (char *nl; (nl = strchr(text, '\n')) != NULL; text = nl + 1, line++) {
        *nl = '\0';
        if (line == 0 ? strcmp(text, header) != 0 : !cut(text, cells + (line - 1) * columns, columns))
            return FAIL(cx, E_BUG, NULL, "%s:%zu: wanted the columns %s", name, line + 1, header);
    }
    if (line == 0 || *text != '\0')
        return FAIL(cx, E_BUG, NULL, "%s: no line end at its end", name);
    *out = (struct shipped){name, cells, line - 1, columns};
    return E_OK;
}

const char *shipped_cell(const struct shipped *t, size_t row, size_t column)
{
    return t->cell[row * t->columns + column];
}

err_t shipped_number(struct ctx *cx, const struct shipped *t, size_t row, size_t column, int decimals, int64_t *out)
{
    const char *s = shipped_cell(t, row, column), *p = s;
    int64_t v = 0;
    int after = -1;
    for (; *p != '\0' && p - s < 18; p++) {
        if (*p == '.' && after < 0 && decimals > 0) {
            after = 0;
            continue;
        }
        if (!isdigit((unsigned char)*p) || (after >= 0 && ++after > decimals))
            break;
        v = v * 10 + (*p - '0');
    }
    if (*p != '\0')
        return FAIL(cx, E_BUG, NULL, "%s:%zu: \"%s\" is not a number", t->name, row + 2, s);
    for (int i = after < 0 ? 0 : after; i < decimals; i++)
        v *= 10;
    *out = v;
    return E_OK;
}

const char *const *shipped_words(struct ctx *cx, const struct shipped *t, size_t row, size_t column, size_t *n)
{
    char *s = arena_fmt(cx->arena, "%s", shipped_cell(t, row, column));
    const char **words = ARENA_ARRAY(cx->arena, const char *, count(s, strlen(s), ' ') + 1);
    *n = 0;
    for (char *save = NULL, *w = strtok_r(s, " ", &save); w != NULL; w = strtok_r(NULL, " ", &save))
        words[(*n)++] = w;
    return words;
}
