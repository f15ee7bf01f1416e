/* hash.h -- digests, keyed digests, random tokens, comparison in constant time. SM3 is GB/T 32905; all through OpenSSL. */
#ifndef BASE_HASH_H
#define BASE_HASH_H
#include <stdbool.h>
#include <stddef.h>

enum { HASH_LEN = 32 };

void hash_sm3(const void *p, size_t n, unsigned char out[HASH_LEN]);
void hash_sha256(const void *p, size_t n, unsigned char out[HASH_LEN]);
void hash_hmac_sm3(const void *key, size_t key_n, const void *p, size_t n, unsigned char out[HASH_LEN]);
void hash_hex(const void *p, size_t n, char *out); /* 2n lower-case digits and a NUL */
bool hash_unhex(const char *hex, void *out, size_t n); /* exactly 2n digits, else false */
bool hash_equal(const void *a, const void *b, size_t n); /* takes the same time wherever they differ */
void hash_random(void *out, size_t n); /* aborts when the system has no randomness */
void hash_token(char out[44]); /* 256 random bits as 43 characters of base64url */
void hash_wipe(void *p, size_t n);
#endif
