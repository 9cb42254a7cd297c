package dev.pagurus.examples.dashboard.data;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the provider adds to an announcement: up to a hundred texts, which the page of one image shows and no list.
 *
 * @param image the image's id
 * @param metadata such as the name and the state of the container
 */
record Details(String image, Map<String, String> metadata) {

    /** Sorts the metadata. */
    Details {
        metadata = Collections.unmodifiableMap(new TreeMap<>(metadata));
    }
}
