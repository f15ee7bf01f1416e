/* pages_impl.h -- the workbench of one visit: what its page asks and what its buttons do. */
#ifndef COUNTER_PAGES_IMPL_H
#define COUNTER_PAGES_IMPL_H
#include "city/choices.h"
#include "city/counter/counter.h"
#include "web/web.h"

struct visit_query {
    const char *sort, *edit; /* "near", "pay"; edit: "wishes", "person" shows that form again */
};
struct find_form {
    const char *who;
};
struct take_form {
    const char *person, *channel;
};
struct identify_form { /* person_in and how consent was given */
    struct person_in person;
    const char *channel;
};
struct dislike_form {
    const char *reason;
};
struct finish_form {
    const char *outcome, *note;
};
extern const struct field visit_query_fields[], visit_find_fields[], visit_take_fields[], visit_identify_fields[], visit_dislike_fields[], visit_service_fields[], visit_finish_fields[];

err_t show_visit(struct req *rq);
err_t find_for_visit(struct req *rq);
err_t take_for_visit(struct req *rq);
err_t register_for_visit(struct req *rq);
err_t anonymous_visit(struct req *rq);
err_t wishes_of_visit(struct req *rq);
err_t add_to_visit(struct req *rq);
err_t remove_from_visit(struct req *rq);
err_t dislike_in_visit(struct req *rq);
err_t serve_in_visit(struct req *rq);
err_t put_learning(struct req *rq, const struct q_visit_row *visit) MUST_USE; /* of a visit with a person */
err_t learn_in_visit(struct req *rq);
err_t finish_the_visit(struct req *rq);
#endif
