/* demo.h -- how large the demo city is. Everybody and everything in it is made up, except the city's places and figures. */
#ifndef CITY_DEMO_H
#define CITY_DEMO_H

struct demo_scale {
    int stations, employers, jobs, people;
};
#endif
