/* What libical sees in calendars: for each file, one line a broken restriction, error or event. */

#include <libical/ical.h>
#include <stdio.h>
#include <stdlib.h>

static char *content(const char *path) {
    FILE *file = fopen(path, "rb");
    if (!file) exit(2);
    fseek(file, 0, SEEK_END);
    long size = ftell(file);
    rewind(file);
    char *text = malloc(size + 1);
    if (!text || fread(text, 1, size, file) != (size_t)size) exit(2);
    text[size] = 0;
    fclose(file);
    return text;
}

static void event(const char *path, icalcomponent *found) {
    icalproperty *status = icalcomponent_get_first_property(found, ICAL_STATUS_PROPERTY);
    char *start = icaltime_as_ical_string_r(icalcomponent_get_dtstart(found));
    char *end = icaltime_as_ical_string_r(icalcomponent_get_dtend(found));
    printf("event\t%s\t%s\t%s\t%s\t%s\t%s\n", path, icalcomponent_get_uid(found), start, end,
           icalproperty_status_to_string(icalproperty_get_status(status)),
           icalcomponent_get_summary(found));
}

int main(int count, char **paths) {
    for (int i = 1; i < count; i++) {
        icalcomponent *calendar = icalparser_parse_string(content(paths[i]));
        if (!calendar || !icalrestriction_check(calendar))
            printf("broken\t%s\n", paths[i]);
        if (calendar && icalcomponent_count_errors(calendar))
            printf("errors\t%s\n", paths[i]);
        icalcomponent *found = icalcomponent_get_first_component(calendar, ICAL_VEVENT_COMPONENT);
        for (; found; found = icalcomponent_get_next_component(calendar, ICAL_VEVENT_COMPONENT))
            event(paths[i], found);
    }
    return 0;
}
