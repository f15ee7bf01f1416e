/* certificates_impl.h -- private to certificates: what its files and its pages share. */
#ifndef CERTIFICATES_IMPL_H
#define CERTIFICATES_IMPL_H
#include "city/certificates/certificates.h"
#include "city/house.h"
#include "rules/certificate_number.h"

/* Number and class of the actor's own: provider's or district's. E_NOTFOUND else. */
err_t certificate_class_mine(struct ctx *cx, const char *code, struct q_certificate_class_row *out) MUST_USE;
err_t certificate_get_mine(struct ctx *cx, int64_t id, struct q_certificate_get_row *out) MUST_USE;
err_t certificate_by_id(struct ctx *cx, int64_t id, struct q_certificate_get_row *out) MUST_USE;
err_t certificates_of_class(struct ctx *cx, int64_t class_id, struct q_certificate_of_class_row **rows, size_t *n) MUST_USE;
struct trainee_names {
    const char *masked;
};
err_t certificate_names(struct ctx *cx, const struct q_certificate_of_class_row *rows, size_t n, struct trainee_names **out) MUST_USE;
struct certificate_part { /* of a list */
    int64_t off, lim;
};
err_t certificate_list(struct ctx *cx, const int64_t *district, const char *status, const struct certificate_part *part, struct q_certificate_list_row **rows, size_t *n) MUST_USE;
err_t certificate_trainee_id(struct ctx *cx, int64_t class_id, const char *code, int64_t *id) MUST_USE; /* "A12"; E_INVALID "trainee" */
/* List "checks" [{say, good}] of the JSON that was kept. */
void certificate_checks_view(struct ctx *cx, struct view *to, const char *checks);
/* Does a line of a result file hold this certificate? Verifies it, or makes it doubtful when person or level differ. In the caller's transaction. */
err_t certificate_match(struct ctx *cx, int64_t certificate_id) MUST_USE;
/* A move by the clock or a file, without an officer; the trainee passes with a verified one. In the caller's transaction. */
err_t certificate_put(struct ctx *cx, const struct q_certificate_get_row *x, const char *status, const char *evidence, const int64_t *first,
                      const int64_t *second, const int64_t *file_id) MUST_USE;

/* ---- evaluators ---- */
extern const struct choice evaluator_kinds[];
err_t evaluators(struct ctx *cx, struct q_evaluator_list_row **rows, size_t *n) MUST_USE;
err_t evaluator_add(struct ctx *cx, const char *name, const char *kind, const char *prefix) MUST_USE;

/* ---- sheets ---- */
struct sheet_fault {
    int64_t line;
    const char *number, *say;
};
struct sheet_report {
    int64_t lines, good;
    const struct sheet_fault *faults;
    size_t n_faults;
};
/* Certificates of one class from a sheet (CSV, XLSX): trainee by code or identity number; each line by itself, wrong ones are listed. */
err_t certificates_from_sheet(struct ctx *cx, int64_t class_id, const char *path, const char *name, struct sheet_report *out) MUST_USE;
/* A result file of an evaluator. E_CONFLICT: the same file counted before. */
err_t results_import(struct ctx *cx, const char *path, const char *name, const char *evaluator, int64_t *id) MUST_USE;
err_t results_list(struct ctx *cx, int64_t page, struct q_result_file_list_row **rows, size_t *n) MUST_USE;
err_t results_get(struct ctx *cx, int64_t id, struct q_result_file_list_row *out) MUST_USE;
err_t results_faults(struct ctx *cx, int64_t id, struct q_result_line_faults_row **rows, size_t *n) MUST_USE;
err_t file_digest(struct ctx *cx, const char *path, const char **hex) MUST_USE; /* SHA-256 of what is in the file */

enum { CERTIFICATE_PAGE = 50 };
#endif
