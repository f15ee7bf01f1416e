/* pages_site.c -- for search engines: what may be read, and the addresses of all open ads. */
#include "city/house.h"
#include "city/jobs/jobs.h"
#include "city/jobs/routes.h"

#include "base/day.h"

#include <string.h>

enum { URLS_A_MAP = 20000, MAPS_MAX = 500 };

static const char head[] = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

static err_t robots(struct req *rq)
{
    const char *text = arena_fmt(rq->cx.arena,
                                 "User-agent: *\nDisallow: /desk\nDisallow: /district\nDisallow: /city\nDisallow: /admin\nDisallow: /employer\n"
                                 "Disallow: /me\nDisallow: /suggest\nDisallow: /jobs?\n\nSitemap: %s/sitemap.xml\n",
                                 rq->cx.house->base_url);
    return reply_bytes(rq, "text/plain; charset=utf-8", NULL, text, strlen(text));
}

static err_t reply_xml(struct req *rq, struct buf *b)
{
    (void)buf_text(b);
    return reply_bytes(rq, "application/xml; charset=utf-8", NULL, b->p, b->len);
}

/* The maps of ads begin after the id in their name, so that none has to count from the first. */
static err_t sitemap(struct req *rq)
{
    struct buf b = {.a = rq->cx.arena};
    const char *base = rq->cx.house->base_url;
    int64_t after = 0;
    buf_fmt(&b, "%s<sitemapindex xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", head);
    buf_fmt(&b, "<sitemap><loc>%s/sitemap/pages</loc></sitemap>\n", base);
    for (int i = 0; i < MAPS_MAX; i++) {
        struct q_job_site_page_row *rows;
        size_t n;
        TRY(job_site_page(&rq->cx, after, URLS_A_MAP, &rows, &n));
        if (n == 0)
            break;
        buf_fmt(&b, "<sitemap><loc>%s/sitemap/jobs/%lld</loc></sitemap>\n", base, (long long)after);
        after = rows[n - 1].id;
    }
    buf_str(&b, "</sitemapindex>\n");
    return reply_xml(rq, &b);
}

static err_t sitemap_pages(struct req *rq)
{
    static const char *const pages[] = {"/", "/jobs", "/stations", "/occupations", "/events", "/progress"};
    struct buf b = {.a = rq->cx.arena};
    buf_fmt(&b, "%s<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", head);
    for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
        buf_fmt(&b, "<url><loc>%s%s</loc></url>\n", rq->cx.house->base_url, pages[i]);
    buf_str(&b, "</urlset>\n");
    return reply_xml(rq, &b);
}

static err_t sitemap_jobs(struct req *rq)
{
    struct q_job_site_page_row *rows;
    struct buf b = {.a = rq->cx.arena};
    size_t n;
    TRY(job_site_page(&rq->cx, req_id(rq, "after"), URLS_A_MAP, &rows, &n));
    buf_fmt(&b, "%s<urlset xmlns=\"http://www.sitemaps.org/schemas/sitemap/0.9\">\n", head);
    for (size_t i = 0; i < n; i++)
        buf_fmt(&b, "<url><loc>%s/jobs/%s</loc><lastmod>%s</lastmod></url>\n", rq->cx.house->base_url, rows[i].code,
                day_text_iso(rq->cx.arena, rows[i].verified_on != NULL ? *rows[i].verified_on : rows[i].posted_on));
    buf_str(&b, "</urlset>\n");
    return reply_xml(rq, &b);
}

const struct route jobs_site_routes[] = {
    {GET, "/robots.txt", robots, EVERYONE, .title = N_("搜索引擎规则")},
    {GET, "/sitemap.xml", sitemap, EVERYONE, .title = N_("网站地图")},
    {GET, "/sitemap/pages", sitemap_pages, EVERYONE, .title = N_("网站地图：页面")},
    {GET, "/sitemap/jobs/{after}", sitemap_jobs, EVERYONE, .title = N_("网站地图：岗位")},
    {0},
};
