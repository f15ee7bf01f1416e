/* routes.h -- the pages of this office. */
#ifndef PEOPLE_ROUTES_H
#define PEOPLE_ROUTES_H
#include "web/web.h"

extern const struct route people_routes[], people_me_routes[];
extern const struct scope person_of_desk; /* {person}: served at the actor's station; rq->scoped is its struct person */
#endif
