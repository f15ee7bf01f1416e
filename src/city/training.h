/* training.h -- the words that all offices of training share: levels, urgencies, categories, funds, and how they are written.
 *
 * Levels are those of the certificates: 5 junior (五级/初级工) to 1 senior technician (一级/高级技师); 0 is a single skill (专项职业能力).
 * Amounts are fen. Source of the words: 津人社局发〔2022〕20号; 人社部发〔2022〕14号 (levels).
 */
#ifndef CITY_TRAINING_H
#define CITY_TRAINING_H
#include "base/field.h"

extern const struct choice training_levels[];     /* "5" … "1", "0" */
extern const struct choice training_urgencies[];  /* very, short, some */
extern const struct choice training_categories[]; /* employee, student, rural, unemployed, flexible, partner, veteran, resident */
extern const struct choice training_flags[];      /* hard, zero, low: who may get a living allowance */
extern const struct choice training_funds[];      /* insurance, employment */
extern const struct choice training_payees[];     /* enterprise, provider, person, evaluator */
extern const struct choice training_schedules[];  /* day, evening, weekend */
extern const struct choice training_modes[];      /* offline, hybrid */
extern const struct choice training_hours[];      /* "80", "120" of the catalogue; "40", "240" of the other lines */
extern const struct choice training_lines[];      /* catalogue, centre, placement, induction, project, safety, apprentice, master: 津人社局发〔2022〕20号 art. 9, 16–22 */
extern const struct choice training_provider_kinds[]; /* school, centre */

/* The label of a code in one of the lists, a message id; the code itself when it is unknown. */
const char *training_label(const struct choice *list, const char *code);
/* The same for a level, "五级/初级工". */
const char *training_level(int64_t level);
/* "3,240.00 元": an amount for people, in the request's language. */
const char *training_yuan(struct ctx *cx, int64_t fen);
#endif
