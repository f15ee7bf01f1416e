/* rules.h -- law as data: what a regulation says, with its clause and the days on which it holds.
 *
 * A rule file is text, made to be read and corrected by people who know the law:
 *
 *   [ad.validity]
 *   title  = 招聘信息要标明有效期
 *   kind   = law                       law: a regulation says it; norm: the city's own default, may be changed
 *   cite   = 人社厅发〔2025〕60号
 *   source = where the wording was read and how far it was checked
 *   from   = 2026-01-01                first day it holds
 *   to     = 2027-12-31                last day, left out while it is in force
 *   clause = the clause in short, own words
 *   days_max : int 天 = 90             parameters: name : type unit = value; types int, money (yuan), text, list
 *   must : list = employer place       list items are separated by blanks; the same name again adds items
 *
 * The same id may occur more than once: with other days, or from another regulation when two of them conflict.
 * Ownership: everything lives in the arena of the context that loaded it (the process's).
 */
#ifndef RULES_RULES_H
#define RULES_RULES_H
#include "base/ctx.h"

enum rule_type { RULE_INT = 1, RULE_MONEY /* fen */, RULE_TEXT, RULE_LIST };

struct starts; /* how the patterns of a list can begin: starts.h */

struct rule_param {
    const char *name, *unit; /* unit: "" when none */
    enum rule_type type;
    int64_t number;           /* RULE_INT, RULE_MONEY */
    const char *text;         /* RULE_TEXT */
    const char *const *items; /* RULE_LIST */
    size_t n_items;
    const struct starts *starts; /* RULE_LIST */
};

struct rule {
    const char *id, *title, *cite, *source, *clause;
    bool norm;        /* a default of the city, not a regulation: say so where it is shown */
    int64_t from, to; /* yyyymmdd, both days included; to = 99991231 while in force */
    const struct rule_param *params;
    size_t n_params;
};

struct rules {
    const struct rule *rule; /* sorted by id, then the later `from` first */
    size_t n;
    const struct starts *starts; /* how the patterns of any list `block` or `warn` can begin */
};

struct rules_file {
    const char *name, *text;
    size_t n;
};

/* Reads all files. E_INVALID with file, line and reason in the detail: a rule that cannot be read is never skipped. */
err_t rules_load(struct ctx *cx, const struct rules_file *files, size_t n, struct rules *out) MUST_USE;
/* The files inside the binary whose names begin with `folder`, "data/cities/tianjin/rules/". */
err_t rules_embedded(struct ctx *cx, const char *folder, struct rules *out) MUST_USE;

/* The rule `id` that holds on the day `on` (yyyymmdd); the one in force latest when there are several, NULL when none. */
const struct rule *rules_find(const struct rules *rules, const char *id, int64_t on);
/* Every rule that holds on `on` and whose id is `id` or begins with `id` and a dot. So "ad" gives all rules on ads, and a full id
 * gives every rule where two conflict. Returns how many were put into `out`. */
size_t rules_list(const struct rules *rules, const char *id, int64_t on, const struct rule *out[], size_t cap);

/* A parameter, or NULL when the rule has none of that name and type. */
const struct rule_param *rule_get(const struct rule *rule, const char *name, enum rule_type type);
/* The number (RULE_INT or RULE_MONEY) of the rule in force on `on`. E_BUG when there is no such rule or parameter:
 * there is no default, what the law says is never a constant in C. `rule` (may be NULL) gets the rule, to cite it. */
err_t rules_number(struct ctx *cx, const struct rules *rules, const char *id, const char *name, int64_t on, int64_t *number,
                   const struct rule **rule) MUST_USE;
#endif
