#include "docker/media.h"

#include "check.h"

struct media_case {
    struct str type;
    enum media media;
};

static const struct media_case cases[] = {
    {STR_INIT("application/json"), MEDIA_JSON},
    {STR_INIT("APPLICATION/JSON; charset=utf-16"), MEDIA_JSON},
    {STR_INIT("application/json;"), MEDIA_JSON},
    {STR_INIT("  application/json ; charset = \"utf-8\" ; "), MEDIA_JSON},
    {STR_INIT("application/json; a=\"x\\\"y;z\"; b=c"), MEDIA_JSON},
    {STR_INIT("application/x-www-form-urlencoded"), MEDIA_FORM},
    {STR_INIT("Application/X-WWW-Form-Urlencoded; charset=utf-8"), MEDIA_FORM},
    {STR_INIT("multipart/form-data; boundary=x"), MEDIA_MULTIPART},
    {STR_INIT("MULTIPART/mixed"), MEDIA_MULTIPART},
    {STR_INIT("multipart/x"), MEDIA_MULTIPART},
    {STR_INIT("text/plain"), MEDIA_OTHER},
    {STR_INIT("text/json"), MEDIA_OTHER},
    {STR_INIT("application/x-tar"), MEDIA_OTHER},
    {STR_INIT("application/jsonx"), MEDIA_OTHER},
    {STR_INIT("application/octet-stream"), MEDIA_OTHER},
    {STR_INIT("application/json; charset"), MEDIA_BAD},
    {STR_INIT("application/json; charset="), MEDIA_BAD},
    {STR_INIT("application/json; a=1; A=2"), MEDIA_BAD},
    {STR_INIT("application/json, text/plain"), MEDIA_ODD},
    {STR_INIT("text/plain;a=\"b,c\""), MEDIA_ODD},
    {STR_INIT("application/json;\tcharset=utf-8"), MEDIA_ODD},
    {STR_INIT("application/json\0"), MEDIA_ODD},
    {STR_INIT("application/json; a=\"x"), MEDIA_BAD},
    {STR_INIT("application/json x"), MEDIA_BAD},
    {STR_INIT("application/x-www-form-urlencoded; x"), MEDIA_BAD},
    {STR_INIT("application/"), MEDIA_BAD},
    {STR_INIT("/json"), MEDIA_BAD},
    {STR_INIT("application /json"), MEDIA_BAD},
    {STR_INIT("\xef\xbf\xbd"), MEDIA_BAD},
    {STR_INIT(""), MEDIA_BAD},
    {STR_INIT("a/b;a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1"), MEDIA_OTHER},
    {STR_INIT("a/b;a=1;b=1;c=1;d=1;e=1;f=1;g=1;h=1;i=1"), MEDIA_BAD},
};

int main(void)
{
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        CHECK(media_parse(cases[i].type) == cases[i].media);
    return 0;
}
