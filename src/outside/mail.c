#include "outside/mail.h"

#include "base/day.h"
#include "base/hash.h"
#include "base/view.h"

#include <curl/curl.h>
#include <string.h>

struct source {
    const char *p;
    size_t left;
};

static size_t give(char *out, size_t size, size_t n, void *arg)
{
    struct source *s = arg;
    size_t m = size * n < s->left ? size * n : s->left;
    memcpy(out, s->p, m);
    s->p += m;
    s->left -= m;
    return m;
}

static void base64(struct buf *b, const char *s, size_t line)
{
    static const char set[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    size_t n = strlen(s), col = 0;
    for (size_t i = 0; i < n; i += 3) {
        unsigned char t[3] = {(unsigned char)s[i], i + 1 < n ? (unsigned char)s[i + 1] : 0, i + 2 < n ? (unsigned char)s[i + 2] : 0};
        char q[4] = {set[t[0] >> 2], set[(t[0] & 3) << 4 | t[1] >> 4], i + 1 < n ? set[(t[1] & 15) << 2 | t[2] >> 6] : '=',
                     i + 2 < n ? set[t[2] & 63] : '='};
        buf_add(b, q, 4);
        col += 4;
        if (line != 0 && col >= line) {
            buf_str(b, "\r\n");
            col = 0;
        }
    }
}

/* "Tue, 24 Nov 2026 12:00:00 +0800" (RFC 5322, 3.3). */
static const char *mail_date(struct ctx *cx)
{
    static const char days[] = "MonTueWedThuFriSatSun", months[] = "JanFebMarAprMayJunJulAugSepOctNovDec";
    int64_t day = day_of(cx->now, DAY_ZONE), minute = day_minute(cx->now, DAY_ZONE);
    return arena_fmt(cx->arena, "%.3s, %02lld %.3s %04lld %02lld:%02lld:%02lld +0800", days + 3 * (day_weekday(day) - 1), (long long)(day % 100),
                     months + 3 * (day / 100 % 100 - 1), (long long)(day / 10000), (long long)(minute / 60), (long long)(minute % 60),
                     (long long)(cx->now / 1000 % 60));
}

/* RFC 5322 with a UTF-8 text body (RFC 2045) and an encoded subject (RFC 2047). */
static void compose(struct ctx *cx, struct buf *b, const char *from, const char *to, const char *subject, const char *body)
{
    char token[44];
    hash_token(token);
    buf_fmt(b, "From: Yizhan <%s>\r\nTo: <%s>\r\nSubject: =?UTF-8?B?", from, to);
    base64(b, subject, 0);
    buf_fmt(b, "?=\r\nMessage-ID: <%s@yizhan>\r\nMIME-Version: 1.0\r\nContent-Type: text/plain; charset=utf-8\r\n"
               "Content-Transfer-Encoding: base64\r\nDate: %s\r\n\r\n",
            token, mail_date(cx));
    base64(b, body, 76);
    buf_str(b, "\r\n");
}

static CURLcode post_mail(const struct mail_config *m, const char *to, struct buf *text)
{
    CURL *c = curl_easy_init();
    struct curl_slist *list = curl_slist_append(NULL, to);
    struct source src = {text->p, text->len};
    if (c == NULL || list == NULL)
        return CURLE_OUT_OF_MEMORY;
    curl_easy_setopt(c, CURLOPT_URL, m->smtp);
    curl_easy_setopt(c, CURLOPT_PROTOCOLS_STR, "smtp,smtps");
    curl_easy_setopt(c, CURLOPT_MAIL_FROM, m->from);
    curl_easy_setopt(c, CURLOPT_MAIL_RCPT, list);
    curl_easy_setopt(c, CURLOPT_READFUNCTION, give);
    curl_easy_setopt(c, CURLOPT_READDATA, &src);
    curl_easy_setopt(c, CURLOPT_UPLOAD, 1L);
    curl_easy_setopt(c, CURLOPT_TIMEOUT, 10L);
    curl_easy_setopt(c, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(c, CURLOPT_USE_SSL, (long)CURLUSESSL_TRY);
    if (m->user != NULL) {
        curl_easy_setopt(c, CURLOPT_USERNAME, m->user);
        curl_easy_setopt(c, CURLOPT_PASSWORD, m->password);
    }
    CURLcode rc = curl_easy_perform(c);
    curl_slist_free_all(list);
    curl_easy_cleanup(c);
    return rc;
}

bool mail_deliver(struct ctx *cx, void *arg, const char *kind, const char *to, const char *subject, const char *body, const char **why)
{
    const struct mail_config *m = arg;
    struct buf text = {.a = cx->arena};
    bool sms = strcmp(kind, "sms") == 0;
    if (m->smtp == NULL || (sms && m->sms_domain == NULL)) {
        *why = sms ? "no SMS gateway is set" : "no mail server is set";
        return false;
    }
    if (sms)
        to = arena_fmt(cx->arena, "%s@%s", to, m->sms_domain);
    if (strpbrk(to, "\r\n<> ") != NULL) {
        *why = "the address is malformed";
        return false;
    }
    compose(cx, &text, m->from, to, subject, body);
    CURLcode rc = post_mail(m, to, &text);
    *why = curl_easy_strerror(rc);
    return rc == CURLE_OK;
}
