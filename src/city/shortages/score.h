/* score.h -- how short an occupation is, from what each channel says: a pure calculation that anybody can repeat.
 *
 * No database, no clock, no floating point: the same claims in any order give the same numbers. Parts run from 0 to 1000.
 *   part of a channel  = weighted mean of its indicators, each cut at the stated quantile (winsorised) and scaled to 1000
 *   score              = weighted mean of the channels that speak of the occupation
 *   a silent channel is left out, not counted as 0; but "very short" wants at least `voices_very` channels,
 *   and our own ads alone, without any report, put no occupation into the catalogue.
 * The weights are a rule of data/cities/…/rules/shortage.rules; the result carries its version. Basis: the method of the German
 * employment agency (Engpassanalyse: several indicators, mean, too few cases are not scored), adapted to three channels and our own ads.
 */
#ifndef SHORTAGES_SCORE_H
#define SHORTAGES_SCORE_H
#include "base/ctx.h"

enum shortage_voice { VOICE_BUREAU, VOICE_DISTRICT, VOICE_AGENCY, VOICE_OWN, VOICES };
extern const char *const shortage_voices[VOICES]; /* "bureau", "district", "agency", "own" */

struct shortage_terms {
    const char *version;
    int64_t weight[VOICES];                          /* of the channels */
    int64_t openings, difficulty, vacancy, breadth;  /* of the indicators of a report */
    int64_t own_ratio, own_vacancy, own_refused;     /* of those of our own ads */
    int64_t quantile;                                /* openings above this percentile count as at it */
    int64_t days_cap, organisations_cap, ratio_cap, refused_cap; /* where an indicator reaches 1000; ratio: openings per 100 seekers */
    int64_t ads_min;                                 /* with fewer ads we do not speak */
    int64_t very, shorts, some;                      /* thresholds */
    int64_t voices_very;                             /* channels that "very short" wants */
    int64_t disagree;                                /* parts that lie this far apart are shown as a disagreement */
};

struct shortage_claim {
    const char *channel, *organisation, *occupation;
    int64_t district, level, openings, difficulty;
    int64_t vacant_days; /* -1: not said */
};
struct shortage_own {
    const char *occupation;
    int64_t ads, openings, seekers, vacant_days, refused;
};

struct shortage_part {
    bool speaks;
    int64_t score;
    int64_t reports, organisations, openings; /* openings as they were said */
    int64_t i_openings, i_difficulty, i_vacancy, i_breadth; /* indicators; -1: not said. Own: ratio in i_openings, refused in i_difficulty */
};
struct shortage_verdict {
    int64_t score;
    const char *urgency; /* very, short, some, none */
    bool capped;         /* the score would say very, but too few channels speak */
    bool unreported;     /* only our own ads speak */
};
struct shortage_result {
    const char *occupation;
    struct shortage_verdict is;
    struct shortage_part part[VOICES];
    struct shortage_verdict without[VOICES]; /* score -1: nobody else speaks; same as `is` when the channel is silent */
    int64_t spread;      /* highest part less lowest */
    int64_t up, down;    /* points to the next higher urgency (0: none higher); points it may lose and stay (score less its threshold) */
};

/* Results by score, highest first, then by code. Reads `claims` and `own`, keeps pointers to their texts. */
void shortage_calculate(struct ctx *cx, const struct shortage_terms *t, const struct shortage_claim *claims, size_t n_claims,
                        const struct shortage_own *own, size_t n_own, struct shortage_result **out, size_t *n);

/* A download of a round (what /shortages/…/data.json gives), read again. E_INVALID with a sentence: what is wrong with it. */
struct shortage_file {
    const char *round;
    struct shortage_terms terms;
    struct shortage_claim *claims;
    struct shortage_own *own;
    size_t n_claims, n_own;
    struct shortage_said { /* what the file says came out */
        const char *occupation, *urgency;
        int64_t score;
    } *said;
    size_t n_said;
};
err_t shortage_file_read(struct ctx *cx, const char *json, size_t n, struct shortage_file *out) MUST_USE;
/* The terms as the download has them. */
struct view;
void shortage_terms_view(struct ctx *cx, struct view *to, const struct shortage_terms *t);
void shortage_claim_view(struct ctx *cx, struct view *to, const struct shortage_claim *c);
void shortage_own_view(struct ctx *cx, struct view *to, const struct shortage_own *o);
/* The same, from their JSON text alone. */
err_t shortage_terms_read(struct ctx *cx, const char *json, struct shortage_terms *out) MUST_USE;
/* Each number of the terms with its name in the rule and in the download; ends with a zero entry. */
struct shortage_term {
    const char *name, *label, *unit; /* label: message id */
    unsigned off;
};
extern const struct shortage_term shortage_term_list[];
int64_t shortage_term(const struct shortage_terms *t, const struct shortage_term *which);
#endif
