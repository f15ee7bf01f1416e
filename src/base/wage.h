/* wage.h -- what an ad says about wages: "6-8千/月·13薪", "200元/天", "24-36万/年", "面议", "[26000, 50000]".
 *
 * Sums are fen. 0 = that end is open or was not said. Monthly figures serve comparison and search only: they are what
 * the given sum comes to in a full month, without thirteenth wages.
 */
#ifndef BASE_WAGE_H
#define BASE_WAGE_H
#include "base/ctx.h"

enum wage_unit { WAGE_NONE, WAGE_MONTH, WAGE_DAY, WAGE_HOUR, WAGE_WEEK, WAGE_YEAR, WAGE_PIECE, WAGE_NEGOTIABLE };
enum wage_state {
    WAGE_UNKNOWN,     /* not understood */
    WAGE_GOOD,
    WAGE_UPSIDE_DOWN, /* the lower sum is the higher one: min and max are as written, nothing else is filled */
};

struct wage_terms { /* what a full month is; NULL where it is asked for = 21.75 days, 174 hours (circular 人社部发〔2025〕2号) */
    int64_t days_x100, hours_x100;
};

struct wage {
    int64_t min, max;         /* fen for one `unit` */
    enum wage_unit unit;
    int64_t months;           /* wages a year where it was said (13薪), else 0 */
    int64_t monthly_min, monthly_max; /* fen a month; 0 for piece work and 面议 */
    int confidence;           /* 0..100; 30 and less: a sum that can hardly be meant so, show it to somebody */
    bool guessed;             /* the unit was not said, it follows from the size of the sum */
};

/* Reads `s` (any text). `out` is zeroed first. */
enum wage_state wage_read(struct arena *a, const char *s, const struct wage_terms *terms, struct wage *out);
/* Fills the monthly figures from min, max (at most a hundred million yuan) and unit. */
void wage_month(const struct wage_terms *terms, struct wage *w);
/* The words for it in the request's language: "4500–5800 元/月", "200 元/天", "24–36 万元/年 · 13 薪", "面议". */
const char *wage_text(const struct ctx *cx, const struct wage *w);

const char *wage_unit_code(enum wage_unit u); /* "month", "day", … "negotiable"; NULL for WAGE_NONE */
enum wage_unit wage_unit_from_code(const char *code);  /* WAGE_NONE when it is none */
#endif
