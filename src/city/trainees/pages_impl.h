/* pages_impl.h -- what the page files of this office share. */
#ifndef TRAINEES_PAGES_IMPL_H
#define TRAINEES_PAGES_IMPL_H
#include "city/trainees/trainees.h"
#include "web/web.h"

struct class_seen { /* what the scopes of a class load */
    struct q_trainee_case_row row;
    int64_t left;
};
extern const struct scope apply_class, taught_class, own_trainee, own_fact; /* scoped: struct class_seen, q_trainee_get_row, q_fact_get_row */

void class_line(struct req *rq, const struct class_seen *c); /* object "class" of a page */
err_t show_apply(struct req *rq);
err_t do_apply(struct req *rq);
err_t show_enter(struct req *rq);
err_t do_enter(struct req *rq);
err_t do_sheet(struct req *rq);
extern const struct field list_fields[];
struct list_form {
    const struct upload *file;
};
err_t show_trainee(struct req *rq);
err_t do_action(struct req *rq);
err_t do_word(struct req *rq);
err_t do_fact(struct req *rq);
err_t do_dispute(struct req *rq);
err_t do_settle(struct req *rq);
err_t show_disputes(struct req *rq);
err_t show_mine(struct req *rq);
err_t do_drop(struct req *rq);
err_t show_confirm(struct req *rq);
err_t do_confirm(struct req *rq);

struct action_form {
    const char *action, *note;
};
struct word_form {
    const char *how;
};
struct fact_form {
    const char *name, *value, *note;
};
struct note_form {
    const char *value, *note;
};
struct confirm_form {
    const char *trainee, *code;
};
extern const struct field action_fields[], word_fields[], fact_fields[], note_fields[], settle_fields[], confirm_fields[];
#endif
