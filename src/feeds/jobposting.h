/* jobposting.h -- a job as other sites read it: schema.org JobPosting (JSON-LD), and lists of news as Atom and JSON Feed. */
#ifndef FEEDS_JOBPOSTING_H
#define FEEDS_JOBPOSTING_H
#include "base/ctx.h"
#include "base/view.h"

struct job_posting { /* texts may be NULL = not given */
    const char *title, *description; /* plain text */
    int64_t posted;                  /* yyyymmdd */
    int64_t valid_through;           /* yyyymmdd, the last day; 0 = not given */
    const char *employer, *employer_url;
    const char *street, *district, *city;
    const char *latitude, *longitude; /* WGS-84, decimal text */
    const char *employment_type;      /* FULL_TIME, PART_TIME, CONTRACTOR, TEMPORARY, INTERN, … */
    int64_t salary_min, salary_max;   /* fen; 0 = not given */
    const char *salary_unit;          /* HOUR, DAY, WEEK, MONTH, YEAR */
    int64_t openings;                 /* 0 = not given */
    const char *occupation;           /* "6-18-02-04 焊工" */
    const char *identifier, *identifier_of, *url;
};

/* The object itself, for <script type="application/ld+json"> or a JSON answer (view_json escapes '<'). */
void jobposting_view(struct arena *a, struct view *to, const struct job_posting *job);

struct feed {
    const char *title, *subtitle; /* subtitle may be NULL */
    const char *id;               /* a URI that never changes */
    const char *url, *self_url;   /* the page, this feed */
    const char *author, *language;
    int64_t updated; /* UTC ms */
};

struct feed_entry {
    const char *id, *url, *title, *summary; /* plain text */
    int64_t published, updated;             /* UTC ms */
    const char *category;                   /* or NULL */
};

/* RFC 4287 */
void feed_atom(struct buf *out, const struct feed *feed, const struct feed_entry *entries, size_t n);
/* https://jsonfeed.org/version/1.1 */
void feed_json(struct buf *out, const struct feed *feed, const struct feed_entry *entries, size_t n);
#endif
