package dev.pagurus.examples.dashboard.data;

import java.time.Instant;

/**
 * An image where one line names it. It is made of fields, so no document is read for it.
 *
 * @param id the image's id
 * @param host the host that Diun watches
 * @param name the image's whole name
 * @param state whether it is open
 * @param noticedAt when its newest announcement came
 */
public record ImageLine(String id, String host, String name, State state, Instant noticedAt) {

    /** Returns the name as people say it. */
    public String shortName() {
        return Image.shortName(name);
    }
}
