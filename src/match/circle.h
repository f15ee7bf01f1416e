/* circle.h -- the cells of the grid (part.h) in a circle, row by row. */
#ifndef MATCH_CIRCLE_H
#define MATCH_CIRCLE_H
#include "match/ground.h"

struct circle {
    int32_t lat, lng;
    double radius; /* metres */
    double kx;     /* metres in a millionth of a degree eastwards; 0 = as it is in each row */
};
struct cells { /* columns x0..x1; none when x0 > x1 */
    uint32_t x0, x1;
};
/* The rows that the circle may touch. */
void circle_rows(const struct circle *c, uint32_t *y0, uint32_t *y1);
/* Of row y: cells that it may touch; cells that surely lie in it, each and every place of them. A little more and a little less
 * than it is, because distances are measured in floats. */
struct cells circle_touched(const struct circle *c, uint32_t y);
struct cells circle_inside(const struct circle *c, uint32_t y);
/* From a known place to the nearest point of a cell, see cell_key(): metres, or a little less. */
double circle_away(const struct ground_from *from, uint64_t cell);
#endif
