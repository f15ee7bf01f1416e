/* sheet.h -- trainees from a sheet: each row is an application of its own; what cannot be read is listed, the rest is taken in. */
#ifndef TRAINEES_SHEET_H
#define TRAINEES_SHEET_H
#include "base/ctx.h"

struct sheet_fault {
    int64_t row;     /* as the person sees it in the file */
    const char *say; /* translated sentence */
};
struct sheet_report {
    int64_t taken; /* rows that are on the list now, refused ones included */
    const struct sheet_fault *faults;
    size_t n_faults;
};
/* Columns are named by the labels or names of trainee_fields; choices may be written as their code or label, several with 、 or a comma.
 * The same row again is no fault: who is on the list stays there once. E_INVALID "file": no column for the name or the identity number. */
err_t trainees_sheet(struct ctx *cx, int64_t class_id, const char *path, const char *name, struct sheet_report *out) MUST_USE;
#endif
