/* routes.h -- the pages of this office. */
#ifndef SUPERVISION_ROUTES_H
#define SUPERVISION_ROUTES_H
#include "web/web.h"

extern const struct route supervision_sign_routes[];  /* signing in; the class's screen and attendance */
extern const struct route supervision_trainee_routes[], supervision_paper_routes[];
extern const struct route supervision_routes[];       /* draws, visits, calls, inspectors */
extern const struct route supervision_case_routes[];  /* anomalies; the city's view */
extern const struct flow *const supervision_flows[];
#endif
